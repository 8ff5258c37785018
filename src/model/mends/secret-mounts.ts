/** Secret mounts for what comes in by ARG or COPY. */
import { type Edit, mappedSpan, type Word } from '../../syntax/index.ts';
import type { Build, CopyInstruction, Secret, Step } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf, originOf } from '../query.ts';
import type { UnreadableSecret } from '../run/unreadable-secrets.ts';
import type { CredentialLeak } from '../shipped/credential-leaks.ts';
import { behind, type Fix } from './fix.ts';
import { blocksOf, lineAt, withoutLines } from './lines.ts';
import { writtenAt } from './written.ts';

/** The fix that takes a secret out of ARG and gives it to the RUNs that name it, or to the installs where none does. */
export function mountedSecret(build: Build, secret: Secret): Fix | undefined {
  const { name, stage, via, value, uses } = secret;
  if (via !== 'ARG' || value !== 'none' || stage === undefined || !mountsVariables(build)) return undefined;
  if (build.globalArguments.has(name)) return undefined;
  const step = stage.steps.find(({ instruction }) => isArgument(instruction, name));
  if (step === undefined || step.instruction.keyword !== 'ARG') return undefined;
  const { pairs } = step.instruction;
  if (pairs.length !== 1 || step.instruction.onbuild !== undefined) return undefined;
  const handed = uses.filter(({ instruction }) => handsOn(instruction, name));
  const rest = uses.filter((use) => !handed.includes(use) && use !== step);
  if (rest.some(({ instruction }) => instruction.keyword !== 'RUN')) return undefined;
  // A script of the project may read it, too, and does not say so here.
  const scripts = stage.steps.slice(stage.steps.indexOf(step)).filter(runsScript);
  const runs = rest.length > 0 ? [...rest, ...scripts] : forRegistries.test(name) ? stage.steps.filter(isInstall) : [];
  // What is in ENV any command may read.
  const isBase = build.stages.some(({ base }) => base.kind === 'stage' && base.stage === stage);
  if (runs.length === 0 || (handed.length > 0 && isBase)) return undefined;
  const id = name.toLowerCase();
  const mounts = [...new Set(runs)].map((run) => withMount(build, run, `type=secret,id=${id},env=${name}`));
  const gone = blocksOf([step, ...handed].map(({ instruction }) => instruction)).map((block) =>
    withoutLines(block, build),
  );
  const edits = [...gone, ...mounts].filter((edit) => edit !== undefined);
  if (edits.length < gone.length + mounts.length) return undefined;
  return {
    says: `Mount ${name} as a secret, and pass it with docker build --secret id=${id},env=${name}`,
    safety: 'unsafe',
    edits,
  };
}

/** Names of tokens that package managers read by themselves, from the environment or through their settings. */
const forRegistries =
  /(?:npm|node_auth|yarn|pnpm|github|gh|gitlab|ci_job|registry|packages?)_.{0,80}(?:token|auth)|^npmrc$/i;

const isArgument = (instruction: Step['instruction'], name: string): boolean =>
  instruction.keyword === 'ARG' && instruction.pairs.some((pair) => pair.name.raw === name);

/** `ENV NPM_TOKEN=$NPM_TOKEN` and nothing else. */
const handsOn = (instruction: Step['instruction'], name: string): boolean =>
  instruction.keyword === 'ENV' &&
  instruction.pairs.length === 1 &&
  instruction.pairs.every((pair) => pair.name.raw === name && isReference(pair.value, name));

const isReference = (value: Word | undefined, name: string): boolean =>
  [`$${name}`, `\${${name}}`].includes(value?.raw.replaceAll('"', '') ?? '');

const runsScript = ({ commands }: Step): boolean =>
  commands.some(({ shell }) => shell.effective[0]?.text?.startsWith('./') === true);

const isInstall = ({ commands }: Step): boolean => commands.some(({ install }) => install !== undefined);

/** On a line of its own where that gets too long. */
function withMount(build: Build, { instruction }: Step, mount: string): Edit | undefined {
  if (instruction.keyword !== 'RUN' || instruction.onbuild !== undefined) return undefined;
  const width = (lineAt(build.file.source.text, build, instruction.span.line) ?? '').length + mount.length;
  const indent = ' '.repeat(instruction.keywordSpan.column + 2);
  return behind(instruction.keywordSpan, ` --mount=${mount}${width > 110 ? ` ${build.file.escape}\n${indent}` : ''}`);
}

/** `env=` of secret mounts came with Dockerfile syntax 1.10. */
function mountsVariables({ file }: Build): boolean {
  const syntax = file.directives.find(({ name }) => name === 'syntax')?.value;
  if (syntax === undefined) return true;
  const minor = /^docker\/dockerfile:1\.(\d+)/.exec(syntax)?.[1];
  return /^docker\/dockerfile:(?:1|latest)$/.test(syntax) || (minor !== undefined && Number(minor) >= 10);
}

/** The fix that mounts a copied file with a credential for the installs of its stage. */
export function mountedFile(build: Build, { change }: CredentialLeak): Fix | undefined {
  const origin = originOf(change);
  const { step, path, content } = origin;
  const { instruction, stage } = step;
  if (instruction.keyword !== 'COPY' || instruction.from !== undefined || content?.kind !== 'context') return undefined;
  const file = instruction.sources.find(({ text }) => text !== undefined && baseName(text) === baseName(path));
  if (file?.text === undefined || instruction.json || instruction.onbuild !== undefined) return undefined;
  const later = stage.steps.slice(stage.steps.indexOf(step) + 1);
  const runs = later.filter(isInstall);
  const taken = withoutSource(build, instruction, file);
  if (runs.length === 0 || taken === undefined || isNamedElsewhere(build, step, path)) return undefined;
  const id = baseName(path).replace(/^\./, '').replaceAll('.', '-');
  const edits: (Edit | undefined)[] = [taken];
  for (const run of runs) edits.push(withMount(build, run, `type=secret,id=${id},target=${path}`));
  for (const each of later) edits.push(...withoutRemoval(build, each, path));
  const certain = edits.filter((edit) => edit !== undefined);
  if (certain.length < edits.length) return undefined;
  return {
    says: `Mount ${baseName(path)} as a secret, and pass it with docker build --secret id=${id},src=${file.text}`,
    safety: 'unsafe',
    edits: certain,
  };
}

/** Whether a stage behind it names the file, which would not be there any more: `rm .npmrc`, `COPY --from=build /srv/.npmrc ./`. */
function isNamedElsewhere(build: Build, { stage }: Step, path: string): boolean {
  const isIt = (text: string | undefined): boolean => text !== undefined && baseName(text) === baseName(path);
  return build.stages.some(
    (other) =>
      other !== stage &&
      other.steps.some(
        ({ instruction, commands }) =>
          ('sources' in instruction &&
            instruction.from !== undefined &&
            instruction.sources.some(({ text }) => isIt(text))) ||
          (chainOf(other).includes(stage) && commands.some(({ arguments: words }) => words.some(isIt))),
      ),
  );
}

function withoutSource(build: Build, instruction: CopyInstruction, file: Word): Edit | undefined {
  if (instruction.sources.length === 1) return withoutLines([instruction], build);
  const words = [...instruction.sources, instruction.destination];
  const next = words[words.indexOf(file) + 1];
  if (next === undefined || next.span.line !== file.span.line) return undefined;
  return { at: { ...file.span, endLine: next.span.line, endColumn: next.span.column }, text: '' };
}

/** A mounted file cannot be removed: `&& rm -f .npmrc` goes, and a RUN of nothing else; an undefined edit for other ways. */
function withoutRemoval(build: Build, step: Step, path: string): readonly (Edit | undefined)[] {
  const { instruction, commands } = step;
  if (instruction.keyword !== 'RUN') return [];
  const name = baseName(path);
  const removals = commands.filter(
    (command) =>
      command.name === 'rm' && command.arguments.some((word) => word === undefined || baseName(word) === name),
  );
  const [removal] = removals;
  if (removal === undefined) return [];
  const operands = removal.arguments.filter((word) => word === undefined || !word.startsWith('-'));
  if (removals.length > 1 || operands.length > 1) return [undefined];
  if (commands.length === 1) return [withoutLines([instruction], build)];
  const { text } = instruction.line;
  const tail = /(?<!\s)\s*&&\s*rm(?:\s+-\S+)*\s+\S+\s*$/.exec(text);
  if (tail === null || commands.at(-1) !== removal || instruction.heredocs.length > 0) return [undefined];
  const at = mappedSpan(instruction.line, tail.index, text.trimEnd().length);
  return [{ at, text: '' }];
}

/** The number of the user, which may read what the mount has said to be root's. */
export function readableSecret(build: Build, { span, mount, user }: UnreadableSecret): Fix | undefined {
  const written = writtenAt(build, span);
  if (user.number === undefined || mount.owned === true || !/^[\w./=,:~-]+$/.test(written)) return undefined;
  return { says: `Add uid=${user.number}`, safety: 'safe', edits: [behind(span, `,uid=${user.number}`)] };
}
