# The image of dflint itself, built by a real BuildKit on stand-in bases, and what came out of it.
oracle=${DFLINT_SHARED:-$repository/../shared}/oracle
for program in "$oracle/run" buildkitd buildctl python3; do
  command -v "$program" >/dev/null || { echo "no $program"; exit 77; }
done
set -x
git clone --quiet "$repository" context
"$oracle/setup"
"$oracle/run" --dir context > measured.json
node -e '
  const { builds, runsAsRoot, image, files, nodeModules, buildkitWarnings } = JSON.parse(fs.readFileSync("measured.json", "utf8"));
  const { ok, deepEqual } = assert;
  ok(builds);
  ok(!runsAsRoot);
  deepEqual(buildkitWarnings, []);
  deepEqual(nodeModules, {});
  deepEqual([...image.entrypoint, ...image.cmd], ["dflint", "."]);
  for (const file of ["bin/dflint.js", "dist/cli.js", "package.json", "LICENSE"]) ok(files.includes(`/dflint/${file}`), file);
  deepEqual(files.filter((file) => !/^\/(dflint\/(dist\/([\w-]+\.js|THIRD-PARTY-NOTICES\.txt)|bin\/dflint\.js|package\.json|LICENSE)|usr\/local\/bin\/dflint)$/.test(file)), []);
'
