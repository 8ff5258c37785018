/** A front end that is built to files, and a server for them that is no Node.js. */
import { readInvocation } from '../../knowledge/index.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo, resolve } from '../files/path.ts';
import { type StartedCommand, startedCommands } from '../start/started-commands.ts';
import { type ServedSite, servedSite } from './served-site.ts';
import { asWritten } from './stage-blocks.ts';
import { buildingText, type PlannedStage, type StagePlan } from './stage-plan.ts';
import { isBuild, type RoledBlock } from './stage-roles.ts';

/** The stable release of nginx, as an account without rights. https://hub.docker.com/r/nginxinc/nginx-unprivileged */
const server = 'nginxinc/nginx-unprivileged:1.30-alpine';

/** Undefined where the program that starts is no server of files, or is told more than a folder and a port. */
export function staticPlan(planned: PlannedStage): StagePlan | undefined {
  const { stage, build, blocks, folder } = planned;
  const [only, ...others] = startedCommands(stage, build);
  if (only === undefined || others.length > 0 || only.runs !== 'always' || only.workdir !== folder) return undefined;
  const all = [...only.words, ...addedWords(only)];
  const words = all.flatMap((word) => word ?? []);
  const site = words.length < all.length ? undefined : servedSite(words, planned);
  if (site === undefined || planned.bringsPackages) return undefined;
  const top = relativeTo(folder, resolve(folder, site.directory));
  if (top === undefined || !/^(?:dist|build|out|www|public_html)(?:\/[\w.-]+)*$/.test(top)) return undefined;
  if (blocks.some(isHindrance)) return undefined;
  if (textAt(join(folder, 'package.json'), stage.result.rootfs, build) === undefined) return undefined;
  const isBuilt = stage.steps.some(({ commands }) => commands.some((each) => isBuild(each)));
  if (!isBuilt) return undefined;
  const dropped = new Set(blocks.filter((block) => installsServer(block)));
  return {
    name: 'build',
    builds: buildingText(blocks.filter((block) => !dropped.has(block))),
    after: [],
    image: server,
    runs: (builder, keyword) => {
      const told = blocks.filter(({ step }) => /^(?:LABEL|STOPSIGNAL)$/.test(step.instruction.keyword));
      const ports = blocks.filter(({ step }) => step.instruction.keyword === 'EXPOSE');
      return [
        closed(told),
        remarks(blocks.filter(({ step }) => /^(?:CMD|ENTRYPOINT)$/.test(step.instruction.keyword))),
        `${keyword("COPY <<'EOF' /etc/nginx/conf.d/default.conf")}\n${configurationOf(site)}EOF\n`,
        `${keyword(`COPY --from=${builder} ${resolve(folder, site.directory)} /usr/share/nginx/html`)}\n`,
        ports.length === 0 ? `${keyword(`EXPOSE ${site.port}`)}\n` : closed(ports),
      ].join('');
    },
  };
}

/** `npm run preview -- --host`: what a call of a script adds to it. */
function addedWords({ inScript, launched: { words } }: StartedCommand): StartedCommand['words'] {
  const call = readInvocation(words);
  if (!inScript || call?.script === undefined) return [];
  const rest = words.slice(words.indexOf(call.script) + 1);
  return rest[0] === '--' ? rest.slice(1) : rest;
}

/** What nginx would have to do in other words. */
const isHindrance = ({ step: { instruction }, role }: RoledBlock): boolean =>
  /^(?:VOLUME|HEALTHCHECK)$/.test(instruction.keyword) || (instruction.keyword === 'RUN' && role === 'run');

/** `RUN npm install -g serve`: nothing of it is needed any more. */
const installsServer = ({ step: { instruction, commands } }: RoledBlock): boolean =>
  instruction.keyword === 'RUN' &&
  commands.length > 0 &&
  commands.every(
    ({ invocation }) =>
      invocation?.global === true &&
      invocation.packages.length > 0 &&
      invocation.packages.every((each) => /^(?:serve|http-server)(?:@.*)?$/.test(each)),
  );

/** Comments above what is not there any more. */
const remarks = (blocks: readonly RoledBlock[]): string =>
  blocks.map(({ above }) => above.replace(/^[ \t]*\n/gm, '')).join('');

const closed = (blocks: readonly RoledBlock[]): string =>
  asWritten(blocks.map((block) => ({ ...block, above: block.above.replace(/^(?:[ \t]*\n)+/, '') })));

const configurationOf = ({ port, fallsBack }: ServedSite): string =>
  [
    'server {',
    `    listen ${port};`,
    '    root /usr/share/nginx/html;',
    '',
    '    location / {',
    `        try_files $uri ${fallsBack ? '$uri/ /index.html' : '$uri.html $uri/ =404'};`,
    '    }',
    '}',
    '',
  ].join('\n');
