import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sampleStudio } from './page.fixture.ts';

const visit = sampleStudio();

/** By how much the page itself could be scrolled; its parts scroll on their own. */
const excess = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const { scrollHeight, scrollWidth } = document.documentElement;
    return [Math.max(0, scrollHeight - innerHeight), Math.max(0, scrollWidth - innerWidth)];
  });

test('a long conversation scrolls by itself, and is the same after a reload', { timeout: 300_000 }, async () => {
  const v = await visit();
  for (let i = 0; i < 3; i++)
    for (const text of ['what topics are there', 'what does trades look like', 'show me the last 10 messages from trades'])
      await v.ask(text);
  const messages = v.page.locator('[data-role]');
  const count = await messages.count();
  expect(count).toBe(18);
  for (const size of [
    { width: 390, height: 844 },
    { width: 1440, height: 900 },
  ]) {
    await v.page.setViewportSize(size);
    expect([size.width, ...(await excess(v.page))]).toEqual([size.width, 0, 0]);
  }
  await v.page.reload();
  await messages.first().waitFor();
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(count);
  expect(await excess(v.page)).toEqual([0, 0]);
  expect(v.complaints).toEqual([]);
});

test('the back button leads to the notebook before, and forward again', { timeout: 300_000 }, async () => {
  const v = await visit();
  await v.ask('what topics are there');
  const messages = v.page.locator('[data-role]');
  await v.page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  await v.page.getByRole('button', { name: 'New notebook' }).click();
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(0);
  await v.page.goBack();
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(2);
  await v.page.goForward();
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(0);
  expect(v.complaints).toEqual([]);
});

test('another tab has what is said here, with its results, without a reload', { timeout: 300_000 }, async () => {
  const v = await visit();
  // The same profile: it opens the notebook that was open last.
  const other = await v.page.context().newPage();
  await other.goto(v.page.url());
  await other.getByRole('heading', { name: 'What do you want to see?' }).waitFor({ state: 'attached' });
  await v.page.bringToFront();
  await v.ask('what topics are there');
  await other.bringToFront();
  const messages = other.locator('[data-role]');
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(2);
  await messages
    .last()
    .getByRole('button', { name: /Sources|Topics/ })
    .click();
  await other.getByRole('region', { name: 'Artifacts' }).getByText('trades').first().waitFor();
});

test('a notebook is deleted only when that was meant, by keyboard as well', { timeout: 300_000 }, async () => {
  const v = await visit();
  await v.ask('what topics are there');
  await v.page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  const drawer = v.page.getByRole('complementary', { name: 'Notebooks' });
  const row = drawer.locator('li[data-active]');
  const name = await row.locator('.studio-item span').first().innerText();
  const count = await drawer.locator('li').count();
  const ask = async (): Promise<void> => {
    await row.getByRole('button', { name: /^Actions for/ }).focus();
    await v.page.keyboard.press('Enter');
    await v.page.getByRole('menuitem', { name: /^Delete/ }).focus();
    await v.page.keyboard.press('Enter');
    await v.page.getByRole('dialog', { name: `Delete “${name}”?` }).waitFor();
  };
  await ask();
  await v.page.keyboard.press('Enter');
  await v.page.getByRole('dialog').waitFor({ state: 'detached' });
  await ask();
  await v.page.keyboard.press('Escape');
  await v.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await row.count()).toBe(1);
  expect(await v.page.locator('[data-role]').count()).toBe(2);
  await ask();
  await v.page.keyboard.press('Tab');
  await v.page.keyboard.press('Enter');
  await expect.poll(() => v.page.locator('[data-role]').count(), { timeout: 60_000 }).toBe(0);
  // Said to a screen reader as well, for a moment.
  await v.page.getByText(`“${name}” is deleted`).first().waitFor();
  const undo = v.page.getByRole('button', { name: 'Undo' });
  await expect.poll(() => undo.evaluate((button) => button === document.activeElement), { timeout: 60_000 }).toBe(true);
  await v.shots('notebook-deleted');
  await undo.focus();
  await v.page.keyboard.press('Enter');
  await expect.poll(() => v.page.locator('[data-role]').count(), { timeout: 60_000 }).toBe(2);
  await v.page.getByText(`“${name}” is back`).first().waitFor();
  await undo.waitFor({ state: 'detached' });
  await v.page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  await expect.poll(() => row.locator('.studio-item span').first().innerText(), { timeout: 60_000 }).toBe(name);
  // The one that stood in its place is gone.
  await expect.poll(() => drawer.locator('li').count(), { timeout: 60_000 }).toBe(count);
  expect(v.complaints).toEqual([]);
});

test('a notebook that is deleted in another tab is gone here too, and back when that is undone', { timeout: 300_000 }, async () => {
  const v = await visit();
  await v.ask('what topics are there');
  const other = await v.page.context().newPage();
  await other.goto(v.page.url());
  const messages = other.locator('[data-role]');
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(2);
  await v.page.bringToFront();
  await v.page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  const row = v.page.getByRole('complementary', { name: 'Notebooks' }).locator('li[data-active]');
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await v.page.getByRole('menuitem', { name: /^Delete/ }).click();
  await v.page.getByRole('button', { name: 'Delete notebook' }).click();
  await v.page.getByRole('button', { name: 'Undo' }).waitFor();
  await other.bringToFront();
  await other.getByRole('heading', { name: /was deleted$/ }).waitFor();
  expect(await messages.count()).toBe(0);
  await v.page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => messages.count(), { timeout: 60_000 }).toBe(2);
  expect(v.complaints).toEqual([]);
});

test('a long message says how many lines more it has, and shows them', { timeout: 300_000 }, async () => {
  const v = await visit();
  const columns = Array.from({ length: 30 }, (_, i) => `  price * ${i + 1} AS p${i + 1}`).join(',\n');
  await v.ask(`SELECT\n${columns}\nFROM trades\nEMIT CHANGES`);
  const message = v.page.locator('[data-role="user"]');
  const unfold = message.getByRole('button', { name: '23 more lines' });
  await unfold.waitFor();
  const height = (): Promise<number> => message.evaluate((element) => element.clientHeight);
  const folded = await height();
  await v.shots('message-folded');
  await unfold.focus();
  await v.page.keyboard.press('Enter');
  await message.getByRole('button', { name: 'Show 10 lines only', expanded: true }).waitFor();
  expect(await height()).toBeGreaterThan(folded * 2);
  await v.shots('message-unfolded');
  expect(v.complaints).toEqual([]);
});
