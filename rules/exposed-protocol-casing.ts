import { exposedWords } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'exposed-protocol-casing',
  says: 'EXPOSE names a protocol in capital letters',
  because: 'The image holds it in small letters: who looks for what the Dockerfile says does not find it.',
  instead: 'Write it in small letters: EXPOSE 53/udp.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['buildkit/ExposeProtoCasing'],
  bad: `FROM coredns/coredns:1.12.0
# want: exposed-protocol-casing at "53/UDP" says "udp"
EXPOSE 53/UDP
`,
  good: `FROM coredns/coredns:1.12.0
EXPOSE 53/udp
`,
  *check(build) {
    for (const { span, text, spec } of exposedWords(build)) {
      const { protocol } = spec;
      const small = protocol.toLowerCase();
      if (protocol !== small && spec.refused !== 'protocol')
        yield finding({ span }, `${text.split('/').at(0)}/${small} is what the image gets`);
    }
  },
});
