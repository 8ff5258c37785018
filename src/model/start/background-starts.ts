/** Starts that leave a server in the background and end, and the container with them. */
import { backgroundStart, isPlainNginx } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';

export interface BackgroundStart extends Located {
  readonly target: Stage;
  readonly program: string;
  /** The call that stays, where there is one. */
  readonly stays?: string;
  /** `&`: not the program, but the shell leaves it there. */
  readonly by: 'itself' | '&';
}

/** The last thing that a container does; an ENTRYPOINT script is itself what it does, and leaves nothing behind. */
export function* backgroundStarts(build: Build): Iterable<BackgroundStart> {
  const seen = new Set<LaunchedCommand['span']>();
  for (const target of build.targets) {
    const last = launchOf(target)?.commands.findLast(({ words }) => !isIdle(words));
    if (last === undefined || last.runs !== 'always' || seen.has(last.span)) continue;
    seen.add(last.span);
    const left = backgroundStart(last.words) ?? (leavesNginx(last, target) ? nginx : undefined);
    const [program] = last.words;
    if (left !== undefined) yield { span: last.span, target, by: 'itself', ...left };
    else if (last.background === true && program !== undefined)
      yield { span: last.span, target, by: '&', program: baseName(program) };
  }
}

/** It ends at once, and says or sets something at most. */
const isIdle = ([program]: LaunchedCommand['words']): boolean =>
  /^(?:echo|printf|true|:|disown|date)$/.test(program ?? '');

const nginx = { program: 'nginx', stays: "nginx -g 'daemon off;'" };

/** Its configuration is that of the base, which nothing has changed. */
function leavesNginx({ words }: LaunchedCommand, target: Stage): boolean {
  if (!isPlainNginx(words) || isOpenBase(target.base)) return false;
  if (!isUntouched(target.result.rootfs.stat('/etc/nginx/nginx.conf'))) return false;
  return !chainOf(target).some(({ steps }) =>
    steps.some(({ instruction, commands }) =>
      instruction.keyword === 'RUN'
        ? commands.some(({ arguments: given }) =>
            given.some((word) => word === undefined || /daemon|nginx\.conf/.test(word)),
          )
        : false,
    ),
  );
}
