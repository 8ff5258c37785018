import { directiveInEffect, directivesLost, type LostDirective } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'directive-without-effect',
  says: 'a comment is meant as a parser directive and is none',
  because: 'BuildKit reads directives in the first lines of the file only: what this asks for does not come about.',
  instead: 'Write it as # syntax=, # escape= or # check=, above every other comment, blank line and instruction.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/syntax-directive-typo'],
  bad: `# The image of the shop
# want: directive-without-effect at "# syntax=docker/dockerfile:1.19" says "above it"
# syntax=docker/dockerfile:1.19
FROM node:22-alpine
USER node
`,
  good: `# syntax=docker/dockerfile:1.19
# The image of the shop
FROM node:22-alpine
USER node
`,
  *check(build) {
    for (const lost of directivesLost(build))
      yield finding(lost, messageOf(lost)).mendedBy(directiveInEffect(build, lost));
  },
});

function messageOf({ name, written, because, stoppedAt }: LostDirective): string {
  if (because === 'late') return `line ${stoppedAt} stands above it and is no directive, so that ${name} is a comment`;
  return written.toLowerCase() === name
    ? `${name} takes an equals sign`
    : `${written} is no directive: ${name} is meant`;
}
