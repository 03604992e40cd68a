import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { service } from '../../../test/services.ts';
import { BROKEN, CHANGED, MARKET, NEGLECTED, openWorld, PAYMENTS, tradesOf, UPDATES, VISITS, type World } from './kafka-world.fixture.ts';
import { needsBrowser, OPENING_MS, type OpenStudio, openStudio, type Visit, visit } from './page.fixture.ts';

const kafka = service('kafka');
let open: OpenStudio;
let world: World;
let home: string;
beforeAll(async () => {
  const found = kafka.find();
  if (!found || chromiumPath() === undefined) return;
  home = await mkdtemp(join(tmpdir(), 'velo-studio-'));
  world = await openWorld(found.VELO_KAFKA_CLASSPATH);
  open = await openStudio({ samples: false, home });
}, OPENING_MS);
afterAll(async () => {
  await open?.close();
  await world?.close();
  if (home) await rm(home, { recursive: true, force: true });
}, 60_000);
beforeEach((context) => {
  needsBrowser(context);
  kafka.require(context);
});

afterEach(async () => {
  for (const { id } of (await open?.studio.deployments.list()) ?? []) await open.studio.deployments.delete(id);
});

const SLOW = 300_000;
const connect = (v: Visit): Promise<void> => v.ask(`Connect to kafka at ${world.brokers}`);

describe('journeys on Kafka', () => {
  test('1: explore first', { timeout: SLOW }, async () => {
    await world.holds(MARKET);
    const v = await visit(open);
    await v.shots('j01-0-empty');
    await connect(v);
    await v.hears(/Connected to kafka/);
    await v.ask('what topics are there?');
    await v.sees('customer-events');
    await v.sees('12K');
    await v.shots('j01-1-topics');
    await v.ask('what does trades look like');
    await v.hears(/symbol STRING, price FLOAT, quantity INTEGER/);
    await v.shots('j01-2-schema');
    await v.ask('show me the last 10 messages from trades');
    await v.hears(/10 records/);
    await v.sees('Offset');
    await v.shots('j01-3-messages');
    await v.ask('average price per symbol every minute');
    await v.sees(/AVG/);
    await v.press('Run');
    await v.sees('Waiting for the first row');
    await v.shots('j01-4-waiting');
    await world.feed('trades', tradesOf('price', 1_200));
    await v.stage.locator('.recharts-surface').first().waitFor();
    await v.shots('j01-4-chart');
    await v.ask('test it');
    await v.sees(/assertion/i);
    await v.ask('deploy it');
    await v.approve();
    await v.hears(/is running/);
    await v.shots('j01-5-deployed');
    expect(v.complaints).toEqual([]);
  });

  test('2: from a vague wish to a deployment with a dashboard', { timeout: SLOW }, async () => {
    await world.holds({ trades: MARKET['trades'] as never });
    const v = await visit(open);
    await v.ask('I want to track trading volume by symbol every 5 minutes');
    await v.sees('@metric');
    await v.shots('j02-1-sql');
    await v.ask('generate 1000 sample records');
    await v.sees(/1,000|1000/);
    await v.shots('j02-2-records');
    await v.ask('test it');
    await v.sees(/assertions? passed/i);
    await v.shots('j02-3-test');
    await v.ask('alert when volume exceeds 1M');
    await v.sees(/total_quantity > 1000000/);
    await v.shots('j02-4-alert');
    await connect(v);
    await v.ask('deploy with dashboard');
    await v.page.getByRole('button', { name: 'Approve' }).waitFor();
    await v.shots('j02-5-approval');
    await v.approve();
    await v.sees(/running/i);
    await v.shots('j02-6-deployed');
    expect(v.complaints).toEqual([]);
  });

  test('4: what is wrong with an output is found in its query', { timeout: SLOW }, async () => {
    await world.holds(BROKEN);
    const v = await visit(open);
    await v.ask(`Connect to kafka at ${world.brokers} and inspect the output topic trade-alerts`);
    await v.sees('amount');
    await v.ask('show me 5 messages from trade-alerts');
    await v.sees('Offset');
    await v.ask('compare with raw-trades side by side');
    await v.hears(/Paste its SQL/);
    await v.shots('j04-1-side-by-side');
    await v.ask(
      'CREATE STREAM trade_alerts AS SELECT symbol, AVG(price) AS amount FROM `raw-trades` GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES',
    );
    await v.hears(/price → amount/);
    await v.shots('j04-2-corrected');
    await v.ask('test it');
    await v.sees(/assertion/i);
    await v.ask('deploy it');
    await v.approve();
    await v.hears(/running/);
    await v.shots('j04-3-deployed');
    expect(v.complaints).toEqual([]);
  });

  test('7: an application from a sentence on topics that are there, tested and deployed', { timeout: SLOW }, async () => {
    await world.holds({ trades: MARKET['trades'] as never, orders: MARKET['orders'] as never });
    const v = await visit(open);
    await connect(v);
    await v.ask('Build me a real-time trading analytics app with alerts');
    await v.sees('VWAP Calculator');
    await v.ask('add a join with orders');
    await v.sees(/Trade-Order Enrichment/);
    await v.shots('j07k-1-app');
    await v.press('Test all');
    await v.sees(/passed/i);
    await v.shots('j07k-2-suite');
    await v.ask('deploy app');
    await v.page.getByRole('button', { name: 'Approve' }).waitFor();
    await v.shots('j07k-3-approval');
    await v.approve();
    await v.hears(/is \w+: 5 jobs/);
    await v.sees(/running/i);
    await v.shots('j07k-4-deployed');
    // What arrives on the topic after the deployment goes through its jobs.
    await world.feed('trades', tradesOf('price', 1_200));
    const processed = async (): Promise<number> => {
      const [deployment] = await open.studio.deployments.list();
      return Math.max(0, ...(deployment?.jobs.map((job) => job.metrics.recordsProcessed) ?? []));
    };
    await expect.poll(processed, { timeout: 120_000 }).toBeGreaterThan(0);
    expect(v.complaints).toEqual([]);
  });

  test('8: a template is put on real fields, and takes what it did not use', { timeout: SLOW }, async () => {
    await world.holds(PAYMENTS);
    const v = await visit(open);
    await v.ask('what templates are there?');
    await v.ask('show me the fraud detection template');
    await connect(v);
    await v.ask('inspect transactions');
    await v.sees('merchant_category');
    await v.ask('use it with transactions, amount is transaction_amount, user_id is customer_id, timestamp is event_time');
    await v.sees(/5 queries/);
    await v.page.getByRole('region', { name: 'Suggestions' }).waitFor();
    await v.shots('j08-3-mapped');
    await v.ask('add both');
    await v.sees(/7 queries/);
    await v.hears(/Added .* has 7 queries over transactions now/);
    await v.press('Test all');
    await v.sees(/All 7 assertions|passed/);
    await v.shots('j08-4-suite');
    await v.ask('deploy app');
    await v.approve();
    await v.hears(/is \w+: 7 jobs/);
    await v.shots('j08-5-deployed');
    expect(v.complaints).toEqual([]);
  });
});

describe('what the studio says by itself', () => {
  const suggestions = (v: Visit) => v.page.getByRole('region', { name: 'Suggestions' });

  test('9.1: related topics, a dead-letter topic that fills, one that fell silent', { timeout: SLOW }, async () => {
    await world.holds(NEGLECTED);
    const v = await visit(open);
    await connect(v);
    await v.ask('list topics');
    await suggestions(v).getByRole('button', { name: 'Details' }).click();
    await suggestions(v).getByText('Silent source').waitFor();
    await suggestions(v).locator('summary', { hasText: 'Dead letters wait' }).click();
    await suggestions(v).getByText('dead-letter-queue has 1240 messages').waitFor();
    await v.shots('j091-1-suggestions');
    expect(v.complaints).toEqual([]);
  });

  test('9.2: a query that could be cheaper: its change is looked at and applied; performance only, then all', {
    timeout: SLOW,
  }, async () => {
    await world.holds(VISITS);
    const v = await visit(open);
    await connect(v);
    await v.ask('count visits by session id every minute');
    await suggestions(v).getByRole('button', { name: 'Apply all' }).waitFor();
    await v.shots('j092-1-banner');
    await suggestions(v).getByRole('button', { name: 'Details' }).click();
    const card = suggestions(v).locator('details', { hasText: 'Fewer rows with HAVING' });
    await card.locator('summary').click();
    await card.getByRole('button', { name: 'View diff' }).click();
    await card.locator('[data-line="added"]', { hasText: 'HAVING COUNT(*) > 1' }).waitFor();
    await v.shots('j092-2-diff');
    // The fix of this one suggestion, and of none beside it.
    await card.getByRole('button', { name: 'Add HAVING' }).click();
    await v.sees(/HAVING/);
    expect(await v.stage.getByText(/@metric/).count()).toBe(0);
    await v.shots('j092-3-fixed');

    await v.ask('count visits by session id every minute');
    await suggestions(v).getByRole('button', { name: 'Performance only' }).click();
    await v.sees(/HAVING/);
    await v.shots('j092-4-performance');

    await v.ask('count visits by session id every minute');
    await suggestions(v).getByRole('button', { name: 'Apply all' }).click();
    await v.sees(/HAVING/);
    await v.sees(/@metric/);
    await v.shots('j092-5-all');
    await v.ask('ignore the rest');
    await suggestions(v).waitFor({ state: 'detached' });
    expect(v.complaints).toEqual([]);
  });

  test('9.4: the health of what runs, and a fix for what it lacks', { timeout: SLOW }, async () => {
    await world.holds({ trades: MARKET['trades'] as never });
    const v = await visit(open);
    await connect(v);
    await v.ask('SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES');
    await v.ask('deploy it');
    await v.approve();
    await world.feed('trades', tradesOf('price', 1_200));
    await v.ask('how are my pipelines doing?');
    await v.hears(/\d+ jobs?/);
    const health = v.stage.getByRole('region', { name: 'Health' });
    await health.getByText(/1 job, all well|need a look/).waitFor();
    await health.getByRole('table', { name: 'Jobs' }).getByText(/_q1$/).waitFor();
    await v.shots('j094-1-health');
    await suggestions(v).getByRole('button', { name: 'Details' }).click();
    const card = suggestions(v).locator('details', { hasText: 'Not watched' });
    await card.locator('summary').click();
    await v.shots('j094-2-cause');
    await card.locator('.velo-toolbar').getByRole('button').first().click();
    await v.sees(/@metric/);
    await v.shots('j094-3-fixed');

    // It is there without asking, too.
    await v.page.reload();
    await v.page.getByRole('button', { name: /^Pipelines$/ }).click();
    await v.page.getByRole('complementary', { name: 'Pipelines' }).getByRole('button', { name: 'Health' }).click();
    await health.getByRole('table', { name: 'Jobs' }).getByText(/_q1$/).waitFor();
    expect(v.complaints).toEqual([]);
  });

  test('9.5: a source changed: diff, fix, deployed again', { timeout: SLOW }, async () => {
    await world.holds(UPDATES);
    const v = await visit(open);
    await connect(v);
    await v.ask(
      'SELECT legacy_status, COUNT(*) AS order_count FROM `order-updates` GROUP BY legacy_status WINDOW TUMBLING(1m) EMIT CHANGES',
    );
    await v.ask('deploy it');
    await v.approve();
    await v.hears(/running/);
    await world.holds(CHANGED);
    // Whoever opens the notebook again is told, without asking.
    await v.page.reload();
    await suggestions(v).getByRole('button', { name: 'Details' }).click();
    await suggestions(v).locator('summary').first().click();
    await suggestions(v).getByRole('button', { name: 'View diff' }).first().click();
    await suggestions(v).getByText('order_status').first().waitFor();
    await v.shots('j095-1-diff');
    await v.ask('apply the first suggestion');
    await v.sees(/order_status/);
    await v.shots('j095-2-fixed');
    expect(v.complaints).toEqual([]);
  });
});
