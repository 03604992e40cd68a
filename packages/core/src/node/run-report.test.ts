import { expect, test } from 'vitest';
import type { Query, QueryMetrics, Silence } from '../engine/api.ts';
import { WAITING_METRICS } from '../protocol/waiting-metrics.ts';
import { runReport } from './run-report.ts';

const heard: Silence = { silent: false, reasons: [] };
const reportOf = (metrics: Partial<QueryMetrics>): string[] =>
  runReport({ metrics: () => ({ ...WAITING_METRICS, ...metrics }), explainSilence: () => heard } as Query, { isComplete: false });
const trades = (ended: boolean) => [{ name: 'trades', rowsIn: 3, badRecords: 0, ended, idle: false }];
const LATE = 'VS2063: EMIT FINAL without WINDOW emits at the end of the input only';

test('who waited for the end of the input is not told to wait for it', () => {
  expect(reportOf({ sources: trades(false), warnings: { [LATE]: 1 } })).toEqual([`warning: ${LATE}`]);
  expect(reportOf({ sources: trades(true), warnings: { [LATE]: 1 } })).toEqual([]);
});

test('a warning is counted from its second time on', () => {
  expect(reportOf({ sources: trades(true), warnings: { once: 1, often: 1200 } })).toEqual(['warning: once', 'warning: often (1,200)']);
});
