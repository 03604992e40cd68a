import { describe, expect, test } from 'vitest';
import { sessionProperties } from './submit-job.ts';

const settings = { parallelism: undefined, stateBackend: undefined, checkpointIntervalMs: 10_000, idleTimeoutMs: undefined, more: {} };
const IDLE = 'table.exec.source.idle-timeout';

describe('the settings of a job', () => {
  test('are those of the target, and what it goes on from', () => {
    const found = sessionProperties('sums', { ...settings, parallelism: 4, stateBackend: 'rocksdb' }, 'file:///savepoint-1');
    expect(found).toMatchObject({
      'pipeline.name': 'sums',
      'execution.checkpointing.interval': '10000 ms',
      'parallelism.default': '4',
      'state.backend.type': 'rocksdb',
      'execution.state-recovery.path': 'file:///savepoint-1',
    });
  });

  test('let readers without a partition go by where there may be some', () => {
    expect(sessionProperties('sums', settings, undefined)).not.toHaveProperty([IDLE]);
    expect(sessionProperties('sums', { ...settings, parallelism: 2 }, undefined)).toHaveProperty([IDLE], '60000 ms');
    expect(sessionProperties('sums', { ...settings, idleTimeoutMs: 5 }, undefined)).toHaveProperty([IDLE], '5 ms');
    expect(sessionProperties('sums', { ...settings, parallelism: 2, more: { [IDLE]: '0 ms' } }, undefined)).toHaveProperty([IDLE], '0 ms');
  });
});
