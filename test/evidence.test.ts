/** What compose, bake, CI, make and package.json files say of a build. */
import { describe, expect, test } from 'vitest';
import { evidenceFrom, saidBy } from './harness/project-evidence.ts';

const said = (files: Readonly<Record<string, string>>, dockerfile?: string): readonly string[] =>
  saidBy(evidenceFrom(files, dockerfile));

describe('compose', () => {
  test('a folder as build', () =>
    expect(said({ 'compose.yaml': 'services:\n  web:\n    build: .\n' })).toEqual([
      'compose.yaml:3 compose web -> final (unknown), in ',
    ]));

  test('everything that build may say', () => {
    const compose = `services:
  api:
    build:
      context: .
      dockerfile: docker/api.Dockerfile
      target: \${STAGE:-runtime}
      args:
        NODE_VERSION: 22.10
        NPM_TOKEN: \${NPM_TOKEN}
        CI:
      secrets: [npmrc, {source: token, target: npm_token}]
      additional_contexts:
        base: service:base
    user: "1000:1000"
`;
    expect(said({ 'docker-compose.yml': compose }, 'docker/api.Dockerfile')).toEqual([
      'docker-compose.yml:3 compose api -> runtime (unknown), in , NODE_VERSION=22.10@8, NPM_TOKEN=?@9, CI=?@10, secret npmrc@11, secret npm_token@11, context base, user 1000:1000@14',
    ]);
  });

  test('arguments as a list, anchors, merge keys, extends', () => {
    const compose = `x-build: &build
  context: ./api
  args: [STAGE=live, TOKEN]
services:
  worker:
    build:
      <<: *build
      target: worker
  cron:
    extends: worker
    user: node
  queue:
    extends: {service: cron}
`;
    expect(said({ 'compose.yml': compose }, 'api/Dockerfile')).toEqual([
      'compose.yml:6 compose worker -> worker (unknown), in /api, STAGE=live@3, TOKEN=?@3',
      'compose.yml:6 compose cron -> worker (unknown), in /api, STAGE=live@3, TOKEN=?@3, user node@11',
      'compose.yml:6 compose queue -> worker (unknown), in /api, STAGE=live@3, TOKEN=?@3, user node@11',
    ]);
  });

  test.each([
    ['volumes: [".:/app"]', 'development'],
    ['volumes: ["./src:/app/src:ro"]', 'development'],
    ['volumes: [{type: bind, source: ./, target: /app}]', 'development'],
    ['volumes: ["./data:/var/lib/data", "modules:/app/node_modules", "./app.conf:/etc/app.conf"]', 'unknown'],
    ['command: npm run dev', 'development'],
    ['command: ["sh", "-c", "npm start"]', 'unknown'],
    ['command: npm test', 'test'],
    ['develop: {watch: [{path: ., action: sync}]}', 'development'],
    ['environment: [NODE_ENV=production]', 'production'],
    ['environment: {NODE_ENV: development}', 'development'],
    ['profiles: [test]', 'test'],
  ])('%s: %s', (line, purpose) =>
    expect(
      evidenceFrom({ 'compose.yaml': `services:\n  shop:\n    build: .\n    ${line}\n` }).calls.map(
        (each) => each.purpose,
      ),
    ).toEqual([purpose]),
  );

  test('variants are laid over the main file', () =>
    expect(
      said({
        'docker-compose.yml': 'services:\n  web:\n    build: {context: ., target: dev}\n',
        'docker-compose.prod.yml': 'services:\n  web:\n    build:\n      target: prod\n',
        'docker-compose.override.yml': 'services:\n  web:\n    build:\n      args: {DEBUG: 1}\n',
      }),
    ).toEqual([
      'docker-compose.yml:3 compose web -> dev (development), in ',
      'docker-compose.override.yml:3 compose web -> dev (development), in , DEBUG=1@4',
      'docker-compose.prod.yml:3 compose web -> prod (production), in ',
    ]));

  test('another Dockerfile, an inline one, a remote context and a broken file say nothing', () =>
    expect(
      said({
        'compose.yaml':
          'services:\n  a: {build: ./a}\n  b: {build: {dockerfile_inline: FROM scratch}}\n  c: {build: https://example.com/c.git}\n  d: {image: x}\n',
        'docker-compose.yml': 'services: [\n',
      }),
    ).toEqual([]));

  test('a flow collection may close in any column', () =>
    expect(
      said({
        'compose.yaml':
          'services:\n  a:\n    command: [\n"x",\n]\n    labels: {\n      a: b\n    }\n  b:\n    command: [\n]\n    build: .\n',
      }),
    ).toEqual(['compose.yaml:12 compose b -> final (unknown), in ']));

  test('aliases that multiply come to an end', () => {
    const rows = ['a0: &a0 [x, x]'];
    for (let level = 1; level < 40; level += 1) rows.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
    expect(said({ 'compose.yaml': `${rows.join('\n')}\nservices: {web: {build: .}}\n` })).toEqual([
      'compose.yaml:41 compose web -> final (unknown), in ',
    ]);
  });
});

describe('bake', () => {
  test('targets, inherits, variables, groups', () => {
    const bake = `variable "NODE_VERSION" { default = "22" }
variable "TAG" {}
group "default" { targets = ["app", "docs"] }
target "_common" {
  args = {
    NODE_VERSION = NODE_VERSION
    TAG = "v\${TAG}"
    "STAMP" = timestamp()
  }
  secret = ["id=npm,env=NPM_TOKEN"]
}
# the shop
target "app" {
  inherits = ["_common"]
  dockerfile = "docker/Dockerfile" // here
  target = "runtime"
  contexts = { base = "target:base", src = "./src" }
  attest = ["type=provenance,mode=max"]
  platforms = ["linux/amd64",
    "linux/arm64",
  ]
}
target "docs" { dockerfile = "docs.Dockerfile" }
`;
    expect(said({ 'docker-bake.hcl': bake }, 'docker/Dockerfile')).toEqual([
      'docker-bake.hcl:13 bake app -> runtime (unknown), in , NODE_VERSION=22@6, TAG=?@7, STAMP=?@8, secret npm@10, context base, context src, provenance max',
    ]);
  });

  test('JSON, an override, functions that are not read', () =>
    expect(
      said({
        'docker-bake.json': '{\n "target": {\n  "app": {"target": "prod"}}}\n',
        'docker-bake.hcl':
          'function "tag" {\n  params = [x]\n  result = ["a:${x}", cond ? "}" : "b"]\n}\ntarget "web" {\n  name = "web-${v}"\n  matrix = { v = ["1", "2"] }\n  target = v == "1" ? "a" : "b"\n  tags = tag("x")\n}\n',
      }),
    ).toEqual([
      'docker-bake.hcl:5 bake web -> unknown (unknown), in ',
      'docker-bake.json:3 bake app -> prod (production), in ',
    ]));

  test.each([
    'target "a" {',
    'target = = 1',
    '}',
    'target "a" { x = [1, }',
    'a = <<X\nb',
    'a = "${"b"}"\ntarget "a" {}',
  ])('%j is read without a fall', (text) => expect(() => said({ 'docker-bake.hcl': text })).not.toThrow());
});

describe('workflows', () => {
  const workflow = (steps: string): Readonly<Record<string, string>> => ({
    '.github/workflows/release.yml': `on: push\njobs:\n  image:\n    strategy:\n      matrix:\n        app: [api, web]\n    env: {STAGE: live}\n    steps:\n${steps}`,
  });

  test('docker/build-push-action', () =>
    expect(
      said(
        workflow(`      - uses: docker/build-push-action@v6
        with:
          context: apps/\${{ matrix.app }}
          file: apps/\${{ matrix.app }}/Dockerfile
          target: \${{ env.STAGE }}
          build-args: |
            NPM_TOKEN=\${{ secrets.NPM_TOKEN }}
            MODE=full
          secrets: |
            "npmrc=\${{ secrets.NPMRC }}"
`),
        'apps/web/Dockerfile',
      ),
    ).toEqual([
      '.github/workflows/release.yml:9 workflow image -> live (unknown), in /apps/web, NPM_TOKEN=?@15, MODE=full@16, secret npmrc@18, provenance max-if-public',
    ]));

  test('run steps', () =>
    expect(
      said(
        workflow(`      - working-directory: apps
        run: |
          echo start
          cd api && docker buildx build --push \\
            --target=prod --build-arg TOKEN=\${{ secrets.TOKEN }} \\
            --secret id=npm,src=.npmrc -t x:\${{ github.sha }} --provenance=false .
`),
        'apps/api/Dockerfile',
      ),
    ).toEqual([
      '.github/workflows/release.yml:12 command image -> prod (unknown), in /apps/api, TOKEN=?@13, secret npm@14, provenance none',
      '.github/workflows/release.yml:12 command image -> prod (unknown), in /apps/api, TOKEN=?@13, secret npm@14, provenance none',
    ]));
});

describe('a matrix', () => {
  const built = (matrix: string): readonly string[] =>
    said({
      '.github/workflows/release.yml': `on: push\njobs:\n  image:\n    strategy: {matrix: ${matrix}}\n    steps:\n      - uses: docker/build-push-action@v6\n        with: {context: ., target: '\${{ matrix.os.name }}-\${{ matrix.app }}'}\n`,
    }).map((call) => /-> (\S+)/.exec(call)?.[1] ?? call);

  test.each([
    ['{os: [{name: a}, {name: b}], app: [x, y]}', ['a-x', 'a-y', 'b-x', 'b-y']],
    ['{os: [{name: a}], app: [x], exclude: [{app: x}]}', ['a-x']],
    ['{os: [{name: a}], app: []}', ['unknown']],
    ['{include: [{os: {name: a}, app: x}, {os: {name: b}, app: y}]}', ['a-x', 'b-y']],
    ['{app: [x, y], include: [{app: x, os: {name: a}}, {app: z, os: {name: c}}]}', ['a-x', 'unknown', 'c-z']],
    ['{app: [x, y], include: [{app: x, os: {name: a}}, {app: x, os: {name: b}}]}', ['a-x', 'b-x', 'unknown']],
    ["'${{ fromJson(needs.list.outputs.apps) }}'", ['unknown']],
  ])('%s', (matrix, targets) => expect(built(matrix)).toEqual(targets));
});

describe('the action of a workflow', () => {
  const built = (inputs: string): readonly string[] =>
    said({
      '.github/workflows/ci.yml': `on: push\njobs:\n  image:\n    env: {STAGE: '\${{ inputs.stage }}', NAME: live}\n    steps:\n      - uses: docker/build-push-action@v6\n${inputs}`,
    }).map((call) => call.replace(/^\S+ workflow image -> /, ''));

  test.each([
    ['', ['final (unknown), in , provenance max-if-public']],
    ['        with: {target: ""}\n', ['final (unknown), in , provenance max-if-public']],
    ['        with: {target: "${{ env.STAGE }}"}\n', ['unknown (unknown), in , provenance max-if-public']],
    ['        with: {target: "${{ env.NAME }}"}\n', ['live (unknown), in , provenance max-if-public']],
    ['        with: {context: "${{ github.workspace }}"}\n', ['final (unknown), in , provenance max-if-public']],
    ['        with: {context: "{{defaultContext}}:."}\n', ['final (unknown), in , provenance max-if-public']],
    ['        with: {provenance: false}\n', ['final (unknown), in , provenance none']],
    ['        with: {provenance: "${{ env.STAGE }}"}\n', ['final (unknown), in ']],
    [
      '        with:\n          build-args: |\n            # those of the shop\n            MODE\n\n            NAME=${{ env.NAME }}\n          build-contexts: |\n            base=../base\n          secret-files: |\n            npmrc=.npmrc\n',
      ['final (unknown), in , MODE=?@10, NAME=live@12, secret npmrc@16, context base, provenance max-if-public'],
    ],
    ['        with: {build-args: [A=1]}\n', ['final (unknown), in , provenance max-if-public']],
  ])('%j', (inputs, calls) => expect(built(inputs)).toEqual(calls));
});

describe('skaffold', () => {
  const built = (artifacts: string): readonly string[] =>
    said({ 'skaffold.yaml': `apiVersion: skaffold/v4beta11\nkind: Config\nbuild:\n  artifacts:\n${artifacts}` });

  test.each([
    ['    - image: shop\n', ['skaffold.yaml:5 skaffold shop -> final (unknown), in ']],
    ['    - image: shop\n      docker: {target: prod}\n', ['skaffold.yaml:5 skaffold shop -> prod (unknown), in ']],
    [
      '    - image: shop\n      kaniko: {target: "{{.STAGE}}"}\n',
      ['skaffold.yaml:5 skaffold shop -> unknown (unknown), in '],
    ],
    [
      '    - image: shop\n      docker:\n        buildArgs: {MODE: full, TAG: "{{.TAG}}"}\n        secrets: [{id: npmrc, src: .npmrc}, {src: x}]\n',
      ['skaffold.yaml:5 skaffold shop -> final (unknown), in , MODE=full@7, TAG=?@7, secret npmrc@8'],
    ],
    ['    - image: shop\n      docker: {dockerfile: docker/other.Dockerfile}\n', []],
    ['    - image: shop\n      docker: {dockerfile: "{{.FILE}}"}\n', []],
    ['    - image: shop\n      jib: {}\n', []],
    ['    - context: .\n', []],
    [
      'profiles:\n  - name: live\n    build:\n      artifacts:\n        - image: live\n',
      ['skaffold.yaml:9 skaffold live -> final (unknown), in '],
    ],
  ])('%j', (artifacts, calls) => expect(built(artifacts)).toEqual(calls));
});

describe('command lines', () => {
  const inScript = (script: string): readonly string[] =>
    said({ 'package.json': `{\n  "scripts": {\n    "image": ${JSON.stringify(script)}\n  }\n}\n` });

  test.each([
    ['docker build .', 'final'],
    ['docker build -t shop --target prod .', 'prod'],
    ['npm run build && DOCKER_BUILDKIT=1 sudo docker image build --target=prod .', 'prod'],
    ['podman build --target prod -f Dockerfile .', 'prod'],
    ['docker build --pull --no-cache -tshop -f ./Dockerfile --label a=b ./', 'final'],
    ['docker build --target $STAGE .', 'unknown'],
    ['cd .. && docker build -f repo/Dockerfile repo', 'final'],
  ])('%s', (script, target) =>
    expect(inScript(script)).toEqual([`package.json:3 command image -> ${target} (unknown), in `]),
  );

  test.each([
    'docker build - < Dockerfile',
    'docker compose build',
    'docker run shop build .',
    'docker build https://example.com/shop.git',
    'echo docker build .',
    'docker build web',
  ])('%s says nothing of this file', (script) => expect(inScript(script)).toEqual([]));

  test('Makefile', () =>
    expect(
      said({
        Makefile:
          'DOCKER ?= docker\nSTAGE := prod\n\nimage: lint\n\t@$(DOCKER) build \\\n\t  --target $(STAGE) --build-arg TOKEN --build-arg REV=$(REV) \\\n\t  .\n',
      }),
    ).toEqual(['Makefile:5 command image -> prod (unknown), in , TOKEN=?@6, REV=?@6']));

  test('.gitlab-ci.yml', () =>
    expect(
      said({
        '.gitlab-ci.yml':
          'deploy-production:\n  script:\n    - docker login\n    - docker build --target release $CI_PROJECT_DIR\n    - [!reference [.x, script]]\n',
      }),
    ).toEqual(['.gitlab-ci.yml:4 command deploy-production -> release (production), in ']));
});

test('files above the repository are not read', () =>
  expect(said({ 'api/.git/HEAD': '', 'compose.yaml': 'services: {api: {build: api}}' }, 'api/Dockerfile')).toEqual([]));

describe('actions of GitHub that are images', () => {
  const action = (runs: string): string => `name: Count gulls\nruns:\n${runs}\n`;

  test.each<[string, string, readonly string[]]>([
    [
      action('  using: docker\n  image: Dockerfile'),
      'Dockerfile',
      ['action.yml:4 action Count gulls -> final (unknown), in '],
    ],
    [
      action('  using: "docker" # a container\n  image: \'./build/Dockerfile.action\' # here'),
      'build/Dockerfile.action',
      ['action.yml:4 action Count gulls -> final (unknown), in /build'],
    ],
    [
      'runs: {image: Dockerfile, using: docker}\n',
      'Dockerfile',
      ['action.yml:1 action action.yml -> final (unknown), in '],
    ],
    [
      action('  using: docker\r\n  image: Dockerfile\r'),
      'Dockerfile',
      ['action.yml:4 action Count gulls -> final (unknown), in '],
    ],
    [action('  using: docker\n  image: Dockerfile.action'), 'Dockerfile', []],
    [action('  using: docker\n  image: docker://alpine:3.22'), 'Dockerfile', []],
    [action('  using: node24\n  main: dist/docker.js'), 'Dockerfile', []],
    ['using: docker\nimage: Dockerfile\n', 'Dockerfile', []],
  ])('%j', (text, dockerfile, calls) => expect(said({ 'action.yml': text }, dockerfile)).toEqual(calls));
});
