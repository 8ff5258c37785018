/** Configurations of nginx at a place that it reads in another context than the one they are written for. */
import { baseImageConfig, type NginxContext, refusedDirective } from '../../knowledge/index.ts';
import type { Build, FileChange, Stage } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, relativeTo } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { launchOf } from './launch.ts';
import { isMountedByCompose } from './untouched-server.ts';

export interface MisplacedConfiguration {
  readonly target: Stage;
  readonly path: string;
  /** What brings the file. */
  readonly change: FileChange;
  /** The first directive with which nginx ends its start. */
  readonly directive: string;
  readonly context: NginxContext;
}

const mainFile = '/etc/nginx/nginx.conf';
const included = '/etc/nginx/conf.d';
/** Scripts in there run before nginx. */
const preparing = '/docker-entrypoint.d';

/** Of targets that start nginx with the file of its image, and nothing that may write another one before. */
export function* misplacedConfigurations(build: Build): Iterable<MisplacedConfiguration> {
  for (const target of build.targets) {
    if (!startsNginx(target) || isMountedByCompose(['/etc/nginx'], build)) continue;
    const { rootfs } = target.result;
    if (rootfs.under(preparing).length > 0) continue;
    if (!isUntouched(rootfs.stat(mainFile))) yield* misplaced(mainFile, 'main', target, build);
    else if (isOfNginx(target))
      for (const { path } of rootfs.under(included))
        if (relativeTo(included, path) === baseName(path) && path.endsWith('.conf'))
          yield* misplaced(path, 'http', target, build);
  }
}

function* misplaced(
  path: string,
  context: NginxContext,
  target: Stage,
  build: Build,
): Iterable<MisplacedConfiguration> {
  const { rootfs } = target.result;
  const { presence, change } = rootfs.stat(path);
  const directive = refusedDirective(textAt(path, rootfs, build) ?? '', context);
  if (presence === 'present' && change !== undefined && directive !== undefined)
    yield { target, path, change, directive, context };
}

/** Plainly, and not with a file of its own (`-c`) or another folder (`-p`). */
function startsNginx(target: Stage): boolean {
  const launch = launchOf(target);
  if (launch === undefined) return target.result.entrypoint === undefined && isOfNginx(target);
  return launch.commands.some(
    ({ words: [program, ...words], runs }) =>
      runs === 'always' &&
      baseName(program ?? '') === 'nginx' &&
      words.every((word) => word !== undefined && !/^-[cpt]/.test(word)),
  );
}

/** Images of nginx itself include `conf.d` in their http block; distributions have it elsewhere. */
function isOfNginx(target: Stage): boolean {
  const base = chainOf(target)[0]?.base;
  if (base?.kind !== 'image' || !/^(?:nginx|nginxinc\/nginx-unprivileged)$/.test(base.reference.familiar)) return false;
  return baseImageConfig(base.reference.familiar, base.reference.tag)?.cmd?.[0] === 'nginx';
}
