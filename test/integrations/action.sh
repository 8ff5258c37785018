# What .ci/release/tag tags is what GitHub fetches: the action runs from it with nothing installed.
set -x
git clone --quiet "$repository" source
ln -s "$repository/node_modules" source/node_modules
echo node_modules >> source/.git/info/exclude
source/.ci/release/tag
version=v$(node -p "require('./source/package.json').version")
[ -z "$(git -C source status --porcelain)" ]
[ "$(git -C source rev-parse "$version")" = "$(git -C source rev-parse "${version%%.*}")" ]
if source/.ci/release/tag 2>again; then exit 1; fi
grep -q 'is tagged already' again

git clone --quiet --branch "$version" source action
[ ! -e action/node_modules ]
main=action/$(sed -n 's/^  main: //p' action/action.yml)

mkdir workspace temp
git init --quiet workspace
printf 'FROM node:22-alpine\nCMD ["node", "server.js"]\n' > workspace/Dockerfile
: > output
: > summary
status=0
env INPUT_PATHS=. INPUT_FORMAT=github INPUT_SUMMARY=true INPUT_SARIF-FILE=dflint.sarif \
  GITHUB_WORKSPACE="$PWD/workspace" GITHUB_OUTPUT="$PWD/output" GITHUB_STEP_SUMMARY="$PWD/summary" \
  RUNNER_TEMP="$PWD/temp" node "$main" > stdout || status=$?
[ "$status" -eq 1 ]
grep -q '^::warning file=Dockerfile,line=1,.*title=root-user::' stdout
grep -qx 'findings=1' output
grep -qx 'sarif-file=dflint.sarif' output
grep -q 'root-user' summary
node -e 'if (JSON.parse(fs.readFileSync("workspace/dflint.sarif")).runs[0].results.length !== 1) process.exit(1)'
[ -z "$(ls temp)" ]
