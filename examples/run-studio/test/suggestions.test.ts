import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { needsBrowser, OPENING_MS, type OpenStudio, openStudio, type Visit, visit } from './page.fixture.ts';

let open: OpenStudio;
let home: string;
beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  home = await mkdtemp(join(tmpdir(), 'velo-studio-'));
  open = await openStudio({ home });
}, OPENING_MS);
afterAll(async () => {
  await open?.close();
  if (home) await rm(home, { recursive: true, force: true });
});
beforeEach((context) => needsBrowser(context));

const banner = (v: Visit) => v.page.getByRole('region', { name: 'Suggestions' });
const ask = async (v: Visit): Promise<void> => {
  await v.ask('average price by symbol every minute');
  await banner(v).getByRole('button', { name: 'Details' }).click();
};

describe('what is not to be shown again', () => {
  test('is kept by the studio, and holds in another browser', { timeout: 300_000 }, async () => {
    const v = await visit(open);
    await ask(v);
    await banner(v).locator('summary', { hasText: 'Money as FLOAT' }).click();
    const told = v.page.waitForResponse((r) => r.url().endsWith('/suggestions/dismiss') && r.ok());
    await banner(v).getByRole('button', { name: 'More about this suggestion' }).first().click();
    await v.page.getByRole('menuitem', { name: 'Don’t show this kind again' }).click();
    await told;
    await banner(v).locator('summary', { hasText: 'Money as FLOAT' }).waitFor({ state: 'detached' });
    expect(await v.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('suggestion')))).toEqual([]);

    const other = await visit(open);
    await ask(other);
    await banner(other).locator('summary').first().waitFor();
    expect(await banner(other).locator('summary').allTextContents()).not.toContainEqual(expect.stringContaining('Money as FLOAT'));
  });
});

describe('what was suggested beside a notebook', () => {
  test('is there again after a reload, without what was dismissed', { timeout: 300_000 }, async () => {
    const v = await visit(open);
    await v.ask('top 3 customers by amount');
    await banner(v).getByRole('button', { name: 'Details' }).click();
    const titles = banner(v).locator('summary strong');
    const [first = '', ...others] = await titles.allTextContents();
    expect(others.length).toBeGreaterThan(0);
    await banner(v).locator('summary').first().click();
    const told = v.page.waitForResponse((r) => r.url().endsWith('/suggestions/dismiss') && r.ok());
    await banner(v).getByRole('button', { name: 'More about this suggestion' }).first().click();
    await v.page.getByRole('menuitem', { name: 'Ignore' }).click();
    await told;
    await v.page.reload();
    await banner(v).getByRole('button', { name: 'Details' }).click();
    expect(await titles.allTextContents()).toEqual(expect.arrayContaining(others));
    expect(await titles.allTextContents()).not.toContain(first);
  });
});
