import { isMeasure } from './column-facts.ts';
import { isAdditive, type Scan } from './frame.ts';

/** `cities ranked by revenue`: things that are put in an order by a number have one figure each, and are no rows. */
export function settleRanking(scan: Scan): void {
  const { frame, input } = scan;
  // "rank traders by volume"
  const isAsked = /^\W*(?:please |now )?rank\b/i.test(input);
  const order = frame.order ?? (isAsked ? { direction: 'DESC' as const, ofCount: false } : undefined);
  if (!order || frame.top || frame.mentionsRows || frame.measures.length > 0 || frame.dimensions.length > 0 || frame.window) return;
  if ((!isAsked && !/\b(?:ranked|ranking|sorted|ordered)\b/i.test(input)) || frame.filters.length + frame.comparisons.length > 0) return;
  const things = frame.bare.filter((b) => b.operand.kind === 'column' && b.operand.ref.kind === 'text');
  const number = order.operand ?? frame.bare.find((b) => b.operand.kind !== 'column' || isMeasure(b.operand.ref))?.operand;
  const [thing] = things;
  if (things.length !== 1 || thing?.operand.kind !== 'column' || !number || (number.kind === 'column' && !isMeasure(number.ref))) return;
  frame.bare.length = 0;
  frame.order = order.operand ? order : { ...order, operand: number };
  frame.dimensions.push({ kind: 'column', ref: thing.operand.ref, at: thing.at });
  frame.measures.push({ kind: 'aggregate', fn: isAdditive(number) ? 'SUM' : 'AVG', of: number, at: thing.at + 1, only: [], implied: true });
}
