/** Reads reports as their consumers do: against their schemas, with parsers that are not ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { repository } from './shared.ts';

const schemas = join(repository, 'fixtures/schemas');

/** Throws what ajv finds wrong. */
export function schemaReader(name: string): (json: string) => void {
  const {
    $schema: _,
    id: __,
    ...schema
  }: Record<string, unknown> = JSON.parse(readFileSync(join(schemas, name), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate: ValidateFunction = ajv.compile(schema);
  return (json) => {
    if (!validate(JSON.parse(json))) throw new Error(ajv.errorsText(validate.errors, { separator: '\n' }));
  };
}

export const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!hasXmllint) console.warn('skipped: no xmllint');

/** Throws what xmllint finds wrong. */
export function checkXml(xml: string, schema: string): void {
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', join(schemas, schema), '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

export const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('skipped: no python3');

export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The tree that Python's parser (expat) makes of it. */
export function parseXml(xml: string): XmlElement {
  const script = `import sys, json, xml.etree.ElementTree as e
def tree(x): return {'tag': x.tag, 'attributes': x.attrib, 'text': x.text or '', 'children': [tree(c) for c in x]}
print(json.dumps(tree(e.fromstring(sys.stdin.buffer.read()))))`;
  return JSON.parse(execFileSync('python3', ['-c', script], { input: xml, encoding: 'utf8' }));
}

export interface WorkflowCommand {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** What GitHub's runner takes for commands in a log: `::` at the start of a line, `##[` anywhere. */
export function workflowCommands(log: string): readonly WorkflowCommand[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    if (line.includes('##[')) return [{ command: '##[', properties: {}, message: line }];
    const [, command, given = '', message = ''] = /^\s*::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) ?? [];
    if (command === undefined) return [];
    const properties = given.split(',').map((each) => {
      const at = each.indexOf('=');
      return [
        each.slice(0, at),
        unescaped(each.slice(at + 1))
          .replaceAll('%3A', ':')
          .replaceAll('%2C', ','),
      ];
    });
    return [{ command, properties: Object.fromEntries(properties), message: unescaped(message) }];
  });
}

const unescaped = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
