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

test('the page shows a number that changes', { timeout: 120_000 }, async (context) => {
  if (!server || !browser) return context.skip(problem ?? 'no page');
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(server.resolvedUrls?.local[0] ?? '');
  const value = page.locator('.velo-stat-value');
  await value.waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => Number(document.querySelector('.velo-stat-value')?.textContent) > 0, null, { timeout: 30_000 });
  expect(errors).toEqual([]);
});
