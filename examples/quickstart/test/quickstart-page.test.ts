import { request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProblem, openBrowser, type Quickstart, startQuickstart } from './quickstart.fixture.ts';

let quickstart: Quickstart;
beforeAll(async () => {
  quickstart = await startQuickstart();
}, 60_000);
afterAll(async () => {
  await quickstart.stop();
});

const get = (path: string): Promise<Response> => fetch(new URL(path, quickstart.url));

/** `fetch` sets the Host header itself. */
const statusForHost = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(quickstart.url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('the server of the quickstart', () => {
  test('sends the page, its script and its styles', async () => {
    const page = await get('/');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const html = await page.text();
    expect(html).toContain('<title>Velostream Studio');
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(assets.some((path) => path.endsWith('.js'))).toBe(true);
    for (const path of assets) expect((await get(path)).status, path).toBe(200);
  });

  test('forbids foreign code and code made from text', async () => {
    const policy = (await get('/')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|http/);
  });

  test('sends the data files that it names, and nothing else of the disk', async () => {
    expect((await (await get('/data/stocks.csv')).text()).split('\n')[0]?.trim()).toBe('symbol,date,price');
    for (const path of ['/data/', '/data/cars.json', '/data/..%2f..%2fpackage.json', '/main.ts', '/%2e%2e/package.json']) {
      expect((await get(path)).status, path).toBe(404);
    }
  });

  test('answers GET to this machine only', async () => {
    expect((await fetch(quickstart.url, { method: 'POST' })).status).toBe(405);
    expect(await statusForHost('rebound.example')).toBe(403);
  });

  test('says when a port is taken', async () => {
    const { port } = new URL(quickstart.url);
    await expect(startQuickstart(['--port', port])).rejects.toThrow(`port ${port} is not free`);
  });
});

describe('the page of the quickstart', { timeout: 60_000 }, () => {
  const problem = browserProblem();
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (problem === undefined) browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
  });

  /** A page that remembers everything it should not have done. */
  async function openPage(options: { readonly width?: number } = {}): Promise<{ readonly page: Page; readonly faults: string[] }> {
    if (!browser) throw new Error('no browser');
    const page = await browser.newPage({ viewport: { width: options.width ?? 1440, height: 900 } });
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    page.on('request', (sent) => {
      if (!sent.url().startsWith(quickstart.url)) faults.push(`request: ${sent.url()}`);
    });
    await page.goto(quickstart.url);
    return { page, faults };
  }
  const editor = (page: Page) => page.getByRole('textbox', { name: 'SQL query' });
  const rowCount = (page: Page) => page.locator('.grid tbody tr').count();
  const state = (page: Page, word: string) => page.locator('.state', { hasText: word }).waitFor();

  test('shows live rows and a chart soon after it opens', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    await page.locator('.grid tbody tr').first().waitFor();
    const loadedMs = await page.evaluate(() => performance.now());
    // By itself it is about a second; a machine that runs other tests beside this one is given more.
    expect(loadedMs).toBeLessThan(10_000);
    await page.locator('.chart-line').first().waitFor();
    await state(page, 'live');
    const before = await rowCount(page);
    await page.waitForFunction((count) => document.querySelectorAll('.grid tbody tr').length > count, before);
    expect(await page.locator('[data-fact="watermark"] dd').textContent()).toMatch(/^2026-01-05 \d\d:\d\d:\d\d · \d/);
    expect(faults).toEqual([]);
  });

  test('runs what is typed, from the keyboard', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    await editor(page).fill('SELECT symbol, MAX(price) AS highest FROM stocks GROUP BY symbol EMIT FINAL');
    await editor(page).press('Control+Enter');
    await state(page, 'finished');
    const cells = await page.locator('.grid tbody tr').allTextContents();
    expect(cells.toSorted()).toEqual(['AAPL223.02', 'AMZN135.91', 'GOOG707.00', 'IBM130.32', 'MSFT43.22']);
    expect(faults).toEqual([]);
  });

  test('a wrong column is shown with place and hint, in the text and in the results', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    await editor(page).fill('SELECT symbol, pirce FROM trades');
    await page.getByRole('button', { name: /^Run (Ctrl|⌘)/ }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('column "pirce" does not exist');
    expect(await alert.textContent()).toContain('^^^^^');
    expect(await alert.textContent()).toContain('Did you mean "price"?');
    await page.locator('.problem[data-severity="error"]').waitFor();
    expect(await page.locator('.code [data-wrong]').allTextContents()).toEqual(['pirce']);
    await page.getByRole('button', { name: 'Show in the query' }).click();
    expect(await editor(page).evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe(
      'pirce',
    );
    expect(faults).toEqual([]);
  });

  test('every example runs without an error', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    for (const example of await page.locator('.examples button').all()) {
      await example.click();
      const name = (await example.locator('span').first().textContent()) ?? '';
      await page.locator('.results h2', { hasText: name }).first().waitFor();
      await page.locator('.grid tbody tr').first().waitFor();
      await page.locator('.chart-line, .bar').first().waitFor();
      expect(await page.locator('.problem[data-severity="error"]').count(), name).toBe(0);
    }
    expect(faults).toEqual([]);
  });

  test('pauses, goes on and stops', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    await state(page, 'live');
    await page.getByRole('button', { name: 'Pause' }).click();
    await state(page, 'paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await state(page, 'live');
    await page.getByRole('button', { name: 'Stop' }).click();
    await state(page, 'stopped');
    expect(faults).toEqual([]);
  });

  test('formats, explains and completes', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    await editor(page).fill('select symbol from trades');
    await page.getByRole('button', { name: 'Format' }).click();
    await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('SELECT'));
    await page.locator('.plan pre', { hasText: 'trades' }).waitFor();
    await editor(page).fill('SELECT pri FROM trades');
    await editor(page).evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(10, 10));
    await editor(page).press('Control+ ');
    await page.getByRole('option', { name: /^price/ }).waitFor();
    await editor(page).press('Enter');
    expect(await editor(page).inputValue()).toBe('SELECT price FROM trades');
    expect(faults).toEqual([]);
  });

  test('no rows are explained', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage();
    await editor(page).fill('SELECT symbol, price FROM stocks WHERE price > 1000000');
    await editor(page).press('Control+Enter');
    await page.locator('.empty-reason').first().waitFor();
    expect(await page.locator('.empty').textContent()).toContain('The query gave no rows');
    expect(faults).toEqual([]);
  });

  test('fits a phone and both themes', async ({ skip }) => {
    if (problem !== undefined) return skip(problem);
    const { page, faults } = await openPage({ width: 390 });
    await page.locator('.grid tbody tr').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const surface = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await surface();
    await page.getByRole('button', { name: 'Use the dark theme' }).click();
    expect(await surface()).not.toBe(light);
    expect(faults).toEqual([]);
  });
});
