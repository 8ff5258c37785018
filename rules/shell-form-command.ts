import { execForm, shellFormStarts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'shell-form-command',
  says: 'a shell stands before the program that CMD or ENTRYPOINT starts',
  because:
    'The shell is process 1 and keeps SIGTERM to itself: the program is killed with requests in flight when the container stops.',
  instead:
    'Write a JSON array: CMD ["node", "server.js"]. Where a shell is needed, let it make way: CMD exec node server.js.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3025', 'buildkit/JSONArgsRecommended'],
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
# want: shell-form-command at "CMD" says "SIGTERM"
CMD node server.js
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const start of shellFormStarts(build)) {
      const { span, instruction, costs, victim, chosenShell, writtenOut } = start;
      const message = messages[costs](victim?.name ?? instruction.keyword);
      let found = finding({ span }, chosenShell ? `${message}; SHELL chooses it` : message).rated(ratings[costs]);
      if (victim !== undefined) found = found.and(victim, 'this is meant');
      const quiet = chosenShell && (costs === 'signals' || costs === 'perhaps' || costs === 'harmless');
      const fix = execForm(build, start);
      const [written, ...others] = fix?.edits ?? [];
      if (written?.text.startsWith('["') && !written.text.includes('\n') && others.length === 0)
        found = found.advising(`Write a JSON array: ${instruction.keyword} ${written.text}.`);
      found = found.mendedBy(fix);
      if (writtenOut === true) found = found.answering();
      yield quiet ? found.rated(ratings.harmless).answering('hadolint/DL3025') : found;
    }
  },
});

const messages = {
  'no-shell': () => 'the image has no /bin/sh that could run this: the container does not start',
  'as-arguments': (name: string) => `${name} of ENTRYPOINT gets /bin/sh, -c and this line as its arguments`,
  'ends-arguments': (name: string) => `${name} has no effect beside it, nor have the arguments of docker run`,
  signals: () => 'the shell stays process 1, SIGTERM does not reach the program',
  perhaps: () => 'a shell may stay process 1, SIGTERM does not reach the program then',
  harmless: (name: string) =>
    `a shell starts this, and arguments of docker run ${name === 'CMD' ? 'replace all of it' : 'are dropped'}`,
};

const ratings = {
  'no-shell': { severity: 'error', confidence: 'certain' },
  'as-arguments': { severity: 'error' },
  'ends-arguments': {},
  signals: {},
  perhaps: { severity: 'info', confidence: 'possible' },
  harmless: { severity: 'info', preset: 'strict' },
} as const;
