# The husky and lint-staged recipe of docs/integrations.md, from npm, with dflint as npm packs it.
set -x
recipe() { # NAME: the code block behind its mark
  awk -v mark="<!-- recipe: $1 -->" '$0 == mark { found = 1; next } found && /^```/ { if (open) exit; open = 1; next } open' "$repository/docs/integrations.md"
}
git clone --quiet "$repository" source
ln -s "$repository/node_modules" source/node_modules
(cd source && npm run --silent build:cli && npm pack --silent --ignore-scripts --pack-destination ..)

mkdir project
cd project
git init --quiet
recipe package.json > package.json
[ -s package.json ]
echo /node_modules/ > .gitignore
# lint-staged 17 wants a newer Node.js than dflint does.
npm install --save-dev --no-audit --no-fund --silent ../dflint-*.tgz husky@9 lint-staged@16
npm run --silent prepare
[ "$(git config core.hooksPath)" = .husky/_ ]
recipe .husky/pre-commit > .husky/pre-commit
[ -s .husky/pre-commit ]

commit() { # NAME EXPECTED: commits what is staged, and says whether that went as expected
  if git commit --quiet -m "$1" >../commit.log 2>&1; then got=accepted; else got=refused; fi
  cat ../commit.log
  [ "$got" = "$2" ]
}

git add -A
commit 'a project without a Dockerfile' accepted
printf 'FROM node:22-alpine\nEXPOSE 70000\nUSER node\nCMD ["node", "server.js"]\n' > Dockerfile
git add Dockerfile
commit 'a port that there is not' refused
grep -q invalid-port ../commit.log
[ "$(git diff --cached --name-only)" = Dockerfile ]

# What is mended is staged, and what is not staged stays as it is.
printf 'FROM node:22-alpine\nRUN echo built > /dist\n\nFROM node:22-alpine\nCOPY --from=0 /dist /dist\nUSER node\nCMD ["node", "server.js"]\n' > Dockerfile
git add Dockerfile
printf 'FROM node:22-alpine\nEXPOSE 70000\nUSER node\nCMD ["node", "server.js"]\n' > draft.Dockerfile
commit 'what dflint mends' accepted
git show HEAD:Dockerfile | grep -q 'FROM node:22-alpine AS '
[ "$(git status --porcelain)" = '?? draft.Dockerfile' ]

for name in api/Dockerfile api/Dockerfile.prod web.Dockerfile web.dockerfile Containerfile Containerfile.prod; do
  mkdir -p "$(dirname "$name")"
  cp draft.Dockerfile "$name"
  git add "$name"
  commit "a violation in $name" refused
  grep -q invalid-port ../commit.log
  git rm --quiet --force "$name"
done
echo node_modules > Dockerfile.dockerignore
git add Dockerfile.dockerignore
commit 'an ignore file of a Dockerfile' accepted
cp draft.Dockerfile Dockerfile.bak
git add Dockerfile.bak
commit 'a copy that was left' accepted
