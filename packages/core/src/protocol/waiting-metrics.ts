import type { QueryMetrics } from './query.ts';

/** What is known of a query before it is planned. */
export const WAITING_METRICS: QueryMetrics = {
  status: 'waiting',
  rowsIn: 0,
  rowsOut: 0,
  rowsFiltered: 0,
  rowsLate: 0,
  rowErrors: 0,
  rowsPerSecond: 0,
  watermark: null,
  warnings: {},
  lastErrors: [],
  operators: [],
  sources: [],
  stateBytes: 0,
  startedAt: null,
  elapsedMs: 0,
};
