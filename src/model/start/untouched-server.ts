/** Web servers that run with the configuration of their image, and so on its port. */
import { baseImageConfig, serverConfiguration } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { relativeTo } from '../files/path.ts';
import { chainOf, wholeText } from '../query.ts';
import { fileEffectsOf } from '../run/command-calls.ts';

export interface UntouchedServer {
  readonly target: Stage;
  readonly server: string;
  /** The port that the image's own configuration has. */
  readonly port: number;
  /** The EXPOSE words, none of which names it. */
  readonly exposed: readonly (Located & { readonly port: string })[];
  /** The stage whose FROM names the image. */
  readonly root: Stage;
}

/** Ship targets that expose other ports only; silent where a file or command may have changed the configuration. */
export function* untouchedServers(build: Build): Iterable<UntouchedServer> {
  for (const target of build.targets) {
    const exposed = [...target.result.exposedPorts].map(([port, { span }]) => ({ port, span }));
    const chain = chainOf(target);
    const [root] = chain;
    if (root?.base.kind !== 'image' || exposed.length === 0 || target.result.entrypoint !== undefined) continue;
    const { familiar, tag } = root.base.reference;
    const { cmd: [program] = [], exposedPorts: ports = [] } = baseImageConfig(familiar, tag) ?? {};
    const server = program?.replace(/-foreground$/, '');
    const port = Number.parseInt(ports[0] ?? '', 10);
    const folders = server === undefined ? undefined : serverConfiguration(server);
    if (server === undefined || folders === undefined || Number.isNaN(port) || !startsPlainly(target)) continue;
    if (exposed.some((each) => ports.includes(each.port) || !/^\d+\/\w+$/.test(each.port))) continue;
    if (chain.every((stage) => leavesAlone(stage, folders)) && !isMountedByCompose(folders, build))
      yield { target, server, port, exposed, root };
  }
}

/** A compose file beside the Dockerfile puts something there when the container runs. */
export const isMountedByCompose = (folders: readonly string[], { context }: Build): boolean =>
  (context.list('') ?? [])
    .filter((name) => /^(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$/.test(name))
    .some((name) => folders.some((folder) => context.read(name)?.includes(folder) === true));

/** With the CMD of the image, or one that only keeps the server in front. */
const startsPlainly = ({ result: { cmd } }: Stage): boolean =>
  cmd === undefined ||
  /^(?:nginx -g daemon off;|httpd-foreground)$/.test(cmd.script.commands.length === 1 ? cmd.words.join(' ') : '');

/** Whether no file is put into or above the folders, and no command may write there. */
const leavesAlone = ({ layers, steps }: Stage, folders: readonly string[]): boolean =>
  layers.every(({ changes }) =>
    changes.every(
      ({ path, content }) =>
        !folders.some(
          (folder) =>
            relativeTo(folder, path) !== undefined ||
            (content?.kind !== 'directory' && relativeTo(path, folder) !== undefined),
        ),
    ),
  ) &&
  steps.every(
    ({ instruction, commands }) =>
      instruction.keyword !== 'RUN' ||
      (commands.length > 0 &&
        commands.every((command) => followed.has(command.name) || fileEffectsOf(command) === 'none') &&
        !/conf|listen|\/etc|envsubst|\.template/.test(wholeText(instruction))),
  );

/** Commands whose files the model follows. */
const followed: ReadonlySet<string | undefined> = new Set(['rm', 'mkdir', 'mv', 'cp', 'ln', 'touch', 'install']);
