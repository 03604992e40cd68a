import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserProblem, openBrowser } from '../../../packages/react/test/browser.ts';
import { serveFolder } from '../serve-folder.ts';

const problem = browserProblem();
let server: Awaited<ReturnType<typeof serveFolder>> | undefined;
let browser: Browser | undefined;

beforeAll(async () => {
  if (problem !== undefined) return;
  server = await serveFolder(0);
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

test('elements draw a live query and an artifact, and say what was asked, under a strict policy', { timeout: 120_000 }, async (context) => {
  if (!server || !browser) return context.skip(problem ?? 'no page');
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(server.url);
  await page.locator('velo-query-results .velo-chart').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Schema of trades' }).click();
  await page.getByText('You asked for inspect of b/trades').waitFor();
  expect(errors).toEqual([]);
});
