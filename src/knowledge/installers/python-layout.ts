/**
 * The Python that an image comes with, and the folders in which packages are for one version of it alone.
 *
 * Sources: hub.docker.com/_/python (built into /usr/local), github.com/GoogleContainerTools/distroless (the Python of the
 * Debian release, in /usr/bin), docs.aws.amazon.com/lambda/latest/dg/python-image.html (in /var/lang), docs.python.org/3/library/site.html
 * (lib/pythonX.Y/site-packages below each prefix).
 */
import { baseImage, withoutMirror } from '../images/base-images.ts';

export interface ImagePython {
  /** As `3.13`. */
  readonly version: string;
  /** What virtual environments link to, absolute. */
  readonly program: string;
}

const ofDebian: ReadonlyMap<string, string> = new Map([
  ['10', '3.7'],
  ['11', '3.9'],
  ['12', '3.11'],
  ['13', '3.13'],
]);

/** Undefined where the image has none, or name and tag do not tell. */
export function imagePython(familiar: string, tag: string | undefined): ImagePython | undefined {
  const name = withoutMirror(familiar);
  const debian = /(?:^|\/)distroless\/python3-debian(\d+)$/.exec(name)?.[1];
  const ofRelease = debian === undefined ? undefined : ofDebian.get(debian);
  if (ofRelease !== undefined) return { version: ofRelease, program: '/usr/bin/python3' };
  const ofLambda = /(?:^|\/)lambda\/python$/.test(name) ? /^3\.\d+/.exec(tag ?? '')?.[0] : undefined;
  if (ofLambda !== undefined) return { version: ofLambda, program: '/var/lang/bin/python3' };
  const version = baseImage(familiar, tag)?.python;
  return version === undefined ? undefined : { version, program: '/usr/local/bin/python3' };
}

/** The version of Python for which alone a path below `lib` is: `/usr/local/lib/python3.13/site-packages`. A distribution's own, in /usr/lib, is left out. */
export const pythonOfFolder = (path: string): string | undefined =>
  /^(?!\/usr\/lib(?:64)?\/).*\/lib(?:64)?\/python(3\.\d+)(?:\/|$)/.exec(path)?.[1];

/** Words of a command that may bring another Python than that of the image: `uv python install`, `pyenv`, `make altinstall`. */
export const mayBringPython = (word: string): boolean =>
  /^(?:pyenv|conda|mamba|micromamba|altinstall|asdf|mise|deadsnakes)$|^ppa:deadsnakes|^\/usr\/bin\/python/.test(word);

/** What `python -m` takes, by the name of the program. */
const consoleScripts: ReadonlyMap<string, string> = new Map([
  ...'uvicorn gunicorn hypercorn daphne granian flask fastapi celery streamlit alembic'
    .split(' ')
    .map((name) => [name, name] as const),
  ['django-admin', 'django'],
  ['waitress-serve', 'waitress'],
]);

/** The module behind a program that pip puts beside the packages, into `bin` of the same prefix, and that no image of Python has. */
export const moduleOfProgram = (program: string): string | undefined => consoleScripts.get(program);
