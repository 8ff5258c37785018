/** The world of the language server: texts of an editor among the files around them. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { allRules } from '../api/examples.ts';
import { explain } from '../api/rules.ts';
import { linterOf, pageOf } from '../docs/codes.ts';
import type { EarlierFile, LintResult, ReportedFinding } from '../engine/lint.ts';
import type { EditedText, EditorSettings, Host, JudgedText } from '../language-server/host.ts';
import type { NamedRule } from '../outline/index.ts';
import { harmlessProse } from '../report/harmless.ts';
import { applyBaselines } from './baseline.ts';
import { idleCollection } from './collect-idle.ts';
import { type ConfigReader, openConfigs } from './config-file.ts';
import { isExcluded } from './discovery/exclude.ts';
import { slashed } from './discovery/slashed.ts';
import { foundTree } from './disk-tree.ts';
import { isSure } from './limits.ts';
import { describeFailure } from './lint-inputs.ts';
import { type OpenedFile, openInput } from './open-input.ts';
import type { Options } from './options.ts';
import { openProjects } from './project.ts';
import type { InputFile } from './read.ts';
import { type RememberingTree, rememberingTree } from './remembering-tree.ts';
import { openShellcheck, outsideOf } from './shellcheck.ts';
import type { Surroundings } from './surroundings.ts';
import { today } from './today.ts';

/** Milliseconds for which what stands on the disk is not asked about again: a burst of keys looks once. */
const freshFor = 2000;

/** Texts of which is remembered what was made of them. */
const mostRemembered = 8;

/** What has been read for the texts of one folder under the same settings. */
interface Reading {
  readonly options: Options;
  readonly configs: ConfigReader;
  tree: RememberingTree;
  projectOf: ReturnType<typeof openProjects>;
  readAt: number;
}

type World = Pick<Surroundings, 'cwd' | 'env' | 'pages'>;

export function openEditorHost(options: Options, world: World): Host {
  let folders: readonly string[] = [];
  const readings = new Map<string, Reading>();
  const earlier = new Map<string, EarlierFile>();
  const shellcheck = openShellcheck(world);
  const asked = new Set<string>();
  let answers: Awaited<ReturnType<typeof shellcheck.check>> = new Map();

  const folderOf = (location: string | undefined): string => {
    if (location === undefined) return folders[0] ?? world.cwd;
    const around = folders.filter((folder) => location.startsWith(folder.endsWith(sep) ? folder : folder + sep));
    return around.sort((one, other) => other.length - one.length)[0] ?? dirname(location);
  };

  function readingFor(folder: string, settings: EditorSettings): Reading {
    const key = `${folder}\0${JSON.stringify(settings)}`;
    const known = readings.get(key);
    const now = performance.now();
    if (known !== undefined) {
      if (now - known.readAt > freshFor) {
        if (!known.tree.isCurrent()) Object.assign(known, lookAt(folder, known.options.context));
        known.readAt = now;
      }
      return known;
    }
    const { config, shellcheck: mode, minConfidence } = settings;
    const own: Options = {
      ...options,
      ...(config === undefined ? {} : { config: config === false ? false : resolve(folder, config) }),
      ...(mode === undefined ? {} : { shellcheck: mode }),
      ...(minConfidence === undefined ? {} : { minConfidence }),
    };
    const made: Reading = {
      options: own,
      configs: openConfigs(own, { cwd: folder }),
      ...lookAt(folder, own.context),
      readAt: now,
    };
    readings.set(key, made);
    return made;
  }

  /** Of those that were changed last: the next key finds most of it as it was. */
  function remember(uri: string, { file, build }: EarlierFile): void {
    earlier.delete(uri);
    earlier.set(uri, { ...(file && { file }), ...(build && { build }) });
    const [oldest] = earlier.keys();
    if (oldest !== undefined && earlier.size > mostRemembered) earlier.delete(oldest);
  }

  async function open({ uri, text }: EditedText, settings: EditorSettings) {
    const location = locationOf(uri);
    const folder = folderOf(location);
    const reading = readingFor(folder, settings);
    const input: InputFile =
      location === undefined
        ? { path: uri.slice(uri.indexOf(':') + 1) || uri, text }
        : { path: slashed(relative(folder, location)), location: slashed(location), text };
    const config = await reading.configs.configOf(input);
    const project = await reading.projectOf(input, config.applied.context?.value);
    const around = { cwd: folder, env: world.env, today: today(), err: () => {} };
    const file = openInput(input, project, config, reading.options, around, earlier.get(uri));
    remember(uri, file.opened);
    const isLeftOut = config.loaded.excluded.some((each) => isExcluded(input.location ?? '', each));
    return { folder, reading, file, pluginRules: config.loaded.pluginRules, isLeftOut };
  }

  return {
    async judge(text, settings) {
      const { folder, reading, file, pluginRules, isLeftOut } = await open(text, settings);
      const { build } = file.opened;
      const shown = (found: LintResult): LintResult =>
        isLeftOut ? { ...found, findings: [] } : shownOf(found, file, folder);
      const result = shown(file.opened.judge().finish(outsideOf(file, new Map([[file, answers]]))));
      const root = build?.context.root;
      const faults = [
        ...reading.configs.faults.map(({ path, message }) => `${path}: ${message}`),
        ...result.failures.map((failure) => `${file.input.path}: ${describeFailure(failure, file.plugins)}`),
        ...shellcheck.problems.filter(({ fatal }) => fatal).map(({ message }) => `shellcheck: ${message}`),
      ];
      const judged: JudgedText = {
        result,
        relint: (other) => shown(file.relint(other)).findings,
        isOpen: file.scripts.some((script) => !asked.has(script.text)),
        faults: faults.map(harmlessProse),
        rules: new Map([...allRules, ...pluginRules].map((rule) => [rule.id, rule])),
        ...(build === undefined ? {} : { build }),
        ...(root === undefined ? {} : { rootUri: pathToFileURL(root).href.replace(/\/$/, '') }),
      };
      return judged;
    },
    async askShellcheck(text, settings) {
      const { file } = await open(text, settings);
      const fresh = file.scripts.filter((script) => !asked.has(script.text));
      for (const script of fresh) asked.add(script.text);
      if (fresh.length === 0) return false;
      const said = await shellcheck.check(
        file.scripts.map((script) => script.text),
        file.mode,
      );
      answers = said.size > 0 ? said : answers;
      return (
        fresh.some((script) => (said.get(script.text)?.length ?? 0) > 0) ||
        shellcheck.problems.some(({ fatal }) => fatal)
      );
    },
    rest: idleCollection(),
    forget() {
      readings.clear();
      earlier.clear();
    },
    setFolders(uris) {
      folders = uris.flatMap((uri) => locationOf(uri) ?? []);
    },
    locate({ uri }, path) {
      return pathToFileURL(isAbsolute(path) ? path : resolve(folderOf(locationOf(uri)), path)).href;
    },
    pageOf: (rule) => pageOf(rule) ?? ownPage(rule, world.pages),
    explain(name) {
      const told = explain(name, { today: today() });
      const [first] = told?.rules ?? [];
      if (told === undefined) return undefined;
      const page = first === undefined ? told.pages[0] : ownPage(first.id, world.pages);
      const short =
        first === undefined ? told.name : `${first.id}: ${first.says}. ${first.because} Instead: ${first.instead}`;
      return {
        short,
        markdown: told.rules.length > 0 ? told.rules.map(({ markdown }) => markdown).join('\n') : told.pages.join('\n'),
        ...(page === undefined ? {} : { page }),
      };
    },
    names: namesToIgnore(),
  };
}

/** The files of a folder as they are now. */
function lookAt(folder: string, context: string | undefined): Pick<Reading, 'tree' | 'projectOf'> {
  const tree = rememberingTree(() => foundTree(folder));
  return { tree, projectOf: openProjects(context, { cwd: folder }, tree) };
}

function locationOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** What the command line would show. */
function shownOf(found: LintResult, { limits, baseline }: OpenedFile, cwd: string): LintResult {
  const result = { ...found, findings: found.findings.filter((finding: ReportedFinding) => isSure(finding, limits)) };
  if (baseline === undefined) return result;
  const known = applyBaselines([{ result, baseline }], { updateBaseline: false, quiet: true }, { cwd, err: () => {} });
  return known.results[0]?.result ?? result;
}

const shownPages = new Map<string, string | undefined>();

/** The page of a rule of dflint that is installed with it. */
function ownPage(rule: string, pages: URL | undefined): string | undefined {
  if (pages === undefined || !/^[a-z-]+$/.test(rule)) return undefined;
  if (!shownPages.has(rule)) {
    const page = new URL(`${rule}.md`, pages);
    shownPages.set(rule, existsSync(page) ? page.href : undefined);
  }
  return shownPages.get(rule);
}

function namesToIgnore(): readonly NamedRule[] {
  const own = allRules.map(({ id, says }) => ({ id, says }));
  const codes = new Map<string, NamedRule>();
  for (const { id, replaces = [] } of allRules)
    for (const code of replaces) {
      const bare = code.slice(code.indexOf('/') + 1);
      if (!codes.has(code)) codes.set(code, { id: bare, says: id, linter: linterOf(code) });
    }
  return [...own, ...[...codes.values()].sort((one, other) => (one.id < other.id ? -1 : 1))];
}
