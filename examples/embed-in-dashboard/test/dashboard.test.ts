import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { serveExample } from '../../../packages/react/test/serve-example.ts';

const example = serveExample(fileURLToPath(new URL('..', import.meta.url)));

test('three artifacts stand in the dashboard, in its own colours', { timeout: 180_000 }, async (context) => {
  if (example.problem !== undefined) return context.skip(example.problem);
  const page = await example.browser.newPage({ viewport: { width: 1_440, height: 1_000 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(example.url);
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
