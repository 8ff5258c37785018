/** Ship targets whose Java or .NET does not run what another stage has built for them. */
import { type LanguageDemand, type LanguageVersion, projectCall, runtimeDemand } from '../../knowledge/index.ts';
import type { Build, Command, Located, Stage } from '../build.ts';
import { copiesOf } from '../files/copy-destinations.ts';
import { baseName } from '../files/path.ts';
import { allows, filesOf, languageIn, setsAnother } from '../installs/refused-languages.ts';
import { chainOf, stageNamedBy, wordsOf } from '../query.ts';
import { launchOf } from './launch.ts';

export interface RefusedRuntime extends LanguageVersion {
  /** The stage whose FROM names the image of the target. */
  readonly root: Stage;
  readonly target: Stage;
  readonly demand: LanguageDemand;
  /** The name of the file that asks. */
  readonly file: string;
  /** What built the program. */
  readonly builtBy: Command;
  /** What brings it. */
  readonly broughtBy: Located;
}

/** The first of each target. */
export function* refusedRuntimes(build: Build): Iterable<RefusedRuntime> {
  for (const target of build.targets) {
    const has = languageIn(target);
    if (has === undefined || target.result.env.has('DOTNET_ROLL_FORWARD') || !startsWithRuntime(target)) continue;
    const found = [...builtElsewhere(target, build)].find(
      ({ language, demand }) => language === has.language && !allows(demand, has.version),
    );
    if (found !== undefined) yield { ...found, ...has, target };
  }
}

const startsWithRuntime = (target: Stage): boolean =>
  launchOf(target)?.commands.some(({ words: [word] }) => word === 'java' || word === 'dotnet') === true;

type Built = Pick<RefusedRuntime, 'language' | 'demand' | 'file' | 'builtBy' | 'broughtBy'>;

/** What the stages that a target takes files from have built, by what its project asks for. */
function* builtElsewhere(target: Stage, build: Build): Iterable<Built> {
  for (const stage of chainOf(target))
    for (const { instruction } of copiesOf(stage)) {
      const source = instruction.from === undefined ? undefined : stageNamedBy(instruction.from, stage, build);
      for (const { steps } of source === undefined ? [] : chainOf(source))
        for (const builtBy of steps.flatMap(({ commands }) => commands)) {
          const call = projectCall(wordsOf(builtBy));
          const { workdir, step } = builtBy;
          if (call === undefined || workdir === undefined || setsAnother(builtBy) || !makesProgram(builtBy)) continue;
          for (const { path, text } of filesOf(call, workdir, step.before.rootfs, build)) {
            const file = baseName(path);
            const demand = runtimeDemand(file, text);
            if (demand !== undefined) yield { language: call.language, demand, file, builtBy, broughtBy: instruction };
          }
        }
    }
}

/** Of the calls of dotnet one makes the program, which may bring its runtime along. */
const makesProgram = ({ name, arguments: words }: Command): boolean =>
  name !== 'dotnet' ||
  (words[0] === 'publish' &&
    !words.some((word) =>
      /^(?:--self-contained|--sc|-p:(?:PublishAot|SelfContained|PublishSelfContained|RollForward))/i.test(word ?? ''),
    ));
