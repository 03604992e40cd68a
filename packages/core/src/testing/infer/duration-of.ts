import type { Expression } from '../../sql/ast/index.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  NANOSECOND: 1e-6,
  MICROSECOND: 1e-3,
  MILLISECOND: 1,
  SECOND: 1000,
  MINUTE: 60_000,
  HOUR: 3_600_000,
  DAY: 86_400_000,
  WEEK: 604_800_000,
  MONTH: 2_592_000_000,
  YEAR: 31_536_000_000,
};

/** Length of an interval literal in ms; a bare number is seconds. */
export function durationOf(e: Expression | undefined): number | undefined {
  if (e?.kind === 'interval') return e.value * (UNIT_MS[e.unit] ?? 1000);
  return e?.kind === 'integer' ? Number(e.value) * 1000 : undefined;
}
