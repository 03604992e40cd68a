// Panels on live rows, and fields of a template mapped by drag and by keyboard, in real Chromium.
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserProblem, openBrowser } from './browser.ts';
import type { PanelsSeen } from './panels-page.tsx';
import { type ServedPage, servePage } from './serve-page.ts';

const problem = browserProblem();
let page: ServedPage | undefined;
let browser: Browser | undefined;
beforeAll(async () => {
  if (problem !== undefined) return;
  // The engine asks whether it may compile; this test is of what is drawn.
  page = await servePage('test/panels-page.tsx', { policy: "default-src 'self' data: 'unsafe-inline' 'unsafe-eval'" });
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await page?.close();
});

const open = async (): Promise<{ readonly tab: Page; readonly errors: readonly string[] }> => {
  const errors: string[] = [];
  const tab = await (browser as Browser).newPage({ viewport: { width: 1100, height: 1200 } });
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(page?.url ?? '');
  await tab.locator('.velo-mapping').waitFor();
  return { tab, errors };
};
type Global = { readonly seen: PanelsSeen };
const rowsIn = (tab: Page) => tab.evaluate(() => (globalThis as unknown as Global).seen.rows);
const statusesIn = (tab: Page) => tab.evaluate(() => (globalThis as unknown as Global).seen.statuses());
const choiceIn = (tab: Page) => tab.evaluate(() => (globalThis as unknown as Global).seen.choice);

test('panels show more and more rows of their query, which ends with the preview', { timeout: 60_000 }, async (context) => {
  if (problem !== undefined) return context.skip(problem);
  const { tab, errors } = await open();
  await expect.poll(async () => Object.values(await rowsIn(tab))[0], { timeout: 20_000 }).toBeGreaterThan(0);
  const first = Object.values(await rowsIn(tab))[0] ?? 0;
  await expect.poll(async () => Object.values(await rowsIn(tab))[0], { timeout: 20_000 }).toBeGreaterThan(first);
  await tab.locator('.velo-chart svg').first().waitFor({ timeout: 20_000 });
  const shown = await tab.locator('.velo-chart').first().textContent();
  expect(shown).toMatch(/AAPL|MSFT|GOOG|AMZN|NVDA|TSLA|META/);
  expect((await statusesIn(tab)).filter((status) => status === 'running')).toHaveLength(1);
  await tab.getByRole('button', { name: 'Close preview' }).click();
  await expect.poll(async () => (await statusesIn(tab)).every((status) => status === 'cancelled')).toBe(true);
  expect(errors).toEqual([]);
  await tab.close();
});

test('a field is mapped by dragging the real one onto it', { timeout: 60_000 }, async (context) => {
  if (problem !== undefined) return context.skip(problem);
  const { tab, errors } = await open();
  const row = tab.locator('.velo-mapping-row').first();
  const name = await row.locator('strong').textContent();
  const select = row.getByRole('combobox');
  const before = await select.inputValue();
  const actual = (await tab.locator('.velo-mapping-actual').allTextContents()).find((text) => text !== before) ?? '';
  await tab.locator('.velo-mapping-actual', { hasText: actual }).first().dragTo(row);
  await expect.poll(() => select.inputValue()).toBe(actual);
  expect(await row.getAttribute('data-status')).toBe('chosen');
  expect((await choiceIn(tab))?.[name ?? '']).toBe(actual);
  expect(await tab.locator('.velo-mapping-lines path[data-status="chosen"]').count()).toBe(1);
  await tab.getByRole('button', { name: 'Reset' }).click();
  await expect.poll(() => select.inputValue()).toBe(before);
  expect(errors).toEqual([]);
  await tab.close();
});

test('a field is mapped with the keyboard alone', { timeout: 60_000 }, async (context) => {
  if (problem !== undefined) return context.skip(problem);
  const { tab, errors } = await open();
  const select = tab.locator('.velo-mapping-row').first().getByRole('combobox');
  const before = await select.inputValue();
  // From the button before the mapping by Tab, as one without a pointer comes to it.
  await tab.getByRole('button', { name: 'Close preview' }).focus();
  for (let i = 0; i < 60 && !(await select.evaluate((element) => element === document.activeElement)); i++) await tab.keyboard.press('Tab');
  await tab.keyboard.press('ArrowDown');
  await expect.poll(() => select.inputValue()).not.toBe(before);
  const chosen = await select.inputValue();
  expect(Object.values((await choiceIn(tab)) ?? {})).toContain(chosen);
  expect(await select.getAttribute('aria-label')).toMatch(/^Real field for /);
  expect(errors).toEqual([]);
  await tab.close();
});
