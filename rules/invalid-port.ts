import { exposedWords, portAlone } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'invalid-port',
  says: 'EXPOSE names what is no port of a container',
  because: 'The build stops at it, or the part that names a port of the host is dropped without effect.',
  instead: 'Name the port of the container, with its protocol if it is not TCP: EXPOSE 8080, EXPOSE 53/udp.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3011', 'buildkit/ExposeInvalidFormat'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
# want: invalid-port at "80800" says "65535"
EXPOSE 80800
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
EXPOSE 8080
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const word of exposedWords(build)) {
      const { span, text, spec } = word;
      const { refused, part, port, host } = spec;
      if (refused === 'range')
        yield finding({ span }, `${part} is above 65535, the highest port: the build stops`).answering(
          'hadolint/DL3011',
        );
      else if (refused !== undefined)
        yield finding({ span }, `${reasons[refused](text, part ?? '')}`)
          .mendedBy(portAlone(build, word))
          .answering();
      else if (host !== undefined)
        yield finding({ span }, `${host} is of the host and has no effect, only ${port} is noted`)
          .mendedBy(portAlone(build, word))
          .rated({ severity: 'warning' })
          .answering('buildkit/ExposeInvalidFormat');
    }
  },
});

const reasons = {
  number: (text: string) =>
    text.startsWith('#')
      ? 'a comment cannot follow EXPOSE on its line: the build stops'
      : `${text} is no number of a port: the build stops`,
  order: (_: string, part: string) => `${part} ends before it begins: the build stops`,
  protocol: (_: string, part: string) => `${part} is no protocol, only tcp, udp and sctp are: the build stops`,
};
