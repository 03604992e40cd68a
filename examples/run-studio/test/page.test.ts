import { describe, expect, test } from 'vitest';
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
