/** The same Dockerfile in other words: what a builder makes of both is the same, and so is what rules have to say. */
import { type Instruction, parseDockerfile, type RunInstruction, type Span } from '../../src/syntax/index.ts';

type Rewrite = (text: string) => string;

/** An instruction with what stands in the file for it. */
interface Written {
  readonly instruction: Instruction;
  readonly raw: string;
  /** Its keyword and flags, and what comes after them. */
  readonly head: string;
  readonly rest: string;
}

/** What `rewrite` makes of each instruction; it stays where that is undefined. */
function instructions(text: string, rewrite: (written: Written) => string | undefined): string {
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = (line: number, column: number): number => (lineStarts[line - 1] ?? text.length) + column - 1;
  const places = ({ line, column, endLine, endColumn }: Span) =>
    [offset(line, column), offset(endLine, endColumn)] as const;
  const out: string[] = [];
  let at = 0;
  for (const instruction of parseDockerfile(text).instructions) {
    const [start, end] = places(instruction.span);
    const [, head] = places((instruction.flags.at(-1) ?? { span: instruction.keywordSpan }).span);
    const raw = text.slice(start, end);
    const made = rewrite({ instruction, raw, head: text.slice(start, head), rest: text.slice(head, end) });
    if (made === undefined) continue;
    out.push(text.slice(at, start), made);
    at = end;
  }
  return [...out, text.slice(at)].join('');
}

const keyword =
  (name: Instruction['keyword'], rewrite: (written: Written) => string | undefined): Rewrite =>
  (text) =>
    instructions(text, (written) => (written.instruction.keyword === name ? rewrite(written) : undefined));

const ofWindows = (text: string): boolean => /escape=`|powershell|cmd\.exe|windows|SHELL/i.test(text);

/** What `rewrite` makes of the scripts of RUNs, where they are plain text for a POSIX shell. */
const scripts =
  (rewrite: (script: string, run: RunInstruction) => string | undefined): Rewrite =>
  (text) =>
    ofWindows(text)
      ? text
      : instructions(text, ({ instruction, head, rest }) => {
          if (instruction.keyword !== 'RUN' || instruction.form !== 'shell' || instruction.heredocs.length > 0) return;
          const script = rest.replace(/^\s*(?:(?:\\|#[^\n]*)\n\s*)*/, '');
          if (script.trim() === '' || /\n\s*(?:#|\n)|\\$/.test(script)) return undefined;
          const made = rewrite(script, instruction);
          return made === undefined ? undefined : `${head} ${made}`;
        });

const inOneLine = (script: string): string => script.replace(/\s*\\\n\s*/g, ' ').trim();

const otherThanCommands = /[|;(){}<>`'"#!&]|\b(?:if|then|for|while|case|do|set|cd|pushd|export|alias)\b/;

/** The commands of a script that is nothing but commands joined by `&&`. */
function commandsOf(script: string): readonly string[] | undefined {
  const line = inOneLine(script);
  if (otherThanCommands.test(line.replaceAll('&&', ' '))) return undefined;
  const commands = line.split('&&').map((command) => command.trim());
  return commands.includes('') ? undefined : commands;
}

/** What `rewrite` makes of such commands. */
const joined = (rewrite: (commands: readonly string[]) => string | undefined): Rewrite =>
  scripts((script) => {
    const commands = commandsOf(script);
    return commands && rewrite(commands);
  });

const each = (rewrite: (command: string) => string): Rewrite =>
  joined((commands) => commands.map(rewrite).join(' && '));

const ofBuiltin = /^(?:\w+=|\.|source |:|exit|true|umask|ulimit|trap)/;

const replaced =
  (pattern: RegExp, by: string): Rewrite =>
  (text) =>
    text.replace(pattern, by);

/** `ARG`s above the first FROM, in place of what `part` finds of the names of images. */
const withArguments =
  (part: (image: string) => readonly [before: string, value: string] | undefined): Rewrite =>
  (text) => {
    const stages = new Set<string | undefined>();
    const given: string[] = [];
    const made = keyword('FROM', ({ instruction, raw }) => {
      if (instruction.keyword !== 'FROM') return undefined;
      const { image, name } = instruction;
      const isStage = stages.has(image.text?.toLowerCase());
      stages.add(name?.text?.toLowerCase());
      const found = image.text === undefined || image.text === 'scratch' || isStage ? undefined : part(image.text);
      if (found === undefined) return undefined;
      const variable = `GIVEN_${given.length}`;
      given.push(`ARG ${variable}=${found[1]}\n`);
      return raw.replace(image.raw, `${found[0]}\${${variable}}`);
    })(text);
    const first = made.search(/^FROM/im);
    return `${made.slice(0, first)}${given.join('')}${made.slice(first)}`;
  };

/** Between each image and the stage that starts with it a stage of nothing. */
const behindStages: Rewrite = (text) => {
  if (/from=["']?[\d$]|^FROM.*(?:\$|--platform)/im.test(text)) return text;
  const stages = new Set<string | undefined>();
  return keyword('FROM', ({ instruction, raw }) => {
    if (instruction.keyword !== 'FROM') return undefined;
    const { image, name } = instruction;
    const isStage = stages.has(image.text?.toLowerCase());
    stages.add(name?.text?.toLowerCase());
    if (image.text === undefined || isStage) return undefined;
    const origin = `origin-${stages.size}-${image.span.line}`;
    return `FROM ${image.raw} AS ${origin}\n\n${raw.replace(image.raw, origin)}`;
  })(text);
};

/** The directory of WORKDIR in a variable. */
const directoryInVariable: Rewrite = (text) => {
  const directory = /^WORKDIR (\/[\w/.-]+)$/m.exec(text)?.[1];
  if (directory === undefined || ofWindows(text)) return text;
  return instructions(text, ({ instruction, raw }) => {
    switch (instruction.keyword) {
      case 'FROM':
        return `${raw}\nENV HOME_OF_IT=${directory}`;
      case 'WORKDIR':
        return raw === `WORKDIR ${directory}` ? 'WORKDIR $HOME_OF_IT' : undefined;
      case 'COPY':
      case 'ADD':
        return !instruction.json && instruction.from === undefined && instruction.destination.raw === directory
          ? `${raw.slice(0, -directory.length)}\${HOME_OF_IT}`
          : undefined;
      default:
        return undefined;
    }
  });
};

const asArray: Rewrite = (text) =>
  instructions(text, ({ instruction, head }) => {
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return undefined;
    const words = [...instruction.sources, instruction.destination].map((word) => word.text);
    return instruction.json || instruction.heredocs.length > 0 || words.includes(undefined)
      ? undefined
      : `${head} ${JSON.stringify(words)}`;
  });

/** Each of the sources of a COPY by itself. */
const apart: Rewrite = keyword('COPY', ({ instruction, head }) => {
  if (instruction.keyword !== 'COPY') return undefined;
  const { sources, destination, json, heredocs, parents, exclude } = instruction;
  return sources.length < 2 ||
    json ||
    heredocs.length > 0 ||
    parents ||
    exclude.length > 0 ||
    !destination.raw.endsWith('/')
    ? undefined
    : sources.map(({ raw }) => `${head} ${raw} ${destination.raw}`).join('\n');
});

/** Each writes the same in another way. What it leaves as it is comes out the same. */
export const rewritings: Readonly<Record<string, Rewrite>> = {
  'keywords in small letters': (text) =>
    instructions(text, ({ instruction: { word }, raw }) =>
      /^[A-Z]+$/.test(word) ? word.toLowerCase() + raw.slice(word.length) : undefined,
    ),
  'empty lines': (text) => instructions(text, ({ raw }) => `${raw}\n`),
  'two blanks': (text) => instructions(text, ({ instruction: { word }, raw }) => `${word} ${raw.slice(word.length)}`),
  'indented instructions': (text) => instructions(text, ({ raw }) => `  ${raw}`),
  'blanks at the end': (text) =>
    instructions(text, ({ instruction, raw }) => (instruction.heredocs.length > 0 ? undefined : `${raw}  `)),
  'line ends of Windows': (text) => (text.includes('\r') ? text : text.replaceAll('\n', '\r\n')),
  'a line for each command': scripts((script) =>
    /['"`]/.test(script) ? undefined : script.replaceAll(/ && (?!\\)/g, ' \\\n    && '),
  ),
  'a line for each word': scripts((script) =>
    /['"`#]/.test(script) ? undefined : inOneLine(script).replaceAll(' ', ' \\\n  '),
  ),
  'one line': scripts(inOneLine),
  'comments between commands': scripts((script) =>
    /['"]/.test(script) ? undefined : inOneLine(script).replaceAll(' && ', ' \\\n # what comes next\n && '),
  ),
  heredoc: joined((commands) => `<<EOF\nset -e\n${commands.join('\n')}\nEOF`),
  'heredoc in quotes': joined((commands) => `<<'EOT'\nset -ex\n${commands.join('\n')}\nEOT`),
  errexit: joined((commands) => `set -eux; \\\n    ${commands.join('; \\\n    ')}`),
  xtrace: scripts((script) => `set -x && ${script}`),
  braces: joined((commands) => `{ ${commands.join(' && ')}; }`),
  subshell: joined((commands) => `(${commands.join(' && ')})`),
  'sh -c': joined((commands) => (commands.join().includes('$') ? undefined : `sh -c '${commands.join(' && ')}'`)),
  'bash -c': joined((commands) => (commands.join().includes('$') ? undefined : `bash -ec "${commands.join(' && ')}"`)),
  'array with a shell': joined((commands) =>
    /[$\\]/.test(commands.join()) ? undefined : JSON.stringify(['/bin/sh', '-c', commands.join(' && ')]),
  ),
  'a variable in front': each((command) => `COLOUR_OF_IT=red ${command}`),
  'env in front': each((command) => (ofBuiltin.test(command) ? command : `env COLOUR_OF_IT=red ${command}`)),
  'time in front': each((command) => (ofBuiltin.test(command) ? command : `time ${command}`)),
  'exit where it fails': each((command) => `(${command} || exit 1)`),
  'true behind it': joined((commands) => `${commands.join(' && ')} && true`),
  'errors with the output': each((command) => `${command} 2>&1`),
  'no output': each((command) => `${command} >/dev/null 2>&1`),
  'a word in front': scripts((script) => `echo "now comes the next" && ${script}`),
  'words in quotes': joined((commands) =>
    commands.join().includes('$')
      ? undefined
      : commands
          .map((command) =>
            command
              .split(/ +/)
              .map((word, at) => (at === 0 || /[*?~=[\]]|^-/.test(word) ? word : `"${word}"`))
              .join(' '),
          )
          .join(' && '),
  ),
  'network by name': keyword('RUN', ({ instruction, head, rest }) =>
    instruction.flags.some(({ name }) => name === 'network') || instruction.heredocs.length > 0
      ? undefined
      : `${head} --network=default${rest}`,
  ),
  'a mount of its own': keyword('RUN', ({ instruction, head, rest }) =>
    instruction.heredocs.length > 0 ? undefined : `${head} --mount=type=tmpfs,target=/a-place-of-its-own${rest}`,
  ),
  'a label': keyword('FROM', ({ raw }) => `${raw}\nLABEL org.example.colour="red"`),
  'a variable': keyword('FROM', ({ raw }) => `${raw}\nENV COLOUR_OF_IT=red`),
  'image by argument': withArguments((image) => ['', image]),
  'tag by argument': withArguments((image) => {
    const [, name, tag] = /^([\w./-]+:)([\w.-]+)$/.exec(image) ?? [];
    return name === undefined || tag === undefined ? undefined : [name, tag];
  }),
  'image with its registry': replaced(/^(FROM (?:--\S+ )*)node(?=[: ]|$)/gm, '$1docker.io/library/node'),
  'stages between': behindStages,
  'stage by number': (text) => {
    const names: (string | undefined)[] = [];
    return instructions(text, ({ instruction, raw }) => {
      if (instruction.keyword === 'FROM') names.push(instruction.name?.raw.toLowerCase());
      if (instruction.keyword !== 'COPY' || instruction.from === undefined || instruction.json) return undefined;
      const at = names.lastIndexOf(instruction.from.raw.toLowerCase());
      // A stage cannot name itself.
      return at === -1 || at === names.length - 1
        ? undefined
        : raw.replace(`--from=${instruction.from.raw}`, `--from=${at}`);
    });
  },
  'directory in a variable': directoryInVariable,
  'directory in two steps': (text) =>
    ofWindows(text) ? text : text.replace(/^WORKDIR (\/[\w.-]+)\/([\w./-]+)$/gm, 'WORKDIR $1\nWORKDIR $2'),
  'directory with a slash': (text) => (ofWindows(text) ? text : text.replace(/^(WORKDIR \/[\w./-]*\w)$/gm, '$1/')),
  'words of COPY in an array': asArray,
  'each source by itself': apart,
  'working directory as destination': replaced(/^(COPY (?:--\S+ )*[\w-]+(?:\.\w+)?) \.\/$/gm, '$1 .'),
  'value in quotes': replaced(/^ENV (\w+)=([\w./:-]+)$/gm, 'ENV $1="$2"'),
  'two variables': replaced(/^ENV (\w+=[\w./:-]+)$/gm, 'ENV $1 \\\n    OTHER_COLOUR=blue'),
  'port with its protocol': replaced(/^EXPOSE (\d+)$/gm, 'EXPOSE $1/tcp'),
  'array over lines': (text) =>
    text.replace(
      /^(CMD|ENTRYPOINT) \[(.*)\]$/gm,
      (_, name: string, words: string) => `${name} [ \\\n  ${words.replaceAll('", "', '", \\\n  "')} \\\n]`,
    ),
  'npm i': replaced(/\bnpm install\b/g, 'npm i'),
  'npm clean-install': replaced(/\bnpm ci\b/g, 'npm clean-install'),
  'pnpm i': replaced(/\bpnpm install\b/g, 'pnpm i'),
  '--omit dev': replaced(/(\bnpm .*)--omit=dev/g, '$1--omit dev'),
  '--production': replaced(/(\bnpm .*)--omit=dev/g, '$1--production'),
  '--only=production': replaced(/(\bnpm .*)--omit=dev/g, '$1--only=production'),
  'NODE_ENV=production': replaced(/^RUN (npm (?:ci|install)) --omit=dev/gm, 'RUN NODE_ENV=production $1'),
  'exported NODE_ENV': replaced(/^RUN (npm (?:ci|install)) --omit=dev/gm, 'RUN export NODE_ENV=production && $1'),
  npm_config_omit: replaced(/^RUN (npm (?:ci|install)) --omit=dev/gm, 'RUN npm_config_omit=dev $1'),
  'flags first': replaced(/\bnpm (ci|install) (--omit=dev)/g, 'npm $2 $1'),
  'a flag more': replaced(/\b(npm|pnpm) (ci|install)\b/g, '$1 $2 --loglevel=error'),
  'rm -fr': replaced(/\brm -rf\b/g, 'rm -fr'),
  'rm -r -f': replaced(/\brm -rf\b/g, 'rm -r -f'),
  'apt-get -y install': replaced(/\bapt-get install -y\b/g, 'apt-get -y install'),
  'apt-get install --yes': replaced(/\bapt-get install -y\b/g, 'apt-get install --yes'),
  'user with the group': replaced(/^USER node$/gm, 'USER node:node'),
  'user by number': replaced(/^USER node$/gm, 'USER 1000'),
};
