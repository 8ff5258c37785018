import { type UnpinnedImage, unpinnedImages } from '../src/model/index.ts';
import { defineRule, type Finding, finding } from '../src/rule.ts';

const outcome = ({ fault, reference: { familiar, tag } }: UnpinnedImage): string =>
  ({
    untagged: `${familiar} has no tag: each build takes the image that is latest then`,
    latest: `${familiar}:latest is another image with each release`,
    rolling: `the tag ${tag} of ${familiar} names no release`,
  })[fault];

const pinned = ({ reference: { familiar }, kind }: UnpinnedImage): string | undefined =>
  kind === 'registry' ? `Write a tag that names the release behind it, ${familiar}:VERSION, or a digest.` : undefined;

/** hadolint asks for a tag (DL3006) other than latest (DL3007) in FROM, and in COPY for one that is not a stage (DL3022). */
function answering(found: Finding, { fault, via }: UnpinnedImage): Finding {
  if (fault === 'rolling') return found.answering();
  if (via === 'base') return found.answering(fault === 'latest' ? 'hadolint/DL3007' : 'hadolint/DL3006');
  return via === 'copy' && fault === 'untagged' ? found.answering('hadolint/DL3022') : found.answering();
}

export default defineRule({
  id: 'unpinned-image',
  says: 'an image is taken in whatever release is there on the day',
  because: 'The same file builds another image tomorrow, and breaks on the day that a new release does.',
  instead: 'Write a tag that names the release, node:22-alpine for instance, or a digest.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3006', 'hadolint/DL3007', 'hadolint/DL3022'],
  bad: `# want: unpinned-image at "node:latest" says "with each release"
FROM node:latest
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const image of unpinnedImages(build)) {
      const { fault, kind, via, argument } = image;
      let found = answering(finding(image, outcome(image)), image);
      if (argument !== undefined) found = found.and(argument, 'with this default').rated({ severity: 'info' });
      if (via !== 'base' || kind === 'local') found = found.rated({ severity: 'info', confidence: 'likely' });
      if (fault === 'rolling' || kind !== 'registry') found = found.rated({ severity: 'info', preset: 'strict' });
      yield found.advising(image.reference.familiar === 'node' ? undefined : pinned(image));
    }
  },
});
