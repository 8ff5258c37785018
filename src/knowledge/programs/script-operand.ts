/**
 * The file that an interpreter is told to run.
 *
 * Sources: `node --help`, `python --help`, the manual pages of sh and bash; how Node.js completes the name of its
 * script: https://nodejs.org/api/modules.html#all-together.
 */

type Words = readonly (string | undefined)[];

export interface ScriptOperand {
  /** As written. */
  readonly script: string;
  /** What the interpreter tries in turn, added to the path. */
  readonly endings: readonly string[];
}

const nodeValued = new Set(
  '-r --require --import --loader --experimental-loader -C --conditions --env-file --title'.split(' '),
);
const pm2Valued = new Set('--env -i --instances -n --name --only --secret --public --web --port --format'.split(' '));
const nodeEndings = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node', '/package.json'];

/** Flags of Java that take the next word. */
const javaValued: ReadonlySet<string> = new Set(
  '-cp -classpath --class-path -p --module-path --add-modules --add-opens --add-exports --add-reads --upgrade-module-path'.split(
    ' ',
  ),
);

/** The archive of `java -jar shop.jar`, the assembly of `dotnet Shop.dll`. */
export function archiveOperandOf([first, ...rest]: Words): ScriptOperand | undefined {
  const name = first?.slice(first.lastIndexOf('/') + 1);
  if (name !== 'java' && name !== 'dotnet') return undefined;
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at];
    // A file of arguments, and what the shell makes of a pattern, may name another one.
    if (word === undefined || /^@|[*?[]/.test(word)) return undefined;
    if (word.startsWith('-')) {
      if (name === 'dotnet') return undefined;
      if (javaValued.has(word)) at += 1;
      continue;
    }
    const isArchive = name === 'java' ? rest.slice(0, at).includes('-jar') && /\.[jw]ar$/ : /\.dll$/;
    return isArchive !== false && isArchive.test(word) ? { script: word, endings: [''] } : undefined;
  }
  return undefined;
}

/** Undefined for everything else than a script that certainly runs by its path. */
export function scriptOperandOf([first, ...rest]: Words): ScriptOperand | undefined {
  if (first === undefined) return undefined;
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (name === 'node' || name === 'nodejs')
    return operandAfterFlags(
      rest,
      nodeValued,
      /^-(?:e|p|c|i|-eval|-print|-check|-interactive|-test|-run|-watch-path|$)/,
      nodeEndings,
    );
  if (name === 'pm2-runtime') {
    const found = operandAfterFlags(rest[0] === 'start' ? rest.slice(1) : rest, pm2Valued, /^$/, ['']);
    return found !== undefined && /\.(?:[cm]?js|json|ya?ml)$/.test(found.script) ? found : undefined;
  }
  if (/^python[\d.]*$/.test(name))
    return operandAfterFlags(rest, new Set(['-W', '-X']), /^-(?:c|m|$)/, ['', '/__main__.py']);
  if (/^(?:ba|da|a)?sh$/.test(name))
    return operandAfterFlags(rest, new Set(), /^-(?:\w*[co]|s|-rcfile|-init-file|$)/, ['']);
  const isPath = /^\.{0,2}\//.test(first) && /\.(?:sh|bash|js|mjs|cjs|py|rb|pl|php)$/.test(first);
  return isPath ? { script: first, endings: [''] } : undefined;
}

function operandAfterFlags(
  rest: Words,
  valued: ReadonlySet<string>,
  otherwise: RegExp,
  endings: readonly string[],
): ScriptOperand | undefined {
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at];
    if (word === undefined || otherwise.test(word)) return undefined;
    if (!word.startsWith('-')) return word === '' ? undefined : { script: word, endings };
    if (valued.has(word)) at += 1;
  }
  return undefined;
}

const builtFolders =
  /^(?:dist|build|built|out|output|lib|libs?|target|bin|public|release|www|generated|artifacts|publish|_build|\.next|\.nuxt|\.output|\.svelte-kit|\.vercel|node_modules|vendor|coverage|tmp)$/;

/** Whether a file of a project may be made by a build on the host, so that a fresh checkout lacks it. */
export const mayBeBuilt = (path: string): boolean => {
  const parts = path.split('/');
  return (
    parts.slice(0, -1).some((part) => builtFolders.test(part)) || !/\.(?:js|mjs|cjs|py|rb|sh|bash|php|pl)$/.test(path)
  );
};

/** Folders that hold programs and are none, as their names go: `node dist` needs an index.js in it. */
const programFolders =
  /^(?:\.\/)?(?:dist|build|built|out|output|lib|src|app|server|target|release|\.next|\.output|\.nuxt)\/?$/;

/** Whether a name is that of a folder with programs, as far as names tell. */
export const isProgramFolder = (path: string): boolean => programFolders.test(path);

/** Whether an interpreter would take a word for its script: a relative name with the ending of one. */
export const looksLikeScript = (interpreter: string, word: string): boolean =>
  /^python[\d.]*$/.test(interpreter)
    ? /^[\w.-]+(?:\/[\w.-]+)*\.py$/.test(word)
    : /^[\w.-]+(?:\/[\w.-]+)*\.[cm]?js$/.test(word);
