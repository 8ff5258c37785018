/** Commands that need packages for development: where they stand behind an install, it has brought these. */
import { onlyForDevelopment, packageOfTool } from '../../knowledge/index.ts';
import type { Build, Command, DependencyTree, FileChange, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { namesPackage } from '../installs/uninstalled-tools.ts';
import { commandsBefore } from '../per-stage.ts';
import { chainOf, surelyEndsTheBuild } from '../query.ts';
import { calledScript, callsOfScript } from '../run/called-project.ts';

export interface DevelopmentUse extends Located {
  readonly program: string;
}

/**
 * The first one with the packages of a tree as its install has left them: what stops without them is not in a build that
 * comes to its end. So it is known of an install by variables that are not (`FROM registry.example.com/node`).
 */
export function developmentUse({ install, prunedBy }: DependencyTree, build: Build): DevelopmentUse | undefined {
  const { command, directory } = install;
  if (prunedBy !== undefined || directory === undefined || !install.node) return undefined;
  for (const stage of build.stages) {
    if (!stage.reachable || !hasTree(stage, directory, install)) continue;
    const commands = stage.steps.flatMap((step) => step.commands);
    const before = stage === command.step.stage ? new Set([...commandsBefore(command), command]) : new Set();
    for (const each of commands) {
      const program = before.has(each) ? undefined : developmentProgram(each, directory, build);
      if (program !== undefined) return { span: each.span, program };
    }
  }
  return undefined;
}

/** Nothing else has made or changed what lies there. */
function hasTree({ result }: Stage, directory: string, install: DependencyTree['install']): boolean {
  const changes = result.rootfs.under(join(directory, 'node_modules'));
  return changes.length > 0 && changes.every((change) => treeOf(change)?.install === install);
}

const treeOf = ({ content }: FileChange): DependencyTree | undefined =>
  content?.kind === 'dependencies' ? content.tree : undefined;

/** The program of a package for development, and of no other, with which a script of the project goes on or stops. */
function developmentProgram(command: Command, directory: string, build: Build): string | undefined {
  if (command.invocation?.operation !== 'run' || !surelyEndsTheBuild(command)) return undefined;
  const { folder } = calledScript(command, build) ?? {};
  if (folder !== directory) return undefined;
  const manifest = textAt(join(folder, 'package.json'), command.step.before.rootfs, build);
  if (manifest === undefined) return undefined;
  const forDevelopment = onlyForDevelopment(manifest);
  const chain = chainOf(command.step.stage);
  return callsOfScript(command, build)
    ?.flatMap(({ words, decides, hook, elsewhere }) => (decides && !hook && !elsewhere ? (words[0] ?? []) : []))
    .find((program) => {
      const name = packageOfTool(program) ?? program;
      return forDevelopment.has(name) && !namesPackage(chain, name);
    });
}
