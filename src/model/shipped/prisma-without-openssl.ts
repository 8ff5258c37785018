/** Images in which the engine of Prisma finds no OpenSSL. */
import {
  lacksOpenssl,
  majorsOf,
  mayBringOpenssl,
  productionPackages,
  usesPrismaEngine,
} from '../../knowledge/index.ts';
import type { Build, FileChange, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf, originOf, shippedTrees } from '../query.ts';
import { purposeOf } from '../start/start.ts';

export interface PrismaWithoutOpenssl extends Located {
  readonly target: Stage;
  /** The stage whose FROM names the image. */
  readonly root: Stage;
  /** As the FROM has it. */
  readonly image: string;
  /** What package.json asks for of `@prisma/client`. */
  readonly range: string;
}

/** Where the packages that ship are for production, their manifest is known, and nothing may bring the library. */
export function* prismaWithoutOpenssl(build: Build): Iterable<PrismaWithoutOpenssl> {
  for (const { target, tree, change } of shippedTrees(build)) {
    const [root] = chainOf(target);
    const base = root?.base;
    if (root === undefined || base?.kind !== 'image' || base.openTag === true) continue;
    if (!lacksOpenssl(base.reference.familiar, base.reference.tag) || purposeOf(target, build.path) !== 'runtime')
      continue;
    const { directory, command } = tree.install;
    const path = directory === undefined ? undefined : join(directory, 'package.json');
    const { rootfs } = command.step.before;
    const manifest = path === undefined ? undefined : textAt(path, rootfs, build);
    const range = manifest === undefined ? undefined : productionPackages(manifest).get('@prisma/client');
    const majors = majorsOf(range);
    if (path === undefined || range === undefined || majors === undefined || majors.most > 6 || majors.least < 2)
      continue;
    if (!needsEngine(rootfs.stat(path).change, build) || mayHaveOpenssl(target)) continue;
    yield { span: change.span, target, root, image: base.text, range };
  }
}

/** The schema may ask for an engine that is no library, or for none; one that is not seen is taken to be as usual. */
function needsEngine(manifest: FileChange | undefined, build: Build): boolean {
  const origin = manifest === undefined ? undefined : originOf(manifest).content;
  if (origin?.kind !== 'context') return false;
  const folder = origin.path.includes('/') ? directoryName(origin.path) : '';
  const schema = ['prisma/schema.prisma', 'schema.prisma'].map((name) => build.context.read(join(folder, name)));
  return usesPrismaEngine(schema.find((text) => text !== undefined) ?? '');
}

/** A package that is not known may need the library, and so may what comes from another image. */
function mayHaveOpenssl(target: Stage): boolean {
  if (systemPackages(target).some(({ name, presence }) => presence !== 'absent' && mayBringOpenssl(name))) return true;
  return chainOf(target).some(({ steps }) =>
    steps.some(
      ({ instruction, script, commands }) =>
        (instruction.keyword === 'RUN' && script === undefined && commands.length === 0) ||
        commands.some(({ name }) => name === 'dpkg' || name === 'sh' || name === 'bash' || name === 'conda') ||
        ((instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
          /^\/(?:usr\/)?(?:local\/)?(?:lib|$)/.test(instruction.destination.text ?? '/')),
    ),
  );
}
