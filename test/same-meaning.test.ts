/**
 * Rules judge what a Dockerfile means, not how it is written: each fixture, rewritten so that it means the same, is told
 * the same of. A run takes some rewritings for each fixture, other ones for each; `REWRITINGS=all` takes all of them.
 */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import type { Rule } from '../src/rule.ts';
import { readMarkers } from './harness/markers.ts';
import { rewritings } from './harness/rewritings.ts';
import { fixtureAt, fixturesOf } from './harness/rule-fixtures.ts';
import { judgementDay } from './harness/shared.ts';

/** How many fixtures go by until a rewriting is due again. */
const every = process.env.REWRITINGS === 'all' ? 1 : 15;

/** What rules judge that a rewriting changes: the way it is written itself, or what it means after all. */
const judged: Readonly<Record<string, readonly string[]>> = {
  // How something is written is what these look at.
  'instruction-casing': ['keywords in small letters', 'a label', 'a variable', 'stages between'],
  'as-casing': ['keywords in small letters'],
  'unclear-description': ['image by argument', 'tag by argument', 'stages between'],
  'broken-json-array': ['a word in front', 'xtrace', 'words of COPY in an array'],
  'unrendered-placeholder': [
    'xtrace',
    'a word in front',
    'network by name',
    'a mount of its own',
    'image by argument',
    'stages between',
  ],
  'stage-referenced-by-number': ['stage by number'],
  'unnamed-stage': ['stage by number'],
  'misspelled-stage': ['stages between'],
  'user-by-name': ['user by number'],
  'label-against-schema': ['a label'],
  // Nobody need join what is more than a command.
  'consecutive-runs': [
    'heredoc',
    'heredoc in quotes',
    'errexit',
    'xtrace',
    'sh -c',
    'bash -c',
    'array with a shell',
    'env in front',
    'exit where it fails',
    'true behind it',
    'a word in front',
  ],
  // A build argument may be given another value.
  'unpinned-image': ['image by argument', 'tag by argument'],
  'invalid-base-name': ['image by argument', 'tag by argument'],
  // The shell prints what it expands, or prints nothing.
  'secret-echoed': ['xtrace', 'no output', 'a word in front', 'one line'],
  'progress-in-build-log': ['no output'],
  // A number needs no account.
  'user-not-in-image': ['user with the group', 'user by number'],
  // The first command that fails ends them all, or is asked of each by itself.
  'pointless-command': [
    'heredoc',
    'heredoc in quotes',
    'errexit',
    'xtrace',
    'sh -c',
    'bash -c',
    'array with a shell',
    'exit where it fails',
    'true behind it',
    'a word in front',
  ],
  // Who calls sudo in an inner shell is not asked.
  'sudo-in-build': ['sh -c', 'bash -c', 'array with a shell'],
  // A stage for each platform has to be alike to the letter.
  'root-user': ['a label', 'a variable', 'directory in a variable'],
  // What comes in with the manifests is mild.
  'source-copied-before-install': ['each source by itself'],
  // The lines are read by their first word only.
  'heredoc-without-errexit': ['npm clean-install'],
  // In an array, and by itself, an operator is a word like others.
  'shell-operator-outside-run': ['words of COPY in an array', 'each source by itself'],
  // What a page has spoilt is looked for in the lines as they stand.
  'typeset-syntax': [
    'a line for each word',
    'heredoc',
    'heredoc in quotes',
    'sh -c',
    'bash -c',
    'array with a shell',
    'words in quotes',
    'words of COPY in an array',
  ],
};

/** The severities of what a rule finds. */
const told = (rule: Rule, text: string, project: ReturnType<typeof fixtureAt>['project']): readonly string[] =>
  lint({ ...project, text, rules: [rule], today: judgementDay })
    .findings.filter((finding) => finding.rule === rule.id)
    .map(({ severity }) => severity)
    .sort();

/** Of `judged` what has made no difference yet. */
const left = new Set(Object.entries(judged).flatMap(([id, names]) => names.map((name) => `${id}: ${name}`)));

function* differences(rule: Rule, offset: number): Iterable<string> {
  for (const [at, name] of fixturesOf(rule.id).entries()) {
    const { text, project } = fixtureAt(rule.id, name);
    const { blanked } = readMarkers(text);
    let before: readonly string[] | undefined;
    for (const [number, [rewriting, rewrite]] of Object.entries(rewritings).entries()) {
      const isJudged = judged[rule.id]?.includes(rewriting) === true;
      if ((at + number + offset) % every !== 0 || (isJudged && every > 1)) continue;
      const rewritten = rewrite(blanked);
      if (rewritten === blanked) continue;
      before ??= told(rule, blanked, project);
      const after = told(rule, rewritten, project);
      if (after.join() === before.join()) continue;
      if (isJudged) left.delete(`${rule.id}: ${rewriting}`);
      else yield `${name}, ${rewriting}: [${before}] becomes [${after}]\n${rewritten}`;
    }
  }
}

describe('a fixture in other words is told the same of', () => {
  test.each(rules.map((rule, offset) => [rule.id, rule, offset] as const))(
    '%s',
    { timeout: 120_000 },
    (_, rule, offset) => {
      expect([...differences(rule, offset)]).toEqual([]);
    },
  );
});

const sample = `FROM node:22 AS build
WORKDIR /srv/terns
ENV COLOUR=red
COPY package.json package-lock.json ./
COPY src ./
RUN npm install && pnpm install && \\
    rm -rf src
RUN npm ci --omit=dev
RUN apt-get install -y git

FROM node:22
WORKDIR /srv/terns
COPY --from=build /srv/terns /srv/terns
EXPOSE 8080
USER node
CMD ["node", "server.js"]
`;

test('each rewriting changes something', () => {
  const idle = Object.entries(rewritings).filter(([, rewrite]) => rewrite(sample) === sample);
  expect(idle).toEqual([]);
});

test.runIf(every === 1)('what is left out makes a difference', () => {
  expect([...left]).toEqual([]);
});
