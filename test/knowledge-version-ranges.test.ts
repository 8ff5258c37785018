import { expect, test } from 'vitest';
import { rangeIntervals, versionInterval } from '../src/knowledge/index.ts';

const allows = (range: string, version: string): boolean | undefined => {
  const is = versionInterval(version);
  return rangeIntervals(range)?.some(({ low, high }) => is !== undefined && low < is.high && is.low < high);
};

test.each([
  ['>=18.17', ['18.17', '18.17.0', '18', '22.1.0'], ['18.16', '18.16.9', '17', '16.20.2']],
  ['^20.19.0 || >=22.12.0', ['20.19.0', '20.20', '20', '22', '24.0.0'], ['20.9.0', '21', '22.11', '18']],
  ['18.x', ['18.0.0', '18.20.8'], ['19', '17.9.1']],
  ['18', ['18.20'], ['20']],
  ['~18.12', ['18.12.1', '18'], ['18.13.0']],
  ['~18', ['18.13.0'], ['19.0.0']],
  ['^18.12.1', ['18.12.1', '18.20'], ['18.12.0', '19']],
  ['^0.10.3', ['0.10.48'], ['0.12', '0.10.2']],
  ['>= 16 < 21', ['16', '20.19.1'], ['21.0.0', '15']],
  ['>16', ['17.0.0'], ['16.20.2']],
  ['>16.1', ['16.2.0'], ['16.1.9']],
  ['>16.1.0', ['16.1.1', '16.1'], ['16.1.0']],
  ['<=18.2', ['18.2.9'], ['18.3.0']],
  ['16.13 - 18', ['16.13.0', '18.20.8'], ['16.12.9', '19']],
  ['=v20.1.0', ['20.1.0', '20.1', '20'], ['20.1.1', '20.2']],
  ['>=18.0.0-0', ['18.0.0'], ['17.9.9']],
  ['*', ['4.0.0'], []],
  ['', ['4.0.0'], []],
  ['>=20 <18', [], ['18', '19', '20']],
])('%s', (range, inside, outside) => {
  for (const version of inside) expect(allows(range, version), version).toBe(true);
  for (const version of outside) expect(allows(range, version), version).toBe(false);
});

test.each(['lts/jod', '=>18', '>=18, <20', 'latest', '18 or 20', '>=1234.0.0', '>=18.1234567'])(
  '%s is not known',
  (range) => expect(rangeIntervals(range)).toBeUndefined(),
);
