// The editor in real Chromium: what its language services show, and the same under a policy without unsafe-inline and unsafe-eval.
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserProblem, openBrowser } from './browser.ts';
import type { Seen } from './monaco-page.tsx';
import { type ServedPage, servePage } from './serve-page.ts';

const problem = browserProblem();
const LOOSE = "default-src 'self' data: 'unsafe-inline'; script-src 'self'";
const pages = new Map<string, ServedPage>();
let browser: Browser | undefined;
beforeAll(async () => {
  if (problem !== undefined) return;
  pages.set('loose', await servePage('test/monaco-page.tsx', { policy: LOOSE }));
  pages.set('strict', await servePage('test/monaco-page.tsx'));
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  for (const page of pages.values()) await page.close();
});

interface Opened {
  readonly tab: Page;
  /** What was said on the console as an error, or thrown. */
  readonly errors: readonly string[];
}

/** Opens the page and waits for the editor that is expected. */
async function open(policy: 'loose' | 'strict', query: string, editor = '.monaco-editor .view-line'): Promise<Opened> {
  const errors: string[] = [];
  const tab = await (browser as Browser).newPage({ viewport: { width: 900, height: 600 } });
  tab.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(`${pages.get(policy)?.url}?${query}`);
  await tab.locator(editor).first().waitFor({ timeout: 60_000 });
  return { tab, errors };
}
const seenIn = (tab: Page): Promise<Seen> => tab.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
const sqlIn = async (tab: Page): Promise<string> => (await seenIn(tab)).sql;
const sql = (text: string): string => `sql=${encodeURIComponent(text)}`;

describe.each([
  ['loose', 'x'],
  ['strict', 'forbidden'],
] as const)('Monaco under a %s policy', (policy, query) => {
  const on = async (text: string, work: (tab: Page) => Promise<void>, context: { skip(reason: string): void }) => {
    if (problem !== undefined) return context.skip(problem);
    const { tab, errors } = await open(policy, `${query}&${sql(text)}`);
    await tab.locator('.monaco-editor .view-lines').click({ position: { x: 200, y: 10 } });
    await work(tab);
    expect(errors).toEqual([]);
    await tab.close();
  };
  const limits = { timeout: 60_000 };

  test('stacks its lines and colours the words of the dialect', limits, (context) =>
    on(
      'SELECT symbol\nFROM trades',
      async (tab) => {
        const lines = await tab
          .locator('.view-line')
          .evaluateAll((all) =>
            all.map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent })).toSorted((a, b) => a.top - b.top),
          );
        expect(lines.map((l) => l.text?.replaceAll('\u00a0', ' '))).toEqual(['SELECT symbol', 'FROM trades']);
        expect((lines[1]?.top ?? 0) - (lines[0]?.top ?? 0)).toBe(20);
        const colours = await tab.locator('.view-line span span').evaluateAll((all) => all.map((word) => getComputedStyle(word).color));
        expect(new Set(colours).size).toBeGreaterThan(1);
      },
      context,
    ),
  );

  test('completes columns of the relation, by key and by click', limits, (context) =>
    on(
      'SELECT  FROM trades',
      async (tab) => {
        await tab.keyboard.press('Home');
        for (let i = 0; i < 7; i++) await tab.keyboard.press('ArrowRight');
        await tab.keyboard.type('pri');
        await tab.locator('.suggest-widget .monaco-list-row', { hasText: 'price' }).first().waitFor({ timeout: 10_000 });
        await tab.keyboard.press('Enter');
        await expect.poll(() => sqlIn(tab)).toBe('SELECT price FROM trades');
      },
      context,
    ),
  );

  test('keeps the cursor in the middle of a text that is typed quickly', limits, (context) =>
    on(
      'SELECT  FROM trades',
      async (tab) => {
        await tab.keyboard.press('Home');
        for (let i = 0; i < 7; i++) await tab.keyboard.press('ArrowRight');
        await tab.keyboard.type('symbol, price, qty ');
        await expect.poll(() => sqlIn(tab)).toBe('SELECT symbol, price, qty  FROM trades');
      },
      context,
    ),
  );

  test('says what a function is under the pointer', limits, (context) =>
    on(
      'SELECT SUM(qty) FROM trades',
      async (tab) => {
        await tab.locator('.view-line span', { hasText: /^SUM$/ }).last().hover();
        await expect.poll(async () => (await tab.locator('.monaco-hover-content').allTextContents()).join()).toContain('SUM(value)');
      },
      context,
    ),
  );

  test('shows the parameters while a call is written', limits, (context) =>
    on(
      'SELECT ',
      async (tab) => {
        await tab.keyboard.press('End');
        await tab.keyboard.type('SUM(');
        await tab.locator('.parameter-hints-widget.visible').waitFor({ timeout: 10_000 });
        expect(await tab.locator('.parameter-hints-widget').textContent()).toContain('SUM');
      },
      context,
    ),
  );

  test('shows how to go on, and Tab takes it', limits, (context) =>
    on(
      'SELECT symbol FROM trades',
      async (tab) => {
        await tab.keyboard.press('End');
        await tab.keyboard.type(' WHERE ');
        await tab.keyboard.press('Escape');
        await tab.locator('[class*="ghost-text"]', { hasText: /qty/ }).first().waitFor({ timeout: 10_000 });
        await tab.keyboard.press('Tab');
        await expect.poll(() => sqlIn(tab)).toBe('SELECT symbol FROM trades WHERE qty > 4');
      },
      context,
    ),
  );

  test('is left with Escape and Tab', limits, (context) =>
    on(
      'SELECT symbol FROM trades',
      async (tab) => {
        const isInside = () => tab.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
        await tab.keyboard.press('End');
        await tab.keyboard.press('Escape');
        expect(await isInside()).toBe(true);
        await tab.keyboard.press('Tab');
        expect(await isInside()).toBe(false);
        expect(await sqlIn(tab)).toBe('SELECT symbol FROM trades');
      },
      context,
    ),
  );

  test('formats, and one step back undoes it', limits, (context) =>
    on(
      'select  symbol from trades',
      async (tab) => {
        await tab.keyboard.press('Shift+Alt+F');
        await expect.poll(() => sqlIn(tab)).toBe('SELECT symbol\nFROM trades;\n');
        await tab.keyboard.press('Control+Z');
        await expect.poll(() => sqlIn(tab)).toBe('select  symbol from trades');
      },
      context,
    ),
  );

  test('marks what is wrong, with its place and a fix', limits, (context) =>
    on(
      'SELECT pirce FROM trades',
      async (tab) => {
        await tab.locator('.squiggly-error').first().waitFor({ timeout: 10_000 });
        await tab.locator('.view-line span', { hasText: 'pirce' }).last().click();
        await tab.keyboard.press('Control+.');
        await tab.locator('.action-widget', { hasText: 'price' }).waitFor({ timeout: 10_000 });
        await tab.keyboard.press('Enter');
        await expect.poll(() => sqlIn(tab)).toBe('SELECT price FROM trades');
      },
      context,
    ),
  );

  test('shows which bracket belongs to which', limits, (context) =>
    on(
      'SELECT (qty + 1) FROM trades',
      async (tab) => {
        await tab.keyboard.press('Home');
        for (let i = 0; i < 8; i++) await tab.keyboard.press('ArrowRight');
        await expect.poll(() => tab.locator('.bracket-match').count()).toBe(2);
      },
      context,
    ),
  );

  test.for(['Control+Enter', 'Meta+Enter'])('runs with %s and writes nothing', limits, async (keys, context) => {
    if (problem !== undefined) return context.skip(problem);
    const { tab, errors } = await open(policy, `${query}&${sql('SELECT 1')}`);
    // Chromium's user agent decides which of both the editor listens to.
    const isMac = await tab.evaluate(() => navigator.userAgent.includes('Mac'));
    await tab.locator('.monaco-editor .view-lines').click();
    await tab.keyboard.press(keys);
    const expected = keys.startsWith('Meta') === isMac ? 1 : 0;
    await expect.poll(async () => (await seenIn(tab)).runs).toBe(expected);
    expect(expected === 1 ? await sqlIn(tab) : 'SELECT 1').toBe('SELECT 1');
    expect(errors).toEqual([]);
    await tab.close();
  });
});

describe('where inline styles are forbidden', () => {
  test('it is found out by one try, and the editor stands', { timeout: 60_000 }, async (context) => {
    if (problem !== undefined) return context.skip(problem);
    const { tab, errors } = await open('strict', sql('SELECT symbol FROM trades'));
    expect(errors.map((text) => /inline style/.test(text))).toEqual([true]);
    expect(await tab.locator('[data-editor="plain"]').count()).toBe(0);
    await tab.close();
  });

  test('a browser that cannot construct style sheets gets a text field with the same services', { timeout: 60_000 }, async (context) => {
    if (problem !== undefined) return context.skip(problem);
    const { tab, errors } = await open('strict', `forbidden&old&${sql('SELECT  FROM trades')}`, '[data-editor="plain"] textarea');
    const field = tab.getByRole('textbox', { name: 'Query' });
    const help = (kind: string) => tab.locator(`[data-help="${kind}"]`);
    expect(await tab.locator('[data-editor="plain"]').getAttribute('data-reason')).toContain('forbids inline styles');
    await field.click();
    await tab.keyboard.press('Home');
    for (let i = 0; i < 7; i++) await tab.keyboard.press('ArrowRight');
    await tab.keyboard.type('pri');
    const option = tab.getByRole('option', { name: /^price/ });
    await option.waitFor({ timeout: 10_000 });
    expect(await field.getAttribute('aria-activedescendant')).toBe(await tab.locator('[aria-selected="true"]').getAttribute('id'));
    await tab.keyboard.press('Enter');
    await expect.poll(() => sqlIn(tab)).toBe('SELECT price FROM trades');
    await field.fill('SELECT SUM( FROM trades');
    for (let i = 0; i < 12; i++) await tab.keyboard.press('ArrowLeft');
    await help('signature').waitFor({ timeout: 10_000 });
    await field.fill('SELECT symbol FROM trades WHERE ');
    await help('ghost').waitFor({ timeout: 10_000 });
    await tab.keyboard.press('Tab');
    await expect.poll(() => sqlIn(tab)).toBe('SELECT symbol FROM trades WHERE qty > 4');
    await field.fill('select  pirce from trades');
    await expect.poll(() => help('problem').textContent()).toContain('price');
    await field.fill('select  symbol from trades');
    await tab.keyboard.press('Shift+Alt+F');
    await expect.poll(() => sqlIn(tab)).toBe('SELECT symbol\nFROM trades;\n');
    await tab.keyboard.press('Control+Enter');
    expect((await seenIn(tab)).runs).toBe(1);
    const tabbed = await tab.evaluate(() => document.activeElement?.tagName);
    await tab.keyboard.press('Tab');
    expect([tabbed, await tab.evaluate(() => document.activeElement?.tagName)]).toEqual(['TEXTAREA', 'BODY']);
    expect(errors).toEqual([]);
    await tab.close();
  });
});
