import { aptCalls, aptGet } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'apt-in-script',
  says: 'a RUN calls apt, which is made for people at a terminal',
  because: 'Its options and output may change from one release to the next, as it says itself on every call.',
  instead: 'Call apt-get, or apt-cache to look packages up; they take the same arguments and stay as they are.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3027'],
  bad: `FROM debian:12-slim
RUN apt-get update \\
# want: apt-in-script at "apt" says "apt install: apt-get in scripts"
 && apt install -y --no-install-recommends tini \\
 && rm -rf /var/lib/apt/lists/*
USER 1000
CMD ["tini", "--", "sleep", "60"]
`,
  good: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends tini \\
 && rm -rf /var/lib/apt/lists/*
USER 1000
CMD ["tini", "--", "sleep", "60"]
`,
  *check(build) {
    for (const call of aptCalls(build)) {
      const { verb, counterpart, at } = call;
      yield finding(at, `${verb === undefined ? 'apt' : `apt ${verb}`}: ${counterpart} in scripts`).mendedBy(
        aptGet(build, call),
      );
    }
  },
});
