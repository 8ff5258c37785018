/** Shapes of tokens, from the documentation of who issues them. */

/** Prefix (searched as text; in front of it stands no letter or digit, or what the last item says), what follows it, kind. */
const shapes: readonly (readonly [prefix: string, rest: RegExp, kind: string, before?: RegExp])[] = [
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
  ['hooks.slack.com/services/', /^T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{20,}/, 'Slack webhook'],
  ['hooks.slack.com/workflows/', /^T[A-Z0-9]{6,}\/A[A-Z0-9]{6,}\/\d{10,}\/[A-Za-z0-9]{20,}/, 'Slack webhook'],
  ['discord.com/api/webhooks/', /^\d{16,20}\/[A-Za-z0-9_-]{60,}/, 'Discord webhook'],
  ['discordapp.com/api/webhooks/', /^\d{16,20}\/[A-Za-z0-9_-]{60,}/, 'Discord webhook'],
  [':AA', /^[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/, 'Telegram token', /\d{8,10}$/],
  ['AccountKey=', /^[A-Za-z0-9+/]{86}==/, 'Azure storage key'],
  ['SharedAccessKey=', /^[A-Za-z0-9+/]{43}=/, 'Azure access key'],
  ['glptt-', /^[a-f0-9]{40}/, 'GitLab token'],
  ['glsoat-', /^[A-Za-z0-9_-]{20,}/, 'GitLab token'],
  ['gloas-', /^[a-f0-9]{64}/, 'GitLab token'],
  ['glagent-', /^[A-Za-z0-9_-]{50}/, 'GitLab token'],
  ['ATATT3', /^[A-Za-z0-9_=-]{100,}/, 'Atlassian token'],
  ['ATBB', /^[A-Za-z0-9]{32}(?![A-Za-z0-9])/, 'Bitbucket token'],
  ['AKCp', /^[A-Za-z0-9]{60,}/, 'Artifactory key'],
  ['cmVmdGtu', /^[A-Za-z0-9]{50,}/, 'Artifactory token'],
  ['dckr_oat_', /^[A-Za-z0-9_-]{20,}/, 'Docker Hub token'],
  ['gsk_', /^[A-Za-z0-9]{50,}/, 'Groq key'],
  ['xai-', /^[A-Za-z0-9]{80}/, 'xAI key'],
  ['pplx-', /^[A-Za-z0-9]{48}/, 'Perplexity key'],
  ['r8_', /^[A-Za-z0-9]{37}(?![A-Za-z0-9])/, 'Replicate token'],
  ['ntn_', /^[A-Za-z0-9]{43,}/, 'Notion token'],
  ['PMAK-', /^[a-f0-9]{24}-[a-f0-9]{34}/, 'Postman key'],
  ['xkeysib-', /^[a-f0-9]{64}-/, 'Brevo key'],
  ['pscale_tkn_', /^[A-Za-z0-9_=.-]{32,}/, 'PlanetScale token'],
  ['pscale_pw_', /^[A-Za-z0-9_=.-]{32,}/, 'PlanetScale password'],
  ['dp.pt.', /^[A-Za-z0-9]{40,}/, 'Doppler token'],
  ['dp.st.', /^[A-Za-z0-9_.-]{40,}/, 'Doppler token'],
  ['squ_', /^[a-f0-9]{40}/, 'SonarQube token'],
  ['sqp_', /^[a-f0-9]{40}/, 'SonarQube token'],
  ['sqa_', /^[a-f0-9]{40}/, 'SonarQube token'],
  ['pul-', /^[a-f0-9]{40}/, 'Pulumi token'],
  ['rubygems_', /^[a-f0-9]{48}/, 'RubyGems key'],
  ['figd_', /^[A-Za-z0-9_-]{40,}/, 'Figma token'],
  ['nfp_', /^[A-Za-z0-9_]{36}/, 'Netlify token'],
  ['CFPAT-', /^[A-Za-z0-9_-]{43}/, 'Contentful token'],
  ['hvb.', /^[A-Za-z0-9_-]{100,}/, 'Vault token'],
  ['dt0c01.', /^[A-Z0-9]{24}\.[A-Z0-9]{64}/, 'Dynatrace token'],
  ['shpss_', /^[a-fA-F0-9]{32}/, 'Shopify secret'],
  ['shpca_', /^[a-fA-F0-9]{32}/, 'Shopify token'],
  ['shppa_', /^[a-fA-F0-9]{32}/, 'Shopify token'],
  ['bkua_', /^[a-f0-9]{40}/, 'Buildkite token'],
  ['sgp_', /^[a-f0-9_]{40,}/, 'Sourcegraph token'],
  ['AGE-SECRET-KEY-1', /^[A-Z0-9]{50,}/, 'age key'],
];

const noLetter = /(?:^|[^A-Za-z0-9_])$/;

/** Whether a text can hold any of them: most have none of the prefixes. */
const hint = new RegExp(
  ['PRIVATE KEY', 'eyJ', ...shapes.map(([prefix]) => prefix)].map((text) => text.replace(/[./-]/g, '\\$&')).join('|'),
);

/** The kind of token that stands in a text; undefined when there is none, or only dummies of its shape. */
export function tokenIn(text: string): string | undefined {
  if (!hint.test(text)) return undefined;
  for (const [prefix, rest, kind, before = noLetter] of shapes) {
    for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, at + prefix.length)) {
      if (!before.test(text.slice(Math.max(0, at - 10), at))) continue;
      const match = rest.exec(text.slice(at + prefix.length, at + prefix.length + 400))?.[0];
      if (match !== undefined && !isDummy(prefix + match)) return kind;
    }
  }
  if (/-----BEGIN (?:[A-Z]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/.test(text)) return 'private key';
  return webTokenIn(text) ? 'JSON web token' : undefined;
}

/** Written to show the shape: a run of one character, the alphabet, a word that says so; the key of Azure's emulator. */
const isDummy = (text: string): boolean =>
  /([A-Za-z0-9])\1{7,}|example|placeholder|your[_-]|dummy|changeme|xxxx|abcdefgh|12345678|^AccountKey=Eby8vdM02/i.test(
    text,
  );

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
