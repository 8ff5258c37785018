/** Checkstyle's XML, which Jenkins, reviewdog and many others read. */
import type { Format } from './format.ts';
import { harmlessProse } from './harmless.ts';
import { xmlAttributes, xmlHeader } from './xml.ts';

/** Files without findings are listed, too. Whatever cannot be read is an error of its first line. */
export const checkstyle: Format = ({ results, unreadable }) => {
  const files = results.map(({ path, findings }) => ({
    path,
    errors: findings.map(({ line, column, severity, message, rule }) => ({
      line,
      column,
      severity,
      message: harmlessProse(message),
      source: `dflint.${rule}`,
    })),
  }));
  const failed = unreadable.map(({ path, message }) => ({
    path,
    errors: [{ line: 1, severity: 'error', message: harmlessProse(message), source: 'dflint.unreadable-file' }],
  }));
  const elements = [...files, ...failed].map(({ path, errors }) => {
    const name = xmlAttributes({ name: path });
    if (errors.length === 0) return `  <file${name}/>\n`;
    return `  <file${name}>\n${errors.map((error) => `    <error${xmlAttributes(error)}/>\n`).join('')}  </file>\n`;
  });
  return `${xmlHeader}<checkstyle version="4.3">\n${elements.join('')}</checkstyle>\n`;
};
