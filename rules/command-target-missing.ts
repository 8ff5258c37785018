import {
  danglingInterpreters,
  missingRuntimes,
  missingScripts,
  pouredScripts,
  programByItsPath,
  programsOffPath,
  schemalessStarts,
  toolsOffPath,
  uncopiedPrograms,
} from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'command-target-missing',
  says: 'a program is started that is not where it is looked for',
  because:
    'The build stops, or the image builds and every container of it ends at once, because the file cannot be found.',
  instead: 'Copy the file, correct its path or WORKDIR, or take it out of .dockerignore.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY src ./src
USER node
# want: command-target-missing says "server.js"
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY src ./src
USER node
CMD ["node", "src/server.js"]
`,
  files: { 'src/server.js': 'process.exit(0);' },
  *check(build) {
    for (const { target, command, script, path, lands, copy } of pouredScripts(build))
      yield finding(command, `${script} would be ${path}: what its folder holds is copied to ${lands}`)
        .and(copy, 'this copies what the folder holds, not the folder')
        .and(target.from, 'this is the image that ships');
    for (const { target, command, script, path, from, removed, ignored } of missingScripts(build)) {
      const lacks = ignored ? '.dockerignore keeps it out of the context' : 'nothing brings it into the image';
      const why = removed === undefined ? lacks : 'it is not there any more';
      const missing = finding(command, `${script === path ? path : `${script} would be ${path}`}: ${why}`);
      const found = command.startedBy === undefined ? missing : missing.and(command.startedBy, 'this starts it');
      const without = from === undefined ? found : found.and(from, 'what is copied here is without it');
      const gone = removed === undefined ? without : without.and(removed, 'this takes it away');
      yield gone.and(target.from, 'this is the image that ships');
    }
    for (const off of programsOffPath(build))
      yield finding(off.command, `${off.program} is looked for in PATH alone: it lies at ${off.call}`)
        .and(off.broughtBy, 'it comes in here')
        .and(off.target.from, 'this is the image that ships')
        .advising(`Name it by its path: ${off.call}.`)
        .mendedBy(programByItsPath(build, off));
    for (const { span, program, folder, target, addedBy } of toolsOffPath(build)) {
      const lies = finding({ span }, `${program} is looked for in PATH alone: it lies in ${folder}`);
      const found = addedBy === undefined ? lies : lies.and(addedBy, 'this adds it to the project, not to PATH');
      const told = target === undefined ? found : found.and(target.from, 'this is the image that ships');
      yield told.advising(`Call it as npx ${program}, or by a script of package.json.`);
    }
    for (const { target, command, subcommand, folder } of schemalessStarts(build))
      yield finding(
        command,
        `prisma ${subcommand} looks for ${folder}/prisma/schema.prisma: nothing brings it into the image`,
      )
        .and(target.from, 'this is the image that ships')
        .advising('Copy the folder prisma beside package.json.');
    for (const { command, program, module, broughtBy, liesIn, target } of uncopiedPrograms(build)) {
      const [where, what] =
        liesIn === undefined
          ? ['it stays behind in /usr/local/bin', `Copy it from there, too, or start it as python -m ${module}.`]
          : [`it lies in ${liesIn}`, `Set ENV PATH=${liesIn}:$PATH, or start ${liesIn}/${program}.`];
      yield finding(command, `${program} is looked for in PATH alone: ${where}`)
        .and(broughtBy, 'this brings the packages')
        .and(target.from, 'this is the image that ships')
        .advising(what);
    }
    for (const { command, link, folder, image, broughtBy, madeOn, target } of danglingInterpreters(build))
      yield finding(command, `${link} leads to the Python of ${folder}, which ${image} does not have`)
        .and(broughtBy, 'the environment comes in here')
        .and(madeOn.from, 'the Python that it was made with comes from here')
        .and(target.from, 'this is the image that ships')
        .advising('Take both stages from the same image of Python.');
    for (const { root, command, program } of missingRuntimes(build))
      yield finding(command, `nothing brings ${program} into ${root.from.image.text ?? root.from.image.raw}`).and(
        root.from,
        'this is the image that it starts in',
      );
  },
});
