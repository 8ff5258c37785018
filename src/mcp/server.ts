/** The engine for coding assistants, by the Model Context Protocol. It reads one folder, and writes nothing. */
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import {
  explain,
  type FixedText,
  type OpenDockerfile,
  openDockerfile,
  openProject,
  type ReportedFinding,
} from '../index.ts';
import { bounded, findingAnswer, findingsAnswer, imageAnswer, longestText, rebuildAnswer } from './answers.ts';
import type { Folder } from './folder.ts';

const presets = ['recommended', 'strict', 'hadolint', 'buildkit', 'all'] as const;

const source = {
  path: z
    .string()
    .optional()
    .describe('a Dockerfile below the root; with text: where that would stand. Default: Dockerfile'),
  text: z.string().max(longestText).optional().describe('the Dockerfile itself, in the place of what the file says'),
  target: z
    .string()
    .optional()
    .describe('stage that ships, by name or number; default what compose, bake and CI files build, else the final one'),
};

interface Source {
  readonly path?: string | undefined;
  readonly text?: string | undefined;
  readonly target?: string | undefined;
  readonly preset?: (typeof presets)[number] | undefined;
}

/** `today`: as 2027-01-31. */
export function createServer(folder: Folder, version: string, today: string): McpServer {
  const server = new McpServer(
    { name: 'dflint', version },
    {
      instructions:
        'dflint reads Dockerfiles as whole builds: stages, what flows between them, the image that comes out. Lint after each change of a Dockerfile; ships says what an image holds, rebuild what a change of a file runs again.',
    },
  );
  const open = ({ path = 'Dockerfile', text, target, preset }: Source): OpenDockerfile | string => {
    const read = text === undefined ? folder.read(path) : { path, text };
    if ('error' in read) return read.error;
    if (read.text.length > longestText) return `${path} is longer than ${longestText} characters`;
    return openDockerfile({
      ...read,
      today,
      project: openProject(folder.tree),
      ...(target !== undefined && { targets: [target] }),
      ...(preset !== undefined && { presets: [preset] }),
    });
  };
  const readOnly = { readOnlyHint: true, openWorldHint: false };

  server.registerTool(
    'lint',
    {
      description: 'What is wrong with a Dockerfile, each finding with the lines that prove it and what to do.',
      inputSchema: z.object({
        ...source,
        preset: z.enum(presets).optional().describe('which rules (default: recommended)'),
      }),
      annotations: readOnly,
    },
    (given) =>
      told(open(given), (file) => {
        const { path, findings, unknownTargets } = file.lint();
        if (unknownTargets.length > 0) return refused(`no stage ${unknownTargets.join(', ')}`);
        return said(bounded((most) => findingsAnswer(path, findings, most)));
      }),
  );
  server.registerTool(
    'ships',
    {
      description:
        'What the image of a Dockerfile will hold: user, env, command, files, dependencies, caches, secrets.',
      inputSchema: z.object(source),
      annotations: readOnly,
    },
    (given) =>
      told(open(given), (file) => {
        const images = file.ships(given.target);
        if (images.length === 0)
          return refused(given.target === undefined ? 'no image comes out' : `no stage ${given.target}`);
        return said(bounded((most) => ({ path: file.path, images: images.map((image) => imageAnswer(image, most)) })));
      }),
  );
  server.registerTool(
    'rebuild',
    {
      description: 'Which steps of a build run again when files of its context change.',
      inputSchema: z.object({
        ...source,
        changed: z.array(z.string()).min(1).max(100).describe('paths or globs, relative to the build context'),
      }),
      annotations: readOnly,
    },
    (given) =>
      told(open(given), (file) => {
        const report = file.rebuild({ paths: given.changed });
        return said(bounded((most) => rebuildAnswer(report, most)));
      }),
  );
  server.registerTool(
    'fix',
    {
      description: 'A Dockerfile with what can be mended mended. Nothing is written: the new text is the answer.',
      inputSchema: z.object({
        ...source,
        unsafe: z
          .boolean()
          .default(false)
          .describe('also fixes after which the build or the image may come out otherwise'),
        rule: z.string().optional().describe('only what this rule finds'),
      }),
      annotations: readOnly,
    },
    (given) =>
      told(open(given), (file) => {
        const reopen = (text: string): OpenDockerfile => {
          const again = open({ ...given, text });
          return typeof again === 'string' ? file : again;
        };
        const { rule, unsafe } = given;
        const fixed = rule === undefined ? file.fixAll({ unsafe }) : mended(file, reopen, rule, unsafe);
        return said(
          bounded((most) => ({
            path: file.path,
            text: fixed.text,
            fixed: fixed.fixed.slice(0, most).map(findingAnswer),
            create: Object.fromEntries(fixed.created),
          })),
        );
      }),
  );
  server.registerTool(
    'explain',
    {
      description: 'What a rule of dflint, or a code of hadolint, BuildKit or ShellCheck, is about, with examples.',
      inputSchema: z.object({ rule: z.string().describe('root-user, DL3008, SC2086') }),
      annotations: readOnly,
    },
    ({ rule }) => {
      const known = explain(rule, { today });
      if (known === undefined) return refused(`there is no rule ${rule}`);
      return said([...known.rules.map(({ markdown }) => markdown), ...known.pages].join('\n').slice(0, 40_000));
    },
  );
  return server;
}

/** Mends what one rule finds, one finding after the other, as each moves the places of the next. */
function mended(
  start: OpenDockerfile,
  reopen: (text: string) => OpenDockerfile,
  rule: string,
  unsafe: boolean,
): FixedText {
  const fixed: ReportedFinding[] = [];
  const created = new Map<string, string>();
  let file = start;
  for (let left = mostFixes; left > 0; left -= 1) {
    const wanted = file
      .lint()
      .findings.find(({ rule: found, fix }) => found === rule && (unsafe ? fix : fix?.safety === 'safe'));
    const made = wanted && file.fix(wanted);
    if (made === undefined || (made.text === file.text && made.created.size === 0)) break;
    fixed.push(...made.fixed);
    for (const [path, text] of made.created) created.set(path, text);
    if (made.text === file.text) break;
    file = reopen(made.text);
  }
  return { text: file.text, fixed, created };
}

const mostFixes = 100;

interface Answer {
  [key: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: boolean;
}

const said = (text: string): Answer => ({ content: [{ type: 'text', text }] });
const refused = (text: string): Answer => ({ content: [{ type: 'text', text }], isError: true });

const told = (file: OpenDockerfile | string, answer: (file: OpenDockerfile) => Answer): Answer =>
  typeof file === 'string' ? refused(file) : answer(file);
