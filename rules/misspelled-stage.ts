import { type MisnamedStage, misnamedStages, stageByName } from '../src/model/index.ts';
import { defineRule, type ForeignCode, finding } from '../src/rule.ts';

const outcome = ({ name, meant: { id, index }, fault, via }: MisnamedStage): string =>
  ({
    capitals: `FROM finds stages by their names in lower case: ${id} instead of ${name}`,
    number: `FROM takes no numbers of stages: an image called ${name} is pulled`,
    itself: `${name} is this stage itself, the build stops here`,
    misspelled: `no stage is called ${name}: an image of that name is pulled, not stage ${id}`,
    impossible: `no stage is called ${name}, and no image can be: stage ${id} is meant, the build stops here`,
    unnamed: `no stage is called ${name}: an image of that name is pulled, not stage ${index}`,
    base: `the image ${name} is taken as it is pulled, not stage ${id}, which is made from it`,
    later: `stage ${name} comes later${via === 'base' ? ': an image of that name is pulled' : ', the build stops here'}`,
  })[fault];

/** hadolint finds nothing but the missing tag in FROM, and looks at no mounts; BuildKit reads a name in capitals as no image. */
const codesOf = ({ fault, via }: MisnamedStage): readonly ForeignCode[] => {
  if (fault === 'capitals') return ['buildkit/InvalidDefaultArgInFrom'];
  if (via === 'base') return ['hadolint/DL3006'];
  const cycle: readonly ForeignCode[] = fault === 'itself' || fault === 'later' ? ['tally/circular-stage-deps'] : [];
  if (via === 'mount') return cycle;
  return [fault === 'itself' ? 'hadolint/DL3023' : 'hadolint/DL3022', ...cycle];
};

export default defineRule({
  id: 'misspelled-stage',
  says: 'a reference that is meant for a stage does not reach it',
  because: 'What names no earlier stage is taken for an image: the build stops, or takes files from a stranger.',
  instead: 'Write the name as it stands after AS, and put the stage before the one that uses it.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  replaces: [
    'hadolint/DL3006',
    'hadolint/DL3022',
    'hadolint/DL3023',
    'buildkit/InvalidDefaultArgInFrom',
    'tally/circular-stage-deps',
  ],
  bad: `FROM node:22-alpine AS builder
WORKDIR /srv/shop
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
# want: misspelled-stage at "bulider" says "not stage builder"
COPY --from=bulider /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM node:22-alpine AS builder
WORKDIR /srv/shop
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=builder /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const reference of misnamedStages(build))
      yield finding(reference, outcome(reference))
        .and(reference.meant, `stage ${reference.meant.id} is made here`)
        .mendedBy(stageByName(build, reference))
        .answering(...codesOf(reference));
  },
});
