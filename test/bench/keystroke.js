/** From a key to its findings through the API, in this process: what an editor or a page waits for. */
import { join } from 'node:path';
import { repository } from './corpus.js';
import { inputOf } from './inputs.js';
import { quantile } from './measure.js';

const lines = 300;
const warming = 60;

/** Types into one line of the file, letter by letter; each text is opened with what was known of the one before. */
export async function keystrokes(keys = 300) {
  const { openDockerfile } = await import(join(repository, 'dist/api.js'));
  const text = inputOf('mixed', lines);
  const at = text.indexOf('make part-', text.length / 2);
  const typed = 'echo "the part is made here" && '.repeat(Math.ceil((keys + warming) / 32));
  const times = [];
  let findings = 0;
  let previous;
  for (let key = 1; key <= keys + warming; key += 1) {
    const now = text.slice(0, at) + typed.slice(0, key % 64) + text.slice(at);
    const start = performance.now();
    previous = openDockerfile({ path: 'Dockerfile', text: now, previous });
    findings += previous.lint().findings.length;
    if (key > warming) times.push(performance.now() - start);
  }
  if (findings === 0) throw new Error('nothing was found: nothing was measured');
  const sorted = times.sort((one, other) => one - other);
  return { lines, keys, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max: sorted.at(-1) };
}
