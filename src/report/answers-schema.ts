/** The shapes of what commands print as JSON, findings aside, published as `answers.schema.json`. */
import { z } from 'zod';
import { configReportSchema } from './config-schema.ts';
import { graphSchema } from './graph-schema.ts';
import { rebuildSchema } from './rebuild-schema.ts';
import { shipsSchema } from './ships-schema.ts';

const answers = { config: configReportSchema, graph: graphSchema, rebuild: rebuildSchema, ships: shipsSchema };

/** JSON Schema, draft 2020-12, one definition for each command. */
export function answersJsonSchema(): string {
  const definitions = Object.entries(answers).map(([name, schema]) => {
    const { $schema: _, ...definition } = z.toJSONSchema(schema);
    return [name, definition] as const;
  });
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'What dflint config, graph, rebuild and ships print with --format json',
    $defs: Object.fromEntries(definitions),
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
