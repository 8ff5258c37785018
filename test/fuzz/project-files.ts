/** One file of each kind that dflint reads beside a Dockerfile: what mutations start from. */

export const projectFiles: Readonly<Record<string, string>> = {
  '.dockerignore':
    '# made for the build\nnode_modules\n**/*.log\n.git\n!keep/**\n/dist\n*.md\n!README.md\n\\#x\n[a-c]?.js\n',
  'Dockerfile.dockerignore': '*\n!src\n!package*.json\n',
  'package.json': `{
  "name": "shop", "version": "1.0.0", "type": "module", "private": true, "packageManager": "pnpm@9.1.0",
  "engines": { "node": ">=20 <23" }, "workspaces": ["packages/*"], "main": "server.js", "bin": { "shop": "bin/shop.js" },
  "scripts": { "build": "tsc -p . && vite build", "start": "NODE_ENV=production node --import ./a.js server.js",
    "test": "docker build -t shop --target dev --build-arg A=1 ." },
  "dependencies": { "express": "^5.0.0", "prisma": "workspace:*" }, "devDependencies": { "typescript": "5.9.2" },
  "dflint": { "rules": { "root-user": "off" } }
}
`,
  'package-lock.json':
    '{"name":"shop","lockfileVersion":3,"packages":{"":{"dependencies":{"express":"^5"}},"node_modules/express":{"version":"5.0.0","dev":true}}}\n',
  'yarn.lock': '# yarn lockfile v1\n\n\nexpress@^5.0.0:\n  version "5.0.0"\n  resolved "https://registry/x"\n',
  'pnpm-lock.yaml':
    "lockfileVersion: '9.0'\n\nimporters:\n  .:\n    dependencies:\n      express:\n        specifier: ^5\n        version: 5.0.0\n",
  'bun.lock': '{ "lockfileVersion": 1, "packages": { "express": ["express@5.0.0", {}], }, }\n',
  '.npmrc': 'omit[]=dev\n//registry.npmjs.org/:_authToken=${NPM_TOKEN}\nproduction=true\n; comment\n',
  '.yarnrc.yml': 'nodeLinker: node-modules\nyarnPath: .yarn/releases/yarn-4.1.0.cjs\n',
  'pnpm-workspace.yaml': 'packages:\n  - "packages/*"\n  - "!**/test/**"\n',
  'packages/ui/package.json': '{"name":"@shop/ui","dependencies":{"shop":"workspace:^"}}\n',
  'compose.yaml': `services:
  web: &web
    build:
      context: .
      dockerfile: Dockerfile
      target: \${TARGET:-runtime}
      args: { VERSION: "1", __proto__: x }
    ports: ["80:3000"]
  api:
    <<: *web
    build: .
  inline:
    build:
      context: .
      dockerfile_inline: |
        FROM node:22
        RUN npm ci
`,
  'compose.override.yaml':
    'services:\n  web:\n    build:\n      target: dev\n      args:\n        - A=1\n        - B\n',
  'docker-bake.hcl': `variable "TAG" { default = "latest" }
group "default" { targets = ["web", "api"] }
target "web" {
  dockerfile = "Dockerfile"
  context = "."
  target = "runtime"
  args = { VERSION = "\${TAG}-\${upper("x")}", B = null }
  tags = ["shop:\${TAG}"]
}
target "api" {
  inherits = ["web"]
  dockerfile-inline = <<EOT
FROM node:22
USER node
EOT
}
`,
  'docker-bake.json':
    '{"target":{"web":{"dockerfile":"Dockerfile","target":"runtime","args":{"A":"1"},"inherits":["base"]},"base":{}}}\n',
  '.github/workflows/ci.yml': `on: push
jobs:
  build:
    runs-on: ubuntu-latest
    strategy: { matrix: { target: [dev, runtime] } }
    steps:
      - uses: docker/build-push-action@v6
        with: { context: ., file: Dockerfile, target: "\${{ matrix.target }}", build-args: "A=1\\nB=2" }
      - run: docker buildx build --target runtime -f Dockerfile . && docker build - < Dockerfile
`,
  '.gitlab-ci.yml':
    'build:\n  script:\n    - docker build -t x --target dev -f Dockerfile .\n    - [docker build ., echo]\n',
  'skaffold.yaml':
    'apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n    - image: shop\n      context: .\n      docker: { dockerfile: Dockerfile, target: dev, buildArgs: { A: "1" } }\n',
  Makefile: 'IMAGE ?= shop\nbuild:\n\tdocker build -t $(IMAGE) --build-arg A=$(A) \\\n\t  --target runtime .\n',
  'dflint.config.json': `{
  "$schema": "x", "extends": ["strict"], "presets": ["all"],
  "rules": { "root-user": ["warning", {}], "DL3008": "off", "unpinned-image": "error" },
  "overrides": [{ "files": ["**/*.dev", "!x/{a,b}/*"], "rules": { "root-user": "off" } }],
  "failOn": "error", "buildArgs": { "A": 1, "B": null }, "exclude": ["vendor/**"], "targets": "runtime"
}
`,
  'dflint.config.jsonc': '// all\n{ "presets": ["all"], /* why */ "rules": { "no-such-rule": "off", }, }\n',
  'dflint.config.yaml':
    'presets: [all]\nrules:\n  root-user: off\n  DL3008: [warning, {}]\noverrides:\n  - files: "*.dev"\n    failOn: never\n',
  'dflint.config.toml':
    'presets = ["all"]\nfailOn = "never"\n[rules]\nroot-user = "off"\n[[overrides]]\nfiles = ["*.dev"]\n[buildArgs]\nA = "1"\n',
  '.hadolint.yaml':
    'ignored: [DL3008, SC2086]\nfailure-threshold: warning\noverride:\n  error: [DL3007]\n  info: []\ntrustedRegistries:\n  - docker.io\n  - "*.gcr.io"\nlabel-schema:\n  maintainer: text\n  version: semver\nstrict-labels: true\n',
  'baseline.json':
    '{"version":1,"files":{"Dockerfile":[{"rule":"root-user","hash":"0123456789abcdef","count":1}],"__proto__":[]}}\n',
  '.gitignore': 'node_modules/\n*.log\n!keep.log\n/build\n**/x/**\n[a-z\n\\\n',
  '.nvmrc': 'v22.1.0\n',
  'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" }, "include": ["src"] }\n',
  'next.config.js': "module.exports = { output: 'standalone' };\n",
  'server.js': "const app = require('express')();\napp.listen(process.env.PORT || 3000, '127.0.0.1');\n",
  'entrypoint.sh': '#!/bin/sh\nset -e\nsudo npm run migrate && exec node server.js "$@"\n',
  'requirements.txt': 'flask==3.0.0\nrequests>=2 --hash=sha256:x\n-e .\n',
  'poetry.lock': '[[package]]\nname = "flask"\nversion = "3.0.0"\n',
  'go.mod': 'module shop\n\ngo 1.23\n',
  Gemfile: "source 'https://rubygems.org'\ngem 'rails', '~> 8.0'\n",
};

/** What is put into every project, so that COPY finds something. */
export const plainFiles: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'src/index.ts': 'export {};\n',
  'README.md': '# shop\n',
};
