/** Modules of configurations that bring rules. The only code of others that dflint runs, and it asks first. */
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ConfigPath } from '../../config/document.ts';
import type { Rule } from '../../rule.ts';
import { diskTree } from '../disk-tree.ts';
import { type ConfigSource, placed } from './chain.ts';
import type { LoadWorld } from './load.ts';
import { readRules } from './plugin-rules.ts';

export interface Plugins {
  readonly rules: readonly Rule[];
  /** False when a module was not loaded, so that rules may be missing. */
  readonly complete: boolean;
}

/** What cannot be loaded is told. */
export async function loadPlugins(sources: readonly ConfigSource[], world: LoadWorld): Promise<Plugins> {
  const rules: Rule[] = [];
  let complete = true;
  for (const source of sources)
    for (const { name, at } of modulesOf(source)) {
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
      const path = resolve(dirname(source.found.path), name);
      if (diskTree.kind(path) !== 'file') {
        fault(`the plugin ${name}: there is no such file`);
        continue;
      }
      try {
        const { found, faults } = readRules(await exportedBy(path), [...world.rules, ...rules]);
        rules.push(...found);
        for (const message of faults) fault(`the plugin ${name}: ${message}`);
      } catch (error) {
        fault(`the plugin ${name} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  return { rules, complete };
}

/** Texts only; anything else is told when the configuration is judged. */
function* modulesOf({ document }: ConfigSource): Iterable<{ readonly name: string; readonly at: ConfigPath }> {
  const given: unknown = Reflect.get(Object(document.value), 'plugins');
  if (!Array.isArray(given)) return;
  for (const [at, name] of given.entries())
    if (typeof name === 'string' && name !== '') yield { name, at: ['plugins', at] };
}

/** `export const rules = […]`, else the default export; a function is called with the API, so that it need not be installed. */
async function exportedBy(path: string): Promise<unknown> {
  const module: unknown = await import(pathToFileURL(path).href);
  if (typeof module !== 'object' || module === null) return undefined;
  const exported: unknown = Reflect.get(module, 'rules') ?? Reflect.get(module, 'default');
  if (typeof exported !== 'function') return exported;
  return await exported(await import('../../index.ts'));
}
