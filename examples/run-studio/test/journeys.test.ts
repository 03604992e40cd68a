import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { needsBrowser, type OpenStudio, openStudio, visit } from './page.fixture.ts';

let open: OpenStudio;
beforeAll(async () => {
  if (chromiumPath() !== undefined) open = await openStudio();
}, 180_000);
afterAll(async () => open?.close());
beforeEach((context) => needsBrowser(context));

const SLOW = 120_000;
const stage = '[aria-label="Artifacts"]';

describe('a newcomer', () => {
  test('sees a live chart at once, and one of their own question soon after', { timeout: SLOW }, async () => {
    const since = Date.now();
    const { page, ask, shot, complaints } = await visit(open);
    await page.locator(`${stage} .recharts-surface`).first().waitFor({ timeout: 20_000 });
    await ask('average price by symbol every minute');
    await page.locator(stage).getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator(`${stage} .recharts-surface`).first().waitFor({ timeout: 20_000 });
    await page
      .locator(stage)
      .getByText(/[1-9][\d,]* rows/)
      .first()
      .waitFor();
    expect(Date.now() - since).toBeLessThan(60_000);
    await shot('newcomer');
    expect(complaints).toEqual([]);
  });

  test.each([
    [390, false],
    [390, true],
    [900, false],
    [1440, true],
  ])('finds everything at %i px, dark %s', { timeout: SLOW }, async (width, dark) => {
    const { page, ask, shot, complaints } = await visit(open, { width, height: width < 500 ? 844 : 900, dark });
    await ask('total quantity per symbol every minute');
    await page.locator(stage).getByText('SUM', { exact: false }).first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await shot('question');
    expect(complaints).toEqual([]);
  });
});

describe('journeys', () => {
  test('explore: sources, fields, records', { timeout: SLOW }, async () => {
    const { page, ask, shot } = await visit(open);
    await ask('list sources');
    await page.locator(stage).getByText('sensor_readings').first().waitFor();
    await ask('what does trades look like');
    await page.locator(stage).getByText('quantity').first().waitFor();
    await ask('show me the last 10 trades');
    await page
      .locator(stage)
      .getByText(/AURA|BOLT|CINO|DELF|EKOS|FERN/)
      .first()
      .waitFor();
    await shot('explore');
  });

  test('paste SQL, test it, add monitoring, deploy it', { timeout: SLOW }, async () => {
    const { page, ask, shot } = await visit(open);
    await ask("SELECT region, SUM(amount) AS revenue FROM orders GROUP BY region WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) EMIT CHANGES");
    await ask('test it');
    await page
      .locator(stage)
      .getByText(/assertions? passed/i)
      .first()
      .waitFor();
    await shot('test');
    await ask('add Prometheus metrics and alerting');
    await page
      .locator(stage)
      .getByText(/@metric/)
      .first()
      .waitFor();
    await ask('deploy it');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page
      .locator(stage)
      .getByText(/running/i)
      .first()
      .waitFor({ timeout: 30_000 });
    await shot('deployed');
    await page.getByRole('button', { name: /^Pipelines$/ }).click();
    await page.getByRole('complementary', { name: 'Pipelines' }).getByText('running').first().waitFor();
  });

  test('an application from a sentence: topology, test of all, dashboard', { timeout: SLOW }, async () => {
    const { page, ask, shot } = await visit(open);
    await ask('Build a trading analytics app on trades');
    await page.locator(stage).getByText('VWAP Calculator').first().waitFor();
    await shot('app');
    await page.locator(stage).getByRole('tab', { name: 'Data flow' }).click();
    await page.locator(stage).locator('.react-flow__node').first().waitFor({ timeout: 20_000 });
    await shot('topology');
    await page.locator(stage).getByRole('tab', { name: 'Dashboard' }).click();
    await shot('dashboard');
    await page.locator(stage).getByRole('button', { name: 'Test all' }).click();
    await page
      .locator(stage)
      .getByText(/queries? passed|passed/i)
      .first()
      .waitFor({ timeout: 30_000 });
    await shot('suite');
  });

  test('a template by its card', { timeout: SLOW }, async () => {
    const { page, ask, shot } = await visit(open);
    await page.getByRole('button', { name: /^Templates$/ }).click();
    await page.locator(stage).getByText('Fraud Detection').first().waitFor();
    await shot('templates');
    await ask('get the trading analytics template');
    await page.locator(stage).getByText('Top Movers').first().waitFor();
  });

  test('files: a CSV of real prices becomes a chart', { timeout: SLOW }, async () => {
    const { page, ask, shot } = await visit(open);
    const { SAMPLE_FILES } = await import('../server/create-sample-studio.ts');
    await ask(`connect to file://${SAMPLE_FILES}/stocks.csv`);
    await ask('what does stocks look like');
    await page.locator(stage).getByText('symbol').first().waitFor();
    await ask('SELECT symbol, COUNT(*) AS prices FROM stocks GROUP BY symbol EMIT CHANGES');
    await page.locator(stage).getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator(`${stage} .recharts-surface`).first().waitFor({ timeout: 20_000 });
    await shot('files');
  });

  test('the tutorial goes on by what was done', { timeout: SLOW }, async () => {
    const { page, ask } = await visit(open);
    await ask('start the tutorial');
    await page.getByText(/Lesson 1 of 8/).waitFor();
  });

  test('keyboard alone: the palette opens a panel', { timeout: SLOW }, async () => {
    const { page } = await visit(open);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Find an action/ }).fill('sources');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Sources' }).getByText('trades').first().waitFor();
  });
});
