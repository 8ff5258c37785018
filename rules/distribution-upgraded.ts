import { upgradedDistributions } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'distribution-upgraded',
  says: 'the build upgrades the whole distribution of its base image',
  because:
    'The packages of the base come a second time, in a layer of their own, in whatever version there is that day; FROM says another release than the image has.',
  instead: 'Take the base image of the release that is wanted, and a newer one of it when packages are out of date.',
  category: 'reproducibility',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3035'],
  bad: `FROM opensuse/leap:15.5
# want: distribution-upgraded at "dup" says "zypper dup"
RUN zypper --non-interactive --releasever 15.6 dup && zypper clean --all
COPY mirror /usr/local/bin/
USER 1000
CMD ["mirror"]
`,
  good: `FROM opensuse/leap:15.6
COPY mirror /usr/local/bin/
USER 1000
CMD ["mirror"]
`,
  *check(build) {
    for (const { program, verb, reach, at } of upgradedDistributions(build)) {
      const call = verb === '' ? program : `${program} ${verb}`;
      if (reach === 'release') yield finding(at, `${call} replaces the packages of the base, and removes some of them`);
      else
        yield finding(at, `${call} installs the packages of the base again, and may remove some`)
          .rated({ preset: 'all' })
          .answering();
    }
  },
});
