import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserProblem, openBrowser } from '../../../packages/react/test/browser.ts';

const problem = browserProblem();
let server: ViteDevServer | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
  if (problem !== undefined) return;
  server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)),
    server: { port: 0, host: '127.0.0.1' },
    logLevel: 'error',
  });
  await server.listen();
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('three artifacts stand in the dashboard, in its own colours', { timeout: 180_000 }, async (context) => {
  if (!server || !browser) return context.skip(problem ?? 'no page');
  const page = await browser.newPage({ viewport: { width: 1_440, height: 1_000 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  await page.locator('.velo-chart').waitFor({ timeout: 90_000 });
  await page.locator('.velo-graph').waitFor({ timeout: 60_000 });
  expect(await page.locator('.velo-card-title').allTextContents()).toEqual([
    'Revenue by region',
    'Latest orders',
    'Where the numbers come from',
  ]);
  const accent = await page
    .locator('.velo-card')
    .first()
    .evaluate((card) => getComputedStyle(card).backgroundColor);
  expect(accent).toBe('rgb(255, 253, 248)');
  expect(errors).toEqual([]);
});
