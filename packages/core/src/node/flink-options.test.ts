import { describe, expect, test } from 'vitest';
import { runHere } from './velo.fixture.ts';

describe('options of a Flink cluster', () => {
  test.each([
    [['--flink-rest', 'http://h:1'], '--flink-rest needs --flink-gateway'],
    [['--flink-gateway', 'nowhere'], '"nowhere" is no address of a SQL Gateway'],
    [['--flink-gateway', 'http://h:1'], '--flink-gateway needs --flink-savepoints'],
    [['--flink-gateway', 'http://h:1', '--flink-savepoints', 's3://b', '--flink-parallelism', '0'], '"0" is no parallelism'],
    [['--flink-gateway', 'http://h:1', '--flink-savepoints', 's3://b', '--flink-state-backend', 'disk'], '"disk" is no state backend'],
  ])('say what is wrong with them: %j', async (options, said) => {
    const { code, stderr } = await runHere(['studio', '--port', '0', ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });

  test('name a cluster that does not answer, without its password', async () => {
    const sql = "SELECT id FROM 'kafka://127.0.0.1:1/orders' INTO 'kafka://127.0.0.1:1/out'";
    const cluster = ['--flink-gateway', 'http://u:canary@127.0.0.1:1', '--flink-savepoints', 'file:///tmp/x'];
    const { code, stdout, stderr } = await runHere(['deploy', '-', '--run', ...cluster], { stdin: sql });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^plan .* on flink\n/)]);
    expect(stdout + stderr).not.toContain('canary');
  });
});
