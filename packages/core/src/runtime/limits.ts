import type { Limits } from '../protocol/limits.ts';

export type { Limits } from '../protocol/limits.ts';

export const DEFAULT_LIMITS: Limits = {
  maxGroups: 10_000_000,
  maxStateBytes: 2 * 1024 ** 3,
  maxRows: Number.POSITIVE_INFINITY,
  maxTimeMs: Number.POSITIVE_INFINITY,
  maxJoinFanout: 1_000_000,
  maxJoinRows: 1_000_000,
  maxSqlBytes: 1024 ** 2,
  maxAstDepth: 200,
  maxBufferedRows: 1_000_000,
};
