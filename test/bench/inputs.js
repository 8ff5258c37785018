/**
 * Inputs of any size for the benchmark and the scaling tests: `node test/bench/inputs.js KIND SIZE > Dockerfile`.
 * The same kind and size always give the same text.
 */
import { pathToFileURL } from 'node:url';

/** One instruction of each kind of line, the number of the line in it. */
const lines = {
  apt: (at) => `RUN apt-get install -y package-${at}`,
  run: (at) => `RUN ./configure --with-part=${at} && make part-${at}`,
  env: (at) => `ENV NAME_${at}=value-${at}`,
  'env-reference': (at) => `ENV NAME_${at}=$NAME_${at - 1}/x`.slice(0, 60),
  'env-again': (at) => `ENV PATH=/opt/tool-${at}/bin:/usr/bin`,
  arg: (at) => `ARG VERSION_${at}=1.${at}`,
  label: (at) => `LABEL org.example.part-${at}="${at}"`,
  copy: (at) => `COPY src/part-${at} /app/part-${at}`,
  'copy-together': (at) => `COPY part-${at} /app/`,
  comment: (at) => `# The part ${at} is made elsewhere.`,
  workdir: (at) => `WORKDIR /app/part-${at}`,
  expose: (at) => `EXPOSE ${1 + (at % 60_000)}`,
  user: (at) => `USER user-${at}`,
  volume: (at) => `VOLUME /data/part-${at}`,
  remove: (at) => (at % 2 === 0 ? `RUN rm -rf /tmp/part-${at}` : `RUN touch /tmp/part-${at + 1}`),
  download: (at) => `RUN curl -fsSL https://example.org/part-${at}.tar.gz | tar -xz -C /opt/part-${at}`,
  npm: (at) => `RUN npm install -g tool-${at}@1.2.${at}`,
  pip: (at) => `RUN pip install part-${at}==1.${at}`,
  chown: (at) => `RUN mkdir -p /srv/part-${at} && chown -R app:app /srv/part-${at}`,
  cmd: (at) => `CMD ["node", "part-${at}.js"]`,
  onbuild: (at) => `ONBUILD RUN make part-${at}`,
  shell: (at) => `SHELL ["/bin/bash", "-${at % 2 === 0 ? 'e' : 'x'}c"]`,
  add: (at) => `ADD https://example.org/part-${at}.tar.gz /opt/part-${at}/`,
  fault: (at) => `FETCH part-${at}`,
  ignored: (at) => `# dflint ignore=no-such-rule-${at}\nRUN make part-${at}`,
  'exposed-range': (at) => `EXPOSE 1-${65_535 - (at % 100)}`,
  'directory-below': () => 'WORKDIR below',
  'start-again': (at) => `CMD node part-${at}.js`,
  archive: (at) => `COPY part-${at}.tgz /opt/\nRUN tar xf /opt/part-${at}.tgz`,
  mount: (at) => `RUN --mount=type=cache,target=/cache/part-${at} make part-${at}`,
  'owner-again': (at) => `COPY src/part-${at} /app/part-${at}\nRUN chown -R node:node /app`,
  'same-directory': (at) => `RUN cd /opt/parts && make part-${at}`,
  'build-tools': (at) => `COPY part-${at}.js /app/\nRUN apt-get install -y g++ make`,
  'copy-remove': () => 'COPY . /app\nRUN rm /app/.env*',
  secret: (at) => `RUN echo "$NPM_TOKEN_${at}" && make part-${at}`,
};

/** The lines of a file that does a little of everything, over and over. */
const mixture = ['apt', 'env', 'copy', 'comment', 'run', 'arg', 'label', 'workdir', 'npm', 'remove', 'chown', 'expose'];

const head = 'FROM debian:13\n';
const repeated = (size, line) => Array.from({ length: size }, (_, at) => line(at)).join('\n');

/** Files of `size` lines, by the kind of line. */
const files = {
  mixed: (size) => head + repeated(size - 1, (at) => lines[mixture[at % mixture.length]](at)),
  /** One RUN of as many commands. */
  commands: (size) => `${head}RUN ${repeated(size, (at) => `make part-${at}`).replaceAll('\n', ' && \\\n    ')}`,
  'apt-commands': (size) =>
    `${head}RUN ${repeated(size, (at) => `apt-get install -y part-${at}`).replaceAll('\n', ' && \\\n    ')}`,
  'file-commands': (size) =>
    `${head}RUN ${repeated(size, (at) => `cp /opt/${at} /srv/${at}; rm /opt/${at}`).replaceAll('\n', '; \\\n    ')}`,
  /** One apt-get install of as many packages. */
  packages: (size) =>
    `${head}RUN apt-get update && apt-get install -y \\\n    ${repeated(size, (at) => `part-${at}`).replaceAll('\n', ' \\\n    ')}`,
  /** One curl of as many files, one npm of as many packages, one find for as many names. */
  'curl-files': (size) =>
    `${head}RUN curl ${repeated(size, (at) => `-O https://example.org/${at}.tgz`).replaceAll('\n', ' ')}`,
  'npm-packages': (size) =>
    `FROM node:22\nRUN npm install ${repeated(size, (at) => `part-${at}`).replaceAll('\n', ' ')}`,
  /** Each install has the inputs of all before it. */
  'install-again': (size) =>
    `FROM node:22\nWORKDIR /app\n${repeated(size, (at) => `COPY json part-${at}.json ./\nRUN npm ci`)}`,
  'removed-files': (size) => `${head}RUN rm ${repeated(size, (at) => `/opt/part-${at}`).replaceAll('\n', ' \\\n    ')}`,
  'find-names': (size) =>
    `${head}RUN find / ${repeated(size, (at) => `-name part-${at}`).replaceAll('\n', ' -o ')} -delete`,
  heredoc: (size) => `${head}RUN <<END\n${repeated(size, (at) => `make part-${at}`)}\nEND`,
  'heredoc-file': (size) => `${head}COPY <<END /etc/parts.conf\n${repeated(size, (at) => `part-${at} = on`)}\nEND`,
  'env-pairs': (size) => `${head}ENV ${repeated(size, (at) => `NAME_${at}=${at}`).replaceAll('\n', ' \\\n    ')}`,
  'continued-comments': (size) => `${head}RUN make \\\n${repeated(size, (at) => `# part ${at}`)}\n  all`,
  'copy-sources': (size) => `${head}COPY ${repeated(size, (at) => `part-${at}`).replaceAll('\n', ' \\\n    ')} /app/`,
  ...Object.fromEntries(Object.entries(lines).map(([kind, line]) => [kind, (size) => head + repeated(size - 1, line)])),
};

const stage = (from, at, ...body) => [`FROM ${from} AS stage-${at}-made`, ...body].join('\n');
const named = (at) => `stage-${at}-made`;

/** Builds of `size` stages. */
const builds = {
  /** Each stage stands on the one before it. */
  chain: (size) =>
    repeated(size, (at) =>
      stage(at === 0 ? 'debian:13' : named(at - 1), at, `ENV PART_${at}=on`, `RUN make part-${at}`),
    ),
  /** All stages stand on the first; the last takes a file of each. */
  fan: (size) =>
    [
      repeated(size - 1, (at) => stage(at === 0 ? 'debian:13' : named(0), at, `RUN make part-${at}`)),
      'FROM debian:13-slim',
      repeated(size - 1, (at) => `COPY --from=${named(at)} /out/part-${at} /app/part-${at}`),
    ].join('\n'),
  /** Each stage takes files of the three before it. */
  web: (size) =>
    repeated(size, (at) =>
      stage(
        'debian:13',
        at,
        ...[1, 2, 3].filter((back) => at >= back).map((back) => `COPY --from=${named(at - back)} /app /app`),
        `RUN make part-${at}`,
      ),
    ),
  /** As a web, over stages that stand on one another. */
  'chain-web': (size) =>
    repeated(size, (at) =>
      stage(
        at === 0 ? 'node:22' : named(at - 1),
        at,
        ...(at < 2 ? [] : [`COPY --from=${named(at - 2)} /app/node_modules /app/node_modules`]),
        'WORKDIR /app',
        `COPY package.json part-${at}.js ./`,
        'RUN npm ci',
      ),
    ),
  /** Each stage stands on the one before it, and takes all of it once more. */
  'chain-again': (size) =>
    repeated(size, (at) =>
      stage(
        at === 0 ? 'node:22' : named(at - 1),
        at,
        'WORKDIR /app',
        at === 0 ? 'COPY . .\nRUN npm ci' : `COPY --from=${named(at - 1)} /app /app`,
        `COPY src/part-${at} ./`,
        'RUN npm run build',
      ),
    ),
  /** Each stage takes what the one before it has, and mounts it to make one file more. */
  mounted: (size) =>
    repeated(size, (at) =>
      stage(
        'debian:13',
        at,
        ...(at === 0
          ? ['RUN touch /app/part']
          : [
              `COPY --from=${named(at - 1)} /app /app`,
              `RUN --mount=from=${named(at - 1)},target=/mnt cp /mnt/part /app/part-${at}`,
            ]),
      ),
    ),
  /** Images that nothing ties together. */
  apart: (size) =>
    repeated(size, (at) => stage('node:22', at, 'COPY . .', 'RUN npm ci', `CMD ["node", "part-${at}.js"]`)),
};

export const lineKinds = Object.keys(files);
export const stageKinds = Object.keys(builds);

/** @type {(kind: string, size: number) => string} */
export function inputOf(kind, size) {
  const make = { ...files, ...builds }[kind];
  if (make === undefined) throw new Error(`no kind ${kind}; there are: ${[...lineKinds, ...stageKinds].join(', ')}`);
  return `${make(size)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [kind = 'mixed', size = '1000'] = process.argv.slice(2);
  process.stdout.write(inputOf(kind, Number(size)));
}
