import { idleAccounts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'user-never-used',
  says: 'an account is made, and the image starts as root all the same',
  because: 'The account protects nothing: without USER the application still runs as root.',
  instead: 'Write USER with this account before CMD, or leave the account out.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/user-created-but-never-used'],
  bad: `FROM python:3.13-slim
WORKDIR /srv/shop
# want: user-never-used at "useradd --create-home shop" says "shop"
RUN useradd --create-home shop
COPY main.py .
CMD ["python", "main.py"]
`,
  good: `FROM python:3.13-slim
WORKDIR /srv/shop
RUN useradd --create-home shop
COPY main.py .
USER shop
CMD ["python", "main.py"]
`,
  *check(build) {
    for (const { name, madeBy, target, start, owns, forgotten } of idleAccounts(build)) {
      const at = build.targets.length > 1 ? ` of ${target.id}` : '';
      let found = finding(madeBy, `nothing${at} runs as ${name}`);
      if (owns !== undefined) found = found.and(owns, `${name} is given files here`);
      found = found.and(start, 'this runs as root');
      yield forgotten === 'yes' ? found : found.rated({ severity: 'info', confidence: 'likely' });
    }
  },
});
