/** The options of a rule in words, from the schema that reads them. */
import * as z from 'zod/mini';
import { DeclaredOptions, type Option } from '../rule.ts';

export interface OptionDescription {
  readonly name: string;
  /** What may be given, in words: `list of text`, `true or false`. */
  readonly type: string;
  readonly default?: unknown;
  /** What it is for. */
  readonly says?: string;
}

/** Zod's own JSON Schema would say the same, and would be loaded by every run: bundles are split by whole modules. */
export function optionsOf(schema: unknown): readonly OptionDescription[] {
  if (schema instanceof DeclaredOptions)
    return Object.entries<Option<unknown>>(schema.shape).map(([name, { type, default: value, says }]) => ({
      name,
      type,
      default: value,
      says,
    }));
  if (!(schema instanceof z.ZodMiniObject)) return [];
  return Object.entries(schema._zod.def.shape).map(([name, option]) => {
    const description = option instanceof z.ZodMiniType ? z.globalRegistry.get(option)?.description : undefined;
    return {
      name,
      type: typeInWords(option),
      ...(option instanceof z.ZodMiniDefault ? { default: option._zod.def.defaultValue } : {}),
      ...(description === undefined ? {} : { says: description }),
    };
  });
}

function typeInWords(schema: unknown): string {
  if (schema instanceof z.ZodMiniDefault || schema instanceof z.ZodMiniOptional)
    return typeInWords(schema._zod.def.innerType);
  if (schema instanceof z.ZodMiniString) return 'text';
  if (schema instanceof z.ZodMiniNumber) return 'number';
  if (schema instanceof z.ZodMiniBoolean) return 'true or false';
  if (schema instanceof z.ZodMiniEnum) return `one of ${Object.values(schema._zod.def.entries).join(', ')}`;
  if (schema instanceof z.ZodMiniArray) return `list of ${typeInWords(schema._zod.def.element)}`;
  if (schema instanceof z.ZodMiniRecord) return `object, by name: ${typeInWords(schema._zod.def.valueType)}`;
  if (schema instanceof z.ZodMiniUnion) return schema._zod.def.options.map(typeInWords).join(' or ');
  return 'anything';
}
