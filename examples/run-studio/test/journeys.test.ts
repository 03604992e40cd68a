import { describe, expect, test } from 'vitest';
import { sampleStudio } from './page.fixture.ts';

const visit = sampleStudio();
const SLOW = 300_000;

describe('a newcomer', () => {
  test('sees a live chart at once, and one of their own question within 30 s', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.stage.locator('.recharts-surface').first().waitFor();
    await v.shots('j00-1-first');
    await v.ask('number of trades per symbol every minute');
    await v.press('Run');
    await v.stage.locator('.recharts-surface').first().waitFor();
    await v.sees(/[1-9][\d,]* rows/);
    await v.shots('j00-2-own-chart');
    await v.stage.getByRole('radio', { name: 'Table' }).click();
    await v.stage.getByRole('grid').waitFor();
    await v.shots('j00-3-table');
    expect(v.complaints).toEqual([]);
  });
});

describe('journeys on the sample streams', () => {
  test('3: SQL that is there already is explained, tested, monitored, deployed', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask(
      "SELECT region, SUM(amount) AS revenue FROM orders GROUP BY region WINDOW TUMBLING(order_time, INTERVAL '1' MINUTE) EMIT CHANGES",
    );
    await v.hears(/revenue per region/i);
    await v.shots('j03-1-pasted');
    await v.press('Test');
    await v.sees(/assertions? passed/i);
    await v.shots('j03-1b-test');
    await v.ask('add monitoring');
    await v.sees(/@metric/);
    await v.shots('j03-2-monitored');
    await v.ask('deploy it');
    await v.approve();
    await v.sees(/running/i);
    await v.page.getByRole('button', { name: /^Pipelines$/ }).click();
    await v.page.getByRole('complementary', { name: 'Pipelines' }).getByText('running').first().waitFor();
    await v.shot('j03-3-pipelines');
    expect(v.complaints).toEqual([]);
  });

  test('4: a test that fails says why, and its fix is pressed and passes', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask('SELECT region, SUM(amount) AS revenue FROM orders WHERE status IS NULL GROUP BY region EMIT FINAL');
    await v.hears(/from orders where status IS NULL/);
    await v.press('Test');
    await v.sees(/assertions? failed/i);
    await v.shots('j04f-1-failed');
    await v.press(/Apply fix/i);
    await v.stage.getByRole('tab', { name: 'Revenue per region', exact: true, selected: true }).waitFor();
    await v.stage.getByText('IS NOT NULL').first().waitFor();
    await v.shots('j04f-2-fixed');
    await v.press('Test');
    await v.stage
      .getByText(/assertions? passed/i)
      .first()
      .waitFor();
    await v.shots('j04f-3-passed');
    expect(v.complaints).toEqual([]);
  });

  test('5: production SQL gets metrics, an alert and a dashboard', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask(
      "SELECT region, SUM(amount) AS revenue, AVG(amount) AS avg_amount FROM orders GROUP BY region WINDOW TUMBLING(order_time, INTERVAL '1' MINUTE) EMIT FINAL",
    );
    await v.ask('add Prometheus metrics and alerting: alert when revenue exceeds 100000');
    await v.sees(/revenue > 100000/);
    await v.shots('j05-1-annotated');
    await v.ask('create a dashboard');
    await v.stage.locator('.velo-panel .recharts-surface').first().waitFor();
    await v.shots('j05-2-dashboard');
    await v.ask('deploy it with the dashboard');
    await v.approve();
    await v.sees(/running/i);
    await v.hears(/1 job, 2 metrics, 1 alert/);
    await v.shots('j05-3-deployed');
    expect(v.complaints).toEqual([]);
  });

  test('6: the tutorial goes on by what was done', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask('start the tutorial');
    await v.hears(/Lesson 1 of 8/);
    await v.shots('j06-1-lesson');
    for (let lesson = 2; lesson <= 8; lesson++) {
      await v.ask('test it');
      await v.hears(new RegExp(`Lesson ${lesson} of 8`));
    }
    await v.ask('hint');
    await v.hears(/deploy/);
    await v.shots('j06-2-last');
    expect(v.complaints).toEqual([]);
  });

  test('7: an application from a sentence: data flow, dashboard, test of all, deployment', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask('Build me a real-time trading analytics app with alerts');
    await v.sees('VWAP Calculator');
    await v.shots('j07-1-app');
    await v.stage.getByRole('tab', { name: 'Data flow' }).click();
    await v.stage.locator('.react-flow__node').first().waitFor();
    await v.shots('j07-2-flow');
    await v.stage.getByRole('tab', { name: 'Dashboard' }).click();
    await v.stage.locator('.velo-panel .recharts-surface').nth(1).waitFor();
    await v.shots('j07-3-dashboard');
    await v.stage.getByRole('tab', { name: 'Metrics and alerts' }).click();
    await v.shots('j07-4-metrics');
    await v.ask('add a join with orders');
    await v.stage.getByRole('tab', { name: 'Queries' }).click();
    await v.sees(/Trade-Order Enrichment/);
    await v.press('Test all');
    await v.sees(/queries? passed|passed/i);
    await v.shots('j07-5-suite');
    await v.ask('deploy app');
    await v.approve();
    await v.sees(/running/i);
    await v.hears(/5 jobs/);
    await v.shots('j07-6-deployed');
    expect(v.complaints).toEqual([]);
  });

  test('8: templates are browsed and looked into', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.page.getByRole('button', { name: /^Templates$/ }).click();
    await v.sees('Fraud Detection');
    await v.shots('j08-1-templates');
    await v.ask('show me the fraud detection template');
    await v.sees(/transactions/);
    await v.shots('j08-2-detail');
    expect(v.complaints).toEqual([]);
  });

  test('9.3: annotations in three tiers', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask(
      'SELECT symbol, AVG(price) AS avg_price, COUNT(*) AS trade_count FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES',
    );
    await v.page.getByRole('region', { name: 'Suggestions' }).waitFor();
    await v.page.getByRole('button', { name: 'Details' }).click();
    await v.shots('j093-1-suggestions');
    await v.ask('annotate it with metrics, alerts and a dashboard');
    await v.sees(/dashboard|avg_price/i);
    await v.shots('j093-2-annotated');
    expect(v.complaints).toEqual([]);
  });

  test('9.6: a dashboard from words alone', { timeout: SLOW }, async () => {
    const v = await visit();
    await v.ask('create a dashboard showing trading volume and price per symbol');
    await v.stage.getByRole('button', { name: 'View SQL' }).first().waitFor();
    await v.stage.locator('.velo-panel .recharts-surface').nth(1).waitFor();
    await v.shots('j096-1-dashboard');
    expect(v.complaints).toEqual([]);
  });

  test('10.1: files by a glob become a live chart', { timeout: SLOW }, async () => {
    const v = await visit();
    const { SAMPLE_FILES } = await import('../server/create-sample-studio.ts');
    await v.ask(`connect to file://${SAMPLE_FILES}/stocks.csv`);
    await v.ask('what does stocks look like');
    await v.sees('symbol');
    await v.shots('j101-1-schema');
    await v.ask('show the first 10 rows of stocks');
    await v.sees(/MSFT/);
    await v.shots('j101-2-rows');
    await v.ask('SELECT symbol, COUNT(*) AS prices FROM stocks GROUP BY symbol EMIT CHANGES');
    await v.press('Run');
    await v.stage.locator('.recharts-surface').first().waitFor();
    await v.shots('j101-3-chart');
    expect(v.complaints).toEqual([]);
  });
});
