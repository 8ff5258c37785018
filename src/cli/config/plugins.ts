/** Modules of configurations that bring rules. The only code of others that dflint runs, and it asks first. */
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { namedModules } from '../../config/rule-modules.ts';
import type { Rule } from '../../rule.ts';
import { diskTree } from '../disk-tree.ts';
import { type ConfigSource, placed } from './chain.ts';
import type { LoadWorld } from './load.ts';
import { readRules } from './plugin-rules.ts';

export interface Plugins {
  readonly rules: readonly Rule[];
  /** The ids of the rules of each module, by its absolute path. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
  /** False when a module was not loaded, so that rules may be missing. */
  readonly complete: boolean;
}

/** What cannot be loaded is told. */
export async function loadPlugins(sources: readonly ConfigSource[], world: LoadWorld): Promise<Plugins> {
  const rules: Rule[] = [];
  const modules = new Map<string, readonly string[]>();
  let complete = true;
  for (const source of sources)
    for (const { name, at } of namedModules(source.document.value)) {
      const path = pathOfModule(source, name);
      if (modules.has(path)) continue;
      modules.set(path, []);
      const fault = (message: string): void => {
        world.tell(source.found.path, placed(source.document, at, message));
        complete = false;
      };
      if (!world.mayRunPlugins(source.found.path)) {
        fault(
          `the plugin ${name} is not run: it is code, and this configuration is part of what is linted; give --allow-plugins if you trust it`,
        );
        continue;
      }
      if (diskTree.kind(path) !== 'file') {
        fault(`the plugin ${name}: there is no such file`);
        continue;
      }
      try {
        const { found, faults } = readRules(await exportedBy(path), [...world.rules, ...rules]);
        rules.push(...found);
        modules.set(
          path,
          found.map(({ id }) => id),
        );
        for (const message of faults) fault(`the plugin ${name}: ${message}`);
      } catch (error) {
        fault(`the plugin ${name} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  return { rules, modules, complete };
}

export const pathOfModule = ({ found }: ConfigSource, name: string): string => resolve(dirname(found.path), name);

/** `export const rules = […]`, else the default export; a function is called with the API, so that it need not be installed. */
async function exportedBy(path: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(path).href);
  if (typeof module !== 'object' || module === null) return undefined;
  const exported: unknown = Reflect.get(module, 'rules') ?? Reflect.get(module, 'default');
  if (typeof exported !== 'function') return exported;
  return await exported(await import('../../index.ts'));
}
