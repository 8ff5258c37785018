/** What dflint says a target ships, against the images that real builds made. */
import { describe, expect, test } from 'vitest';
import { shippedImage } from '../src/model/index.ts';
import { type OracleCase, oracleCases } from './harness/oracle-cases.ts';

const cases = oracleCases();
if (cases.length === 0) console.warn('skipped: there are no cases of real builds');

const shipped = ({ build }: OracleCase) => {
  const [target] = build.targets;
  if (target === undefined) throw new Error('no target');
  return shippedImage(build, target);
};

describe.skipIf(cases.length === 0)('the image of a real build', () => {
  const built = cases.filter(({ truth }) => truth.builds).map((each) => [each.name, each] as const);

  test.each(built)('%s has this config', (_, each) => {
    const { image, runsAsRoot } = each.truth;
    const said = shipped(each);
    expect({
      root: said.user.identity === 'root',
      user: said.user.setBy === 'base' && said.user.identity === 'root' ? '' : said.user.name,
      workdir: said.workingDir,
      labels: Object.fromEntries([...said.labels].map(([name, { text }]) => [name, text])),
      exposedPorts: said.exposedPorts,
      entrypoint: said.entrypoint.setBy === 'none' ? null : said.entrypoint.words,
      cmd: said.cmd.setBy === 'none' ? null : said.cmd.words,
      healthcheck: said.healthcheck === 'none' ? ['NONE'] : (said.healthcheck ?? null),
      volumes: said.volumes,
      stopSignal: said.stopSignal ?? null,
    }).toEqual({
      root: runsAsRoot,
      user: image.user.config,
      workdir: image.workdir || '/',
      labels: image.labels,
      exposedPorts: image.exposedPorts,
      entrypoint: image.entrypoint,
      cmd: image.cmd,
      healthcheck: image.healthcheck,
      volumes: image.volumes,
      stopSignal: image.stopSignal,
    });
    const measured = new Map(image.env.map((pair) => [pair.split('=', 1)[0] ?? '', pair.replace(/^[^=]*=/, '')]));
    // The stand-ins lack some of the variables whose values differ from one version of an image to the next.
    const names = [...said.env].filter(
      ([name, { via, text }]) => via !== 'image' || text !== undefined || measured.has(name),
    );
    expect(names.map(([name]) => name).sort()).toEqual([...measured.keys()].sort());
    for (const [name, { text }] of said.env) expect([undefined, measured.get(name)]).toContain(text);
  });

  test.each(built)('%s holds these files', (_, each) => {
    const { truth, filesUnder = '/' } = each;
    const said = shipped(each).entries.filter(({ path }) => path.startsWith(filesUnder));
    const held = truth.files.filter((path) => !truth.packageManagerCaches.some((cache) => path.startsWith(cache)));
    const listed = said.filter(({ kind, presence }) => kind === 'file' && presence === 'present');
    const wrong = listed
      .map(({ path }) => path)
      .filter((path) => !held.some((file) => file === path || isBelow(file, path)));
    expect(wrong).toEqual([]);
    const open = said.filter((entry) => !entry.listed).map(({ path }) => path);
    const missing = held.filter(
      (file) =>
        !said.some(({ path }) => path === file.replace(/\/$/, '')) && !open.some((path) => isBelow(`${path}/`, file)),
    );
    expect(missing.filter((path) => !/^\/etc\/(passwd|group|shadow)$/.test(path))).toEqual([]);
  });
});

/** Whether a folder, written with a slash at its end, holds a path. */
const isBelow = (folder: string, path: string): boolean =>
  folder.endsWith('/') && path.startsWith(folder.replace(/\/+$/, '/'));
