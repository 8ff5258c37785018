/** All pages of the documentation. */
import { accuracyPage } from './accuracy.ts';
import { configurationReference } from './configuration.ts';
import { measured } from './measured.ts';
import { type Page, pageOf } from './page.ts';

/** What the pages are made from: file names and texts. */
export interface Sources {
  /** `docs/*.md`. */
  readonly guides: ReadonlyMap<string, string>;
  /** `docs/rules/*.md`. */
  readonly rules: ReadonlyMap<string, string>;
  /** `src/config/config.schema.json`. */
  readonly schema: string;
}

const example = `{
  // Which rules: recommended is for everyone, strict adds pins and taste.
  "presets": ["recommended"],
  "failOn": "warning",
  "rules": {
    "root-user": "error",
    "missing-healthcheck": "off"
  },
  "overrides": [{ "files": "services/*/Dockerfile", "targets": "production" }]
}`;

export const pagesFrom = ({ guides, rules, schema }: Sources): readonly Page[] => [
  ...[...guides].map(([name, text]) => pageOf(htmlOf(name), text)),
  ...[...rules].map(([name, text]) => pageOf(`rules/${htmlOf(name)}`, text)),
  pageOf('configuration.html', configurationReference(JSON.parse(schema), example)),
  pageOf('accuracy.html', accuracyPage(measured)),
];

const htmlOf = (name: string): string => (name === 'README.md' ? 'index.html' : name.replace(/\.md$/, '.html'));
