import { describe, expect, test } from 'vitest';
import { folderWith, runVelo } from './velo.fixture.ts';

const APP = "-- @name: up\nSELECT symbol, price FROM 'file://trades.csv';\n";

describe.concurrent('velo deploy', { timeout: 60_000 }, () => {
  test('says where spans and samples are not sent, and why', async () => {
    using folder = folderWith({ 'app.sql': APP, 'trades.csv': 'symbol,price\nAAPL,1\n' });
    const sending = ['deploy', 'app.sql', '--otlp', 'http://127.0.0.1:4318', '--remote-write', 'http://127.0.0.1:9090/api/v1/write'];
    const planned = await runVelo(sending, { cwd: folder.path });
    expect(planned.stderr).toContain('warning: --otlp is not used, because nothing is run without --run\n');
    expect(planned.stderr).toContain('warning: --remote-write is not used, because nothing is run without --run\n');
    const flink = ['--flink-gateway', 'http://127.0.0.1:1', '--flink-savepoints', 'file:///nowhere'];
    const cluster = await runVelo([...sending, ...flink], { cwd: folder.path });
    expect(cluster.stderr).toContain(
      'warning: --otlp is not used, because the jobs run on the Flink cluster; configure the reporters of Flink',
    );
  });
});
