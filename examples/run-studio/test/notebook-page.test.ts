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
  await expect.poll(() => messages.count()).toBe(count);
  expect(await excess(v.page)).toEqual([0, 0]);
  expect(v.complaints).toEqual([]);
});

test('the back button leads to the notebook before, and forward again', { timeout: 300_000 }, async () => {
  const v = await visit();
  await v.ask('what topics are there');
  const messages = v.page.locator('[data-role]');
  await v.page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  await v.page.getByRole('button', { name: 'New notebook' }).click();
  await expect.poll(() => messages.count()).toBe(0);
  await v.page.goBack();
  await expect.poll(() => messages.count()).toBe(2);
  await v.page.goForward();
  await expect.poll(() => messages.count()).toBe(0);
  expect(v.complaints).toEqual([]);
});
