import { purposeOf, worldWritable } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'world-writable-file',
  says: 'the image holds files that every account may write to',
  because:
    'Whoever gets into the container, as whatever user, can change what it runs and stores; the owner was wrong, not the mode.',
  instead:
    'Give the files to the user who writes them: COPY --chown=app, or RUN chown app /srv/data. For any user of group 0: chmod g=u.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/world-writable-state-path-workaround'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
# want: world-writable-file at "777" says "/srv/shop/uploads"
RUN mkdir uploads && chmod -R 777 uploads
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
RUN mkdir uploads && chown node uploads
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, target, mode, path, more } of worldWritable(build)) {
      const others = more === 0 ? '' : ` and ${more} more`;
      const found = finding({ span }, `${mode} lets every account write to ${path}${others}`);
      const shared = path === '/tmp' || path === '/var/tmp';
      const why = shared ? '1777 lets none remove what others put there' : 'this stage is the image that ships';
      const mild = shared || purposeOf(target, build.path) !== 'runtime';
      yield found.and(target.from, why).rated({ severity: mild ? 'info' : 'warning' });
    }
  },
});
