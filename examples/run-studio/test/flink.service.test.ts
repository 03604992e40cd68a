import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { driverFor, freshName, produce } from '../../../packages/connectors/test/kafka/kafka.fixture.ts';
import { service } from '../../../test/services.ts';
import { needsBrowser, OPENING_MS, type OpenStudio, openStudio, visit } from './page.fixture.ts';

const cluster = service('flink');
const broker = service('kafka');
let open: OpenStudio;
let home: string;
beforeAll(async () => {
  const found = cluster.find();
  if (!found || chromiumPath() === undefined) return;
  home = await mkdtemp(join(tmpdir(), 'velo-studio-'));
  const flink = {
    gatewayUrl: found.VELO_FLINK_GATEWAY,
    restUrl: found.VELO_FLINK_REST,
    savepointDirectory: found.VELO_FLINK_SAVEPOINTS,
    checkpointIntervalMs: 500,
  };
  open = await openStudio({ samples: false, home, flink });
}, OPENING_MS);
afterAll(async () => {
  for (const { id } of (await open?.studio.deployments.list()) ?? []) await open.studio.deployments.delete(id);
  await open?.close();
  if (home) await rm(home, { recursive: true, force: true });
}, 60_000);
beforeEach((context) => {
  needsBrowser(context);
  cluster.require(context);
});

describe('deploying to Flink from the page', () => {
  test('a target is chosen, its report read, the job paused with a savepoint, resumed, replaced, rolled back', {
    timeout: 300_000,
  }, async (context) => {
    const brokers = broker.require(context).VELO_KAFKA_BROKERS;
    const driver = driverFor(brokers);
    const [orders, sums] = [freshName('orders').replaceAll('-', '_'), freshName('sums').replaceAll('-', '_')];
    await driver.admin.createTopics([orders, sums].map((topic) => ({ topic, partitions: 1, replicationFactor: 1 })));
    const rows = Array.from({ length: 400 }, (_, i) => ({
      id: i,
      region: ['north', 'south'][i % 2],
      total: 10 + (i % 50),
      at: new Date(Date.now() - (400 - i) * 1_000).toISOString(),
    }));
    await produce(
      driver,
      orders,
      rows.map((row) => JSON.stringify(row)),
      { startAt: Date.now() - 400_000 },
    );
    await driver.close();

    const v = await visit(open);
    await v.ask(`connect to kafka://${brokers}/${orders}`);
    const query = (least: number): string =>
      `SELECT region, COUNT(*) AS orders, SUM(total) AS revenue FROM ${orders} WHERE total > ${least} GROUP BY region WINDOW TUMBLING(at, 10s) EMIT FINAL INTO 'kafka://${brokers}/${sums}'`;
    const deploy = async (sql: string): Promise<void> => {
      await v.ask(sql);
      await v.press('Deploy');
      await v.page.getByRole('dialog').getByRole('radio', { name: 'Apache Flink' }).click();
      await v.page.getByRole('table', { name: 'Statements on flink' }).waitFor();
    };
    await deploy(query(0));
    await v.page
      .getByRole('dialog')
      .getByText(/the same|with a difference/)
      .first()
      .waitFor();
    await v.shots('flink-1-plan');
    await v.page.getByRole('dialog').getByRole('button', { name: 'Deploy', exact: true }).click();
    const commands = v.page.getByRole('toolbar', { name: /What can be done/ });
    await commands.getByRole('button', { name: 'Pause' }).waitFor();
    await v.sees(/on flink · running/);
    await v.shots('flink-2-running');
    await commands.getByRole('button', { name: 'Pause' }).click();
    await v.stage.getByText(/on flink · paused/).waitFor();
    await v.shots('flink-3-paused');
    await commands.getByRole('button', { name: 'Resume' }).click();
    await v.stage.getByText(/on flink · running/).waitFor();

    await deploy(query(20));
    await v.page.getByRole('dialog').getByRole('button', { name: 'Deploy', exact: true }).click();
    await v.stage.getByText(/Version 2 on flink · running/).waitFor();
    await commands.getByRole('button', { name: 'Roll back' }).click();
    await v.stage.getByText(/Version 1 on flink · running/).waitFor();
    await v.shots('flink-4-back');
    expect(v.complaints).toEqual([]);
  });

  test('what does not run on Flink is refused with its reason, and cannot be deployed', { timeout: 300_000 }, async (context) => {
    broker.require(context);
    const v = await visit(open);
    const { SAMPLE_FILES } = await import('../server/create-sample-studio.ts');
    await v.ask(`connect to file://${SAMPLE_FILES}/stocks.csv`);
    await v.ask('SELECT symbol, price FROM stocks WHERE price > 100 EMIT CHANGES');
    await v.press('Deploy');
    const dialog = v.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Apache Flink' }).click();
    await dialog.locator('[data-tone="negative"], [data-verdict="refused"]').first().waitFor();
    await v.shots('flink-5-refused');
    expect(await dialog.getByRole('button', { name: 'Deploy', exact: true }).isDisabled()).toBe(true);
  });
});
