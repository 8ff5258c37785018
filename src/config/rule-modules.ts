/** Modules that bring rules: `plugins` names them, and `rules` may, so that they are rated where they are named. */
import type { ConfigPath } from './document.ts';

export interface NamedModule {
  /** As it is written: a path relative to the configuration. */
  readonly name: string;
  readonly at: ConfigPath;
}

/** A path, which no name of a rule looks like. */
export const isModuleName = (name: string): boolean => /^\.{0,2}\//.test(name) || /\.[cm]?[jt]s$/.test(name);

/** Of a configuration as it was read, before it is judged: what is no text is told then. */
export function* namedModules(value: unknown): Iterable<NamedModule> {
  const plugins = entryOf(value, 'plugins');
  if (Array.isArray(plugins))
    for (const [at, name] of plugins.entries())
      if (typeof name === 'string' && name !== '') yield { name, at: ['plugins', at] };
  yield* amongRules(value, []);
  const overrides = entryOf(value, 'overrides');
  if (Array.isArray(overrides))
    for (const [at, override] of overrides.entries()) yield* amongRules(override, ['overrides', at]);
}

function* amongRules(value: unknown, at: ConfigPath): Iterable<NamedModule> {
  for (const name of Object.keys(Object(entryOf(value, 'rules'))))
    if (isModuleName(name)) yield { name, at: [...at, 'rules', name] };
}

const entryOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
