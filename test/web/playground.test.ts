/** The playground in headless Chromium, as a user works with it: by keys and clicks. */
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from '../harness/shared.ts';
import { browserPath, openSite, type Site } from './site.ts';

let site: Site;
let page: Page;
const requests: string[] = [];
const faults: string[] = [];

beforeAll(async () => {
  if (browserPath === undefined) return;
  site = await openSite();
  const context = await site.browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = await context.newPage();
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
}, 60_000);

afterAll(async () => site?.close());

const oneStage = `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
RUN npm ci
CMD ["node", "server.js"]
`;

const open = async (address = ''): Promise<void> => {
  await page.goto('about:blank');
  await page.goto(site.address + address);
  await page.waitForSelector('.count');
};

/** As a user does who pastes. */
async function write(text: string): Promise<void> {
  await page.click('.cm-content');
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(text);
}

const text = (): Promise<string> =>
  page
    .locator('.cm-line')
    .allTextContents()
    .then((lines) => lines.join('\n'));
const findings = (): Promise<readonly string[]> => page.locator('.finding .message').allTextContents();
const message = (part: string) => page.locator('.finding .head', { hasText: part });

/** Types one character in the page; the answer is in milliseconds. */
const keyToFindings = (): Promise<number> =>
  new Promise((resolve) => {
    const begin = performance.now();
    new PerformanceObserver((_, observer) => {
      observer.disconnect();
      resolve(performance.now() - begin);
    }).observe({ type: 'mark' });
    document.execCommand('insertText', false, ' ');
  });

describe.skipIf(browserPath === undefined)('the playground', { timeout: 30_000 }, () => {
  test('typing shows findings, and takes them away', async () => {
    await open();
    await write('FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n');
    await page.waitForSelector('text=Nothing to find fault with.');
    await write(oneStage);
    await message('no USER').waitFor();
    expect(await findings()).toContain('the source comes in before npm ci: each edit runs it again');
  });

  test('a finding tells its trail, and lights the lines of it', async () => {
    await open();
    await write(oneStage);
    await message('before npm ci').click();
    await page.waitForSelector('.details .trail');
    expect(await page.locator('.trail li').first().textContent()).toContain('line 4');
    expect(await page.locator('.lit-place').textContent()).toBe('COPY . .');
    expect(await page.locator('.lit-trail').textContent()).toBe('RUN npm ci');
  });

  test('one click fixes it, one key takes that back', async () => {
    await open();
    await write(oneStage);
    await message('before npm ci').click();
    await page.locator('.actions .primary').click();
    await message('before npm ci').waitFor({ state: 'detached' });
    expect(await text()).toContain('COPY package.json package-lock.json ./\nRUN npm ci');
    expect(await findings()).not.toContain('the source comes in before npm ci: each edit runs it again');
    await page.click('.cm-content');
    await page.keyboard.press('Control+Z');
    await message('before npm ci').waitFor();
    expect(await text()).toBe(oneStage);
  });

  test('all fixes at once', async () => {
    await open();
    await write(oneStage);
    await message('no USER').waitFor();
    await page.locator('.bar button', { hasText: 'Fix all' }).click();
    await page.waitForFunction(() => /USER node/.test(document.querySelector('.cm-content')?.textContent ?? ''));
    expect(await text()).toMatch(/USER node\nCMD/);
  });

  test('the picture follows the text, and shows its lines', async () => {
    await open();
    await write(
      'FROM golang:1.25 AS tools\nRUN go version\n\nFROM node:22-alpine AS web\nUSER node\nCMD ["node", "-v"]\n',
    );
    await page.locator('.stage.unused', { hasText: 'tools' }).waitFor();
    expect(await page.locator('.stage.ships').textContent()).toContain('web');
    await page.locator('.stage.ships').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.cm-activeLine').textContent()).toBe('FROM node:22-alpine AS web');
    await page.waitForSelector('.stage.ships.lit');
    await page.click('.cm-content');
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('COPY --from=tools /usr/local/go /usr/local/go\n');
    await page.locator('.stage.needed', { hasText: 'tools' }).waitFor();
    expect(await page.locator('.arrow.copy').textContent()).toContain('/usr/local/go');
  });

  test('the stage of the selected finding is lit', async () => {
    await open();
    await write(
      `FROM node:22-alpine AS build\nWORKDIR /srv\nCOPY . .\nRUN npm ci\n\nFROM node:22-alpine\nCOPY --from=build /srv /srv\nUSER node\nCMD ["node", "server.js"]\n`,
    );
    await message('before npm ci').click();
    await page.locator('.stage.lit', { hasText: 'build' }).waitFor();
    expect(await page.locator('.stage.ships.lit').count()).toBe(0);
  });

  test('what ships', async () => {
    await open();
    await write(
      'FROM node:22-alpine AS web\nWORKDIR /srv\nCOPY package*.json ./\nRUN npm ci\nCMD ["node", "server.js"]\n',
    );
    await page.click('#tab-ships');
    const panel = page.locator('#tab-panel');
    await panel.getByText('development packages too').waitFor();
    expect(await panel.locator('dd.bad').textContent()).toContain('root');
  });

  test('what runs again when a file changes', async () => {
    await open();
    await write(
      'FROM node:22-alpine\nWORKDIR /srv\nCOPY package.json ./\nRUN npm ci\nCOPY src ./src\nUSER node\nCMD ["node", "src/server.js"]\n',
    );
    await page.click('#tab-rebuild');
    await page.fill('#tab-panel input', 'src/server.js');
    await page.locator('.lit-again').first().waitFor();
    expect(await page.locator('.lit-again').allTextContents()).toEqual(['COPY src ./src']);
    await page.fill('#tab-panel input', 'package.json');
    await page.waitForFunction(() => document.querySelectorAll('.lit-again').length === 3);
  });

  test('.dockerignore and a list of files are heeded', async () => {
    await open();
    await write('FROM node:22-alpine\nWORKDIR /srv\nCOPY . .\nUSER node\nCMD ["node", "server.js"]\n');
    await page.click('#tab-files');
    await page.getByLabel('Files of the folder').fill('package.json\nserver.js\n.git/HEAD\n.env\n');
    await message('.dockerignore').first().waitFor();
    await page.getByLabel('.dockerignore').fill('.git\n.env\nnode_modules\n');
    await message('.dockerignore').first().waitFor({ state: 'detached' });
  });

  test('a text that takes the place of an example is not held against the folder of it', async () => {
    await open();
    await page.click('#tab-files');
    expect(await page.getByLabel('package.json').inputValue()).toContain('express');
    await write(oneStage);
    await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
    expect(await page.getByLabel('package.json').inputValue()).toBe('');
    await page.getByLabel('package.json').fill('{ "name": "mine" }');
    await write(oneStage);
    expect(await page.getByLabel('package.json').inputValue()).toBe('{ "name": "mine" }');
  });

  test('a link restores the state', async () => {
    await open();
    const given = 'FROM alpine:3.22 AS ünïcode\nUSER 1000\nCMD ["true"]\n';
    await write(given);
    await page.click('#tab-files');
    await page.getByLabel('.dockerignore').fill('*.log\n');
    await page.locator('header button', { hasText: 'Share' }).click();
    await page.waitForFunction(() => /Link/.test(document.querySelector('header [role=status]')?.textContent ?? ''));
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto('about:blank');
    await page.goto(link);
    await page.waitForSelector('.count');
    expect(await text()).toBe(given);
    await page.click('#tab-files');
    expect(await page.getByLabel('.dockerignore').inputValue()).toBe('*.log\n');
  });

  test('a link that is broken opens the first example', async () => {
    await open('#d=%%%');
    expect(await text()).toContain('npm ci');
  });

  test('examples', async () => {
    await open();
    const titles = await page.locator('.examples option').allTextContents();
    expect(titles.length).toBeGreaterThan(4);
    for (const title of titles.slice(1)) {
      await page.selectOption('.examples select', title);
      await page.waitForFunction(() => document.querySelectorAll('.stage').length > 0);
    }
    await page.waitForSelector('text=Nothing to find fault with.');
  });

  test('text that looks like HTML stays text', async () => {
    await open();
    await write(
      'FROM node:22-alpine AS web\nLABEL a="<img src=x onerror=alert(1)>"\nCOPY --from=<b>x</b> /a /b\nUSER node\n',
    );
    await page.waitForSelector('.finding');
    expect(await page.locator('.results img, .results b, .panel img, .panel b').count()).toBe(0);
  });

  test('keys alone reach everything', async () => {
    await open();
    await write(oneStage);
    await message('no USER').waitFor();
    await page.click('.cm-content');
    const seen: string[] = [];
    for (let at = 0; at < 40; at += 1) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
    }
    expect(seen.some((each) => each.includes('Fix all'))).toBe(true);
    expect(seen.some((each) => each.includes('no USER'))).toBe(true);
    expect(seen).toContain('Build');
    await page.focus('#tab-picture');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tab-ships');
    expect(await page.getAttribute('#tab-ships', 'aria-selected')).toBe('true');
  });

  test('from key to findings in 50 ms, 500 lines', async () => {
    await open();
    await write(readFileSync(join(repository, 'fixtures/long/Dockerfile'), 'utf8'));
    await page.waitForTimeout(1500);
    const took: number[] = [];
    for (let at = 0; at < 40; at += 1) {
      took.push(await page.evaluate(keyToFindings));
    }
    const sorted = took.sort((one, other) => one - other);
    console.log(`key to findings: median ${sorted[20]?.toFixed(1)} ms, 95th percentile ${sorted[37]?.toFixed(1)} ms`);
    expect(sorted[37]).toBeLessThan(50);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing serious, %s', async (colorScheme) => {
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const context = await site.browser.newContext({ colorScheme, bypassCSP: true });
    const other = await context.newPage();
    for (const path of ['', 'rules/index.html', 'rules/root-user.html', 'configuration.html', 'accuracy.html']) {
      await other.goto(site.address + path);
      if (path === '') {
        await other.waitForSelector('.finding');
        await other.click('.finding .head');
      }
      await other.evaluate(axe);
      const violations = await other.evaluate<readonly string[]>(
        `axe.run().then(({ violations }) => violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`,
      );
      expect(violations, path).toEqual([]);
    }
    await context.close();
  });

  test('phone width: nothing is wider than the screen', async () => {
    const context = await site.browser.newContext({ viewport: { width: 360, height: 780 } });
    const phone = await context.newPage();
    for (const path of ['', 'rules/index.html', 'configuration.html', 'accuracy.html']) {
      await phone.goto(site.address + path);
      if (path === '') await phone.waitForSelector('.finding');
      expect(await phone.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
    }
    await context.close();
  });

  test('no request leaves the page, nothing goes wrong', () => {
    expect(requests.length).toBeGreaterThan(5);
    expect(requests.filter((url) => !url.startsWith(site.address) && url !== 'about:blank')).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('the first view is under 250 KB compressed', () => {
    const size = (name: string): number => gzipSync(readFileSync(join(repository, 'site', name))).length;
    expect(size('index.html') + size('style.css') + size('page.js') + size('icon.svg')).toBeLessThan(250_000);
    expect(statSync(join(repository, 'site/engine-thread.js')).size).toBeGreaterThan(0);
  });
});

test.skipIf(browserPath !== undefined)('there is no Chromium: the page was not tested', () => {
  expect(browserPath).toBeUndefined();
});
