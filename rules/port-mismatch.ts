import { probedPorts, unexposedPorts, untouchedServers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const listed = (exposed: readonly { readonly port: string }[]): string =>
  exposed.map(({ port }) => port.replace(/\/tcp$/, '')).join(', ');
const named = (by: string, port: unknown): string =>
  by === 'variable' ? `PORT is ${port}` : `the command names port ${port}`;

export default defineRule({
  id: 'port-mismatch',
  says: 'EXPOSE or HEALTHCHECK names a port on which nothing listens',
  because:
    'Whoever publishes the exposed port, by hand or through a platform that reads the image, reaches nothing; a check of the wrong port calls each container unhealthy.',
  instead: 'Write the same number in EXPOSE, in HEALTHCHECK and in what the server reads.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
ENV PORT=3000
USER node
# want: port-mismatch at "8080" says "3000"
EXPOSE 8080
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
ENV PORT=3000
USER node
EXPOSE 3000
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { port, exposed, said, by, command } of unexposedPorts(build)) {
      const [first] = exposed;
      if (first === undefined) continue;
      const found = finding(first, `EXPOSE names ${listed(exposed)}, the server listens on ${port}`).and(
        said,
        named(by, port),
      );
      yield by === 'variable' ? found.and(command, 'this starts with it') : found;
    }
    for (const { exposed, server, port, root } of untouchedServers(build)) {
      const [first] = exposed;
      if (first !== undefined)
        yield finding(first, `EXPOSE names ${listed(exposed)}, ${server} listens on ${port}`).and(
          root.from,
          'no file changes the configuration that comes with this image',
        );
    }
    for (const { port, served, healthcheck } of probedPorts(build))
      yield finding(healthcheck, `HEALTHCHECK asks port ${port}, the server listens on ${served.port}`).and(
        served.said,
        named(served.by, served.port),
      );
  },
});
