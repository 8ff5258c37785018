/** The reference of the configuration, from its JSON Schema. */

interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Markdown. */
export function configurationReference(schema: Schema, example: string): string {
  const { overrides, ...keys } = schema.properties ?? {};
  return `# Configuration

The nearest of \`dflint.config.json\` (comments are allowed), \`.yaml\`, \`.yml\` and \`.toml\`, or the key \`dflint\` of
\`package.json\`, from the folder of a Dockerfile upward to the root of the repository. \`dflint init\` writes a first one,
\`dflint config FILE\` says what applies to a file and where it comes from.

\`\`\`json
${example.trim()}
\`\`\`

## Keys

${table(keys)}

## overrides

${overrides?.description ?? ''}. Each has:

${table(overrides?.items?.properties ?? {})}
`;
}

function table(keys: Readonly<Record<string, Schema>>): string {
  const rows = Object.entries(keys).map(
    ([name, key]) => `| \`${name}\` | ${cell(kindOf(key))} | ${cell(key.description ?? '')} |`,
  );
  return ['| key | value | what it says |', '| --- | --- | --- |', ...rows].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What a value is, in words. */
function kindOf({ type, enum: choices, anyOf, items }: Schema): string {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(kindOf))].join(', or ');
  if (type === 'array') return `a list: ${items === undefined ? 'anything' : kindOf(items)}`;
  if (type === 'object') return 'a table';
  const types = typeof type === 'string' ? [type] : (type ?? []);
  return types.map((each) => (each === 'string' ? 'a text' : each === 'boolean' ? 'true or false' : each)).join(', ');
}
