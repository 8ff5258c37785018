/** Shapes of tokens, from the documentation of who issues them. */

/** Prefix (searched as text), what follows it, kind. */
const shapes: readonly (readonly [prefix: string, rest: RegExp, kind: string])[] = [
  ['ghp_', /^[A-Za-z0-9]{36,}/, 'GitHub token'],
  ['gho_', /^[A-Za-z0-9]{36,}/, 'GitHub token'],
  ['ghu_', /^[A-Za-z0-9]{36,}/, 'GitHub token'],
  ['ghs_', /^[A-Za-z0-9]{36,}/, 'GitHub token'],
  ['ghr_', /^[A-Za-z0-9]{36,}/, 'GitHub token'],
  ['github_pat_', /^[A-Za-z0-9_]{40,}/, 'GitHub token'],
  ['npm_', /^[A-Za-z0-9]{36}(?![A-Za-z0-9_])/, 'npm token'],
  ['glpat-', /^[A-Za-z0-9_-]{20,}/, 'GitLab token'],
  ['gldt-', /^[A-Za-z0-9_-]{20,}/, 'GitLab token'],
  ['glrt-', /^[A-Za-z0-9_-]{20,}/, 'GitLab token'],
  ['glcbt-', /^[A-Za-z0-9_-]{20,}/, 'GitLab token'],
  ['AKIA', /^[A-Z0-9]{16}(?![A-Za-z0-9])/, 'AWS access key'],
  ['ASIA', /^[A-Z0-9]{16}(?![A-Za-z0-9])/, 'AWS access key'],
  ['xoxa-', /^[A-Za-z0-9-]{10,}/, 'Slack token'],
  ['xoxb-', /^[A-Za-z0-9-]{10,}/, 'Slack token'],
  ['xoxp-', /^[A-Za-z0-9-]{10,}/, 'Slack token'],
  ['xoxr-', /^[A-Za-z0-9-]{10,}/, 'Slack token'],
  ['xoxs-', /^[A-Za-z0-9-]{10,}/, 'Slack token'],
  ['sk_live_', /^[A-Za-z0-9]{16,}/, 'Stripe key'],
  ['rk_live_', /^[A-Za-z0-9]{16,}/, 'Stripe key'],
  ['whsec_', /^[A-Za-z0-9+/=]{32,}/, 'Stripe key'],
  ['sk-', /^(?=.{0,200}\d)(?:proj-|ant-|or-|svcacct-)?[A-Za-z0-9_-]{32,}/, 'OpenAI or Anthropic key'],
  ['AIza', /^[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/, 'Google API key'],
  ['GOCSPX-', /^[A-Za-z0-9_-]{28}/, 'Google client secret'],
  ['pypi-', /^[A-Za-z0-9_-]{50,}/, 'PyPI token'],
  ['hf_', /^[A-Za-z0-9]{30,}/, 'Hugging Face token'],
  ['dop_v1_', /^[a-f0-9]{64}/, 'DigitalOcean token'],
  ['doo_v1_', /^[a-f0-9]{64}/, 'DigitalOcean token'],
  ['dor_v1_', /^[a-f0-9]{64}/, 'DigitalOcean token'],
  ['dckr_pat_', /^[A-Za-z0-9_-]{20,}/, 'Docker Hub token'],
  ['SG.', /^[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/, 'SendGrid key'],
  ['key-', /^[a-f0-9]{32}(?![A-Za-z0-9])/, 'Mailgun key'],
  ['shpat_', /^[a-fA-F0-9]{32}/, 'Shopify token'],
  ['sntrys_', /^[A-Za-z0-9_=+/-]{40,}/, 'Sentry token'],
  ['sntryu_', /^[a-f0-9]{40,}/, 'Sentry token'],
  ['sbp_', /^[a-f0-9]{40}/, 'Supabase token'],
  ['hvs.', /^[A-Za-z0-9_-]{24,}/, 'Vault token'],
  ['glsa_', /^[A-Za-z0-9_]{32,}/, 'Grafana token'],
  ['NRAK-', /^[A-Z0-9]{27}/, 'New Relic key'],
  ['dapi', /^[a-f0-9]{32}(?![A-Za-z0-9])/, 'Databricks token'],
  ['lin_api_', /^[A-Za-z0-9]{32,}/, 'Linear key'],
  ['AGE-SECRET-KEY-1', /^[A-Z0-9]{50,}/, 'age key'],
];

/** Whether a text can hold any of them: most have none of the prefixes. */
const hint = new RegExp(
  ['PRIVATE KEY', 'eyJ', ...shapes.map(([prefix]) => prefix)].map((text) => text.replace(/[.-]/g, '\\$&')).join('|'),
);

/** The kind of token that stands in a text; undefined when there is none, or only dummies of its shape. */
export function tokenIn(text: string): string | undefined {
  if (!hint.test(text)) return undefined;
  for (const [prefix, rest, kind] of shapes) {
    for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, at + prefix.length)) {
      if (at > 0 && /[A-Za-z0-9_]/.test(text[at - 1] ?? '')) continue;
      const match = rest.exec(text.slice(at + prefix.length, at + prefix.length + 400))?.[0];
      if (match !== undefined && !isDummy(prefix + match)) return kind;
    }
  }
  if (/-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/.test(text)) return 'private key';
  return webTokenIn(text) ? 'JSON web token' : undefined;
}

/** Written to show the shape: a run of one character, the alphabet, a word that says so. */
const isDummy = (text: string): boolean =>
  /([A-Za-z0-9])\1{7,}|example|placeholder|your[_-]|dummy|changeme|xxxx|abcdefgh|12345678/i.test(text);

/** A signed web token, other than the anonymous ones that services give to browsers. */
function webTokenIn(text: string): boolean {
  for (let at = text.indexOf('eyJ'); at !== -1; at = text.indexOf('eyJ', at + 3)) {
    if (at > 0 && /[A-Za-z0-9_]/.test(text[at - 1] ?? '')) continue;
    const [header, payload, signature] = text.slice(at, at + 4000).split('.', 3);
    if (header === undefined || payload === undefined || signature === undefined) continue;
    if (!/^[A-Za-z0-9_-]{10,}$/.test(header) || !/^eyJ[A-Za-z0-9_-]{10,}$/.test(payload)) continue;
    if (/^[A-Za-z0-9_-]{10,}/.test(signature) && !/"role":\s*"anon"/.test(decoded(payload))) return true;
  }
  return false;
}

function decoded(base64url: string): string {
  try {
    return atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}
