import { dimensionOf } from './dimensions.ts';
import { columnOperand, type Scan } from './frame.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickTable } from './pick.ts';

/** Columns that a row may have to be shown whole. */
const COLUMNS_MAX = 12;

/** `latest quote per symbol`, `the most recent reading of each sensor`: the last value of everything that a row says, for each of them. */
export function readLatestRows(scan: Scan, at: number): number | undefined {
  const { base, frame, tokens } = scan;
  const lead =
    matchAt(tokens, at, 'the? most recent') ?? matchAt(tokens, at, 'the? latest|newest') ?? matchAt(tokens, at, 'the? very? last|current');
  const link = lead && linkAt(scan, lead.end);
  const table = pickTable(link);
  if (!lead || !link || table?.table !== base.name || table.score < (link.candidates[0]?.score ?? 1)) return undefined;
  const joint =
    matchAt(tokens, link.end, 'of|for|from|by|at|in|on each|every|all|any the?') ??
    matchAt(tokens, link.end, 'per|by') ??
    matchAt(tokens, link.end, 'each|every');
  const key = joint && dimensionOf(scan, joint.end)?.ref;
  const told = base.columns.filter((c) => c !== key && c.name !== base.eventTime);
  if (!joint || !key || key.table !== base.name || told.length === 0 || told.length > COLUMNS_MAX) return undefined;
  use(tokens, { start: at, end: link.end }, 'measure');
  frame.scores.push(0.9);
  for (const ref of told) frame.measures.push({ kind: 'aggregate', fn: 'LAST_VALUE', of: columnOperand(ref), only: [], at });
  return link.end;
}
