import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { serveExample } from '../../../packages/react/test/serve-example.ts';

const example = serveExample(fileURLToPath(new URL('..', import.meta.url)));

test('the page shows a number that changes', { timeout: 120_000 }, async (context) => {
  if (example.problem !== undefined) return context.skip(example.problem);
  const page = await example.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(example.url);
  const value = page.locator('.velo-stat-value');
  await value.waitFor({ timeout: 60_000 });
  await page.waitForFunction(() => Number(document.querySelector('.velo-stat-value')?.textContent) > 0, null, { timeout: 30_000 });
  expect(errors).toEqual([]);
});
