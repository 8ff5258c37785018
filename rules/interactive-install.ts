import { unansweredCalls } from '../src/model/index.ts';
import { defineRule, type ForeignCode, finding } from '../src/rule.ts';

const rpmInstalls = ['install', 'in', 'localinstall', 'groupinstall', 'group install', 'module install'];

/** hadolint has a code for each family, and these operations in mind. */
const codes: readonly { code: ForeignCode; programs: readonly string[]; verbs: readonly string[] }[] = [
  { code: 'hadolint/DL3014', programs: ['apt-get', 'apt', 'aptitude', 'apt-fast'], verbs: ['install'] },
  { code: 'hadolint/DL3030', programs: ['yum'], verbs: rpmInstalls },
  { code: 'hadolint/DL3034', programs: ['zypper'], verbs: 'install in remove rm source-install si patch'.split(' ') },
  { code: 'hadolint/DL3038', programs: ['dnf', 'dnf5', 'microdnf', 'tdnf'], verbs: rpmInstalls },
];

export default defineRule({
  id: 'interactive-install',
  says: 'a package manager asks before it goes on, and nobody answers',
  because: 'A build has no terminal: the question gets no answer, the package manager gives up, and the build stops.',
  instead:
    'Answer beforehand: apt-get install -y, dnf install -y, zypper --non-interactive install, pacman --noconfirm.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: codes.map(({ code }) => code),
  bad: `FROM debian:12-slim
RUN apt-get update \\
# want: interactive-install at "install" says "apt-get install"
 && apt-get install --no-install-recommends nginx \\
 && rm -rf /var/lib/apt/lists/*
USER www-data
CMD ["nginx", "-g", "daemon off;"]
`,
  good: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends nginx \\
 && rm -rf /var/lib/apt/lists/*
USER www-data
CMD ["nginx", "-g", "daemon off;"]
`,
  *check(build) {
    for (const { program, verb, asks, at, fix } of unansweredCalls(build)) {
      const answers = codes.filter(({ programs, verbs }) => programs.includes(program) && verbs.includes(verb));
      const asked = finding(at, `${program} ${verb} waits for a yes${when[asks]}`).answering(
        ...answers.map(({ code }) => code),
      );
      const found = asked.mendedBy(fix);
      // The microdnf of version 8 of the distributions takes a yes for granted.
      if (program === 'microdnf') yield found.rated({ confidence: 'possible', preset: 'strict' });
      else yield asks === 'with-work' ? found.rated({ severity: 'info' }) : found;
    }
  },
});

const when = {
  always: '',
  'with-work': ' when there is something to do',
  'with-more': ' when more than what is named has to be installed',
};
