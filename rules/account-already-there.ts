import { type TakenAccount, takenAccounts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const said = ({ program, account, what }: TakenAccount): string => {
  const number = `${account.kind === 'user' ? 'uid' : 'gid'} ${account.number}`;
  return what === 'name'
    ? `${program} stops here: the base image has a ${account.kind} ${account.name}`
    : `${program} stops here: ${number} is that of ${account.name} in the base image`;
};

export default defineRule({
  id: 'account-already-there',
  says: 'an account is made whose name or number is taken in the base image',
  because: 'useradd, adduser and their kin fail at an account that is there, and the build stops.',
  instead: 'Use the account that is there (node in the images of Node.js), or another name and number.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-slim
# want: account-already-there at "useradd --uid 1000 --create-home shop" says "uid 1000 is that of node"
RUN useradd --uid 1000 --create-home shop
WORKDIR /srv/shop
COPY server.js ./
USER shop
CMD ["node", "server.js"]
`,
  good: `FROM node:24-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const taken of takenAccounts(build)) yield finding(taken, said(taken)).and(taken.from, 'this image has it');
  },
});
