/** Commands of shells and systems that say the same in every project. */

const idle =
  ': true false cd pwd echo printf ls set export unset umask sleep exit date whoami id which test [ ' +
  'apk apt apt-get addgroup adduser groupadd useradd corepack';

const handling = 'mkdir rm chmod chown touch';

const placing = 'cp mv ln cat';

const setOf = (list: string): ReadonlySet<string | undefined> => new Set(list.split(' '));

const idleNames = setOf(idle);
const handlingNames = setOf(`${idle} ${handling}`);
const placingNames = setOf(`${idle} ${handling} ${placing}`);

/** Neither makes nor needs a file of a project: a command of the shell, an account, packages of the system. */
export const isBystander = (name: string | undefined): boolean => idleNames.has(name);

/** As `isBystander`, or it makes folders and empty files, takes files away, and says whose they are. */
export const makesNoContent = (name: string | undefined): boolean => handlingNames.has(name);

/** As `makesNoContent`, or it puts what there is somewhere else: it runs nothing of a project, and loads no package. */
export const handlesFilesOnly = (name: string | undefined): boolean => placingNames.has(name);
