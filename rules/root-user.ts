import {
  accountAdvice,
  chainOf,
  composeNamesAccount,
  dropsPrivileges,
  purposeOf,
  rootStart,
  unprivilegedUser,
} from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'root-user',
  says: 'the image starts as root',
  because: 'Whoever breaks into the process owns the container, and with a kernel fault or a careless mount the host.',
  instead:
    'End the stage with USER and an unprivileged account: one that the image has, as those of Node.js have node, or one that a RUN makes.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3002'],
  bad: `# want: root-user at "FROM node:22-alpine" says "no USER"
FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js .
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const target of build.targets) {
      const { user, entrypoint, cmd } = target.result;
      if (user.identity !== 'root' || dropsPrivileges(target, build) || composeNamesAccount(build, target)) continue;
      const purpose = purposeOf(target, build.path);
      if (purpose === 'artifact' || purpose === 'base') continue;
      const base = chainOf(target)[0]?.base;
      const start = rootStart(build, target);
      const mild = start.as !== 'program' || base?.kind === 'scratch' || purpose !== 'runtime';
      const set = user.setBy === 'instruction';
      const why = set ? `USER ${user.name || '(empty)'} is the last one` : 'no USER, and the base image runs as root';
      const bound = start.as === 'server' ? ` (the ${start.server} master binds its port as root)` : '';
      const lambda = start.as === 'lambda-function' ? ' (Lambda runs it as an account of its own)' : '';
      const action = start.as === 'github-action' ? ' (GitHub says that its actions run as root)' : '';
      const supervised =
        start.as === 'supervisor' ? ` (${start.program} may give its programs accounts of their own)` : '';
      let found = finding(set ? user : target.from, `${why}${bound}${lambda}${action}${supervised}`);
      if (!set && target.base.kind === 'stage') found = found.and(user, 'the base image stands here');
      const runs = cmd ?? entrypoint;
      if (runs !== undefined) found = found.and(runs, 'this runs as root');
      if (start.as === 'host-tool')
        found = found.and(start.package, `${start.package.name} comes in here, which works with root's rights`);
      if (start.as === 'told-from-outside')
        found = found.and(
          start.owner,
          `files belong to ${start.owner.number}: whoever starts it may run it as that user`,
        );
      if (!set) found = found.answering();
      if (start.as === 'program') found = found.advising(accountAdvice(build, target));
      found = found.mendedBy(unprivilegedUser(build, target));
      yield mild ? found.rated({ severity: 'info' }) : found;
    }
  },
});
