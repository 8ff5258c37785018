import { type LabelFault, type LabelKind, labelFaults, labelKinds, licenceByName } from '../src/model/index.ts';
import { DeclaredOptions, defineRule, type ForeignCode, finding, mapToOneOf, trueOrFalse } from '../src/rule.ts';

const options = new DeclaredOptions({
  labels: mapToOneOf(labelKinds, 'the labels that the image must have, and what their values are'),
  only: trueOrFalse('whether other labels are refused'),
});

const asked: Record<LabelKind, readonly [string, ...ForeignCode[]]> = {
  text: ['a text'],
  url: ['an absolute URL', 'hadolint/DL3052'],
  rfc3339: ['a time as RFC 3339 has it, 2026-01-31T12:00:00Z', 'hadolint/DL3053'],
  spdx: ['an SPDX licence', 'hadolint/DL3054'],
  hash: ['the hash of a git commit', 'hadolint/DL3055'],
  semver: ['a semantic version', 'hadolint/DL3056'],
  email: ['an e-mail address', 'hadolint/DL3058'],
};

const particulars = ({ name, kind = 'text', value, fault, licence }: LabelFault): string => {
  if (fault === 'missing') return `the image that ships has no label ${name}`;
  if (fault === 'superfluous') return `the schema has no label ${name}`;
  if (fault === 'empty') return `the label ${name} is empty`;
  const hint = licence?.instead === undefined ? '' : ` (did you mean ${licence.instead}?)`;
  if (licence?.fault === 'deprecated') return `${licence.part} is a retired SPDX licence${hint}`;
  return `${licence?.part ?? value} is not ${asked[kind][0]}${hint}`;
};

export default defineRule({
  id: 'label-against-schema',
  says: 'the labels of the image are not those that were agreed',
  because: 'Inventories, scanners and policies that read the labels miss the image or take it for another.',
  instead: 'Set each label of the schema in the stage that ships, with a value of its kind.',
  category: 'style',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: [3049, 3050, 3051, 3052, 3053, 3054, 3055, 3056, 3058].map((code): ForeignCode => `hadolint/DL${code}`),
  options,
  bad: `# --options {"labels":{"org.opencontainers.image.version":"semver"}}
FROM node:22-alpine
# want: label-against-schema at "latest" says "not a semantic version"
LABEL org.opencontainers.image.version=latest
`,
  good: `# --options {"labels":{"org.opencontainers.image.version":"semver"}}
FROM node:22-alpine
LABEL org.opencontainers.image.version=1.4.0
USER node
`,
  *check(build, schema) {
    for (const each of labelFaults(build, schema)) {
      const [, ...codes] = asked[each.kind ?? 'text'];
      const found = finding(each, particulars(each)).mendedBy(licenceByName(build, each));
      const mild = found.rated({ severity: 'info', confidence: each.mayBeInBase === true ? 'likely' : 'certain' });
      if (each.fault === 'missing') yield mild.answering('hadolint/DL3049');
      else if (each.fault === 'superfluous') yield mild.answering('hadolint/DL3050');
      else yield each.fault === 'empty' ? found.answering('hadolint/DL3051', ...codes) : found.answering(...codes);
    }
  },
});
