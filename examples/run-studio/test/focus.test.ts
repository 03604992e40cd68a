import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { sampleStudio } from './page.fixture.ts';

const visit = sampleStudio();
const SLOW = 300_000;

/** Accessible name of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement === document.body
      ? 'the page'
      : (activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '').trim();
  });

describe('what opens over the page gives the focus back to what opened it', () => {
  test('the dialog of a deployment, whose button was busy meanwhile', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask('number of trades per symbol every minute');
    const deploy = v.stage.getByRole('button', { name: 'Deploy', exact: true });
    const dialog = v.page.getByRole('dialog');
    for (const leave of [() => v.page.keyboard.press('Escape'), () => dialog.getByRole('button', { name: 'Cancel' }).click()]) {
      await deploy.focus();
      await v.page.keyboard.press('Enter');
      await dialog.waitFor();
      await leave();
      await dialog.waitFor({ state: 'detached' });
      await expect.poll(() => focused(v.page)).toBe('Deploy');
    }
    expect(v.complaints).toEqual([]);
  });

  test('the palette', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.page.getByRole('textbox', { name: 'Message' }).focus();
    await v.page.keyboard.press('Control+k');
    await v.page.getByRole('dialog').waitFor();
    await v.page.keyboard.press('Escape');
    await expect.poll(() => focused(v.page)).toBe('Message');
  });

  test('the palette, from within an editor of SQL that has keys of its own', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask('number of trades per symbol every minute');
    const editor = v.stage.getByRole('textbox', { name: /^SQL of/ });
    await editor.focus();
    await v.page.keyboard.press('Control+k');
    await v.page.getByRole('dialog').waitFor();
    await v.page.keyboard.press('Escape');
    await expect.poll(() => focused(v.page)).toMatch(/^SQL of/);
  });

  test('every drawer, from its own door and from the top bar, and a menu within', { timeout: SLOW }, async () => {
    const v = await visit();
    const rail = v.page.getByRole('navigation', { name: 'Studio' });
    for (const name of ['Notebooks', 'Sources', 'Pipelines', 'Tests']) {
      await rail.getByRole('button', { name, exact: true }).focus();
      await v.page.keyboard.press('Enter');
      const drawer = v.page.getByRole('complementary', { name });
      await drawer.waitFor();
      if (name === 'Notebooks') {
        const actions = drawer.getByRole('button', { name: /^Actions for/ }).first();
        await actions.focus();
        await v.page.keyboard.press('Enter');
        await v.page.getByRole('menu').waitFor();
        await v.page.keyboard.press('Escape');
        await v.page.getByRole('menu').waitFor({ state: 'detached' });
        await expect.poll(() => focused(v.page)).toMatch(/^Actions for/);
        await v.page.keyboard.press('Enter');
        await v.page.getByRole('menuitem', { name: 'Rename' }).click();
        await expect.poll(() => focused(v.page)).toBe('New name');
        await v.page.keyboard.type('Looked at by keys');
        await v.page.keyboard.press('Enter');
        await drawer.getByText('Looked at by keys').waitFor();
        await expect.poll(() => focused(v.page)).toMatch(/^Actions for/);
      }
      // In a new notebook the other two have nothing that could be pressed; their door has the focus still.
      if (name === 'Notebooks' || name === 'Sources') await drawer.getByRole('button').first().focus();
      await v.page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      await expect.poll(() => focused(v.page)).toBe(name);
    }
    const sources = v.page.getByRole('banner').getByRole('button', { name: /^Sources/ });
    await sources.focus();
    await v.page.keyboard.press('Enter');
    const drawer = v.page.getByRole('complementary', { name: 'Sources' });
    await drawer.getByRole('button', { name: 'Connect a source' }).focus();
    await v.page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => focused(v.page)).toMatch(/^Sources/);
    expect(v.complaints).toEqual([]);
  });
});

test('what is opened on the stage begins at its top, wherever another artifact was scrolled to', { timeout: SLOW }, async () => {
  const v = await visit({ height: 600 });
  await v.ask('show me the templates');
  await v.stage.getByRole('button', { name: 'Details of Trading Analytics' }).click();
  await v.stage.getByRole('button', { name: 'Use template', exact: true }).waitFor();
  expect(await v.page.locator('#stage-panel').evaluate((panel) => panel.scrollTop)).toBe(0);
  await v.stage.getByRole('button', { name: 'Use template', exact: true }).click();
  await v.stage.getByRole('button', { name: 'Deploy app' }).waitFor();
  expect(v.complaints).toEqual([]);
});
