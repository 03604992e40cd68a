import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SAMPLE_FILES } from '../server/create-sample-studio.ts';
import { sampleStudio } from './page.fixture.ts';

const visit = sampleStudio();
const SLOW = 300_000;

describe('the page', () => {
  test.each([
    [390, false],
    [390, true],
    [900, false],
    [1440, true],
  ])('shows everything without scrolling sideways at %i px, dark %s', { timeout: SLOW }, async (width, dark) => {
    const v = await visit({ width, height: width < 500 ? 844 : 900, dark });
    await v.shot('opening');
    expect((await v.conversation.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await v.ask('total quantity per symbol every minute');
    await v.sees('SUM');
    const overflow = await v.page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
      return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight };
    });
    expect(overflow).toEqual({ x: 0, y: 0 });
    await v.shot('question');
    expect(v.complaints).toEqual([]);
  });

  test('a chart and a table keep within their card at 200 % zoom', { timeout: SLOW }, async () => {
    const v = await visit({ width: 720, height: 450 });
    await v.ask('revenue by region every minute');
    await v.press('Run');
    const card = v.stage.locator('.velo-card[data-kind="query-results"]:visible');
    const bottom = async (inner: Locator): Promise<number> => {
      const box = await inner.boundingBox();
      return (box?.y ?? Number.NaN) + (box?.height ?? 0);
    };
    await card.locator('.velo-plot').waitFor();
    expect(await bottom(card)).toBeGreaterThanOrEqual(await bottom(card.locator('.velo-plot')));
    await card.getByText('Table', { exact: true }).click();
    await card.locator('.velo-grid').waitFor();
    expect(await bottom(card)).toBeGreaterThanOrEqual(await bottom(card.locator('.velo-grid')));
    const sources = await v.page.getByRole('button', { name: 'Sources: sample streams' }).boundingBox();
    expect(sources?.height).toBeLessThan(40);
  });

  test('the tip of a door leaves the next door free', { timeout: SLOW }, async () => {
    const v = await visit();
    const doors = v.page.getByRole('navigation', { name: 'Studio' });
    await doors.getByRole('button', { name: 'Templates' }).focus();
    await v.page.keyboard.press('Tab');
    await v.page.getByRole('tooltip').first().waitFor({ state: 'attached' });
    const isFree = await doors.getByRole('button', { name: 'Templates' }).evaluate((door) => {
      const { x, y, width, height } = door.getBoundingClientRect();
      return [0.1, 0.5, 0.9].every((at) => door.contains(document.elementFromPoint(x + width / 2, y + height * at)));
    });
    expect(isFree).toBe(true);
  });

  test('a file that is not there is not connected, and the form says so', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.page.keyboard.press('Control+k');
    await v.page.getByRole('combobox', { name: /Find an action/ }).fill('sources');
    await v.page.keyboard.press('Enter');
    const sources = v.page.getByRole('complementary', { name: 'Sources' });
    await sources.getByRole('button', { name: 'Connect a source' }).click();
    await sources.getByLabel('URI').fill(`file://${SAMPLE_FILES}/missing.csv`);
    await sources.getByRole('button', { name: 'Connect', exact: true }).click();
    await sources.getByText(/nothing is at .*missing\.csv/).waitFor();
    expect(await v.page.getByRole('button', { name: /^Sources: / }).innerText()).toContain('sample streams');
  });

  test('a file with data dropped beside the composer leaves the page where it is, and says where it belongs', {
    timeout: SLOW,
  }, async () => {
    const v = await visit();
    const isHeld = await v.stage.evaluate((stage) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['a,b\n1,2\n'], 'sales.csv'));
      return !stage.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    expect(isHeld).toBe(true);
    await v.page
      .getByText(/"sales.csv" is data/)
      .first()
      .waitFor();
    expect(await v.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('');
  });

  test('keyboard alone: the palette opens a panel', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.page.keyboard.press('Control+k');
    await v.shot('palette');
    await v.page.getByRole('combobox', { name: /Find an action/ }).fill('sources');
    await v.page.keyboard.press('Enter');
    const sources = v.page.getByRole('complementary', { name: 'Sources' });
    await sources.getByText('trades').first().waitFor();
    await sources.getByRole('button', { name: 'Connect a source' }).click();
    await v.shot('sources');
  });
});
