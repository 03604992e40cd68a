import { type ColumnRef, isMeasure } from './column-facts.ts';
import { isAdditive, type Operand, type Scan } from './frame.ts';
import { adjectiveColumn } from './meaning.ts';

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

/** Words of numbers that are high where something is fast. */
export const SPEED = /^(?:speed|velocity|kmh|kph|mph|kn|knots|mps|mbps|throughput|bandwidth)$/;
const isSpeed = (ref: ColumnRef | undefined): boolean => ref !== undefined && isMeasure(ref) && ref.words.some((w) => SPEED.test(w));
const columnOf = (operand: Operand | undefined): ColumnRef | undefined => (operand?.kind === 'column' ? operand.ref : undefined);

/** `fastest driver by average speed`: of a span the least is fast, of a speed the most. */
export function settleSpeed({ frame, base, tokens }: Scan): void {
  const { top, measures } = frame;
  for (const [i, m] of measures.entries()) {
    const said = tokens.slice(m.at, m.at + 2).find((t) => t.t === 'word' && /^(?:fastest|quickest|slowest)$/.test(t.word));
    if (said && m.kind === 'aggregate' && (m.fn === 'MIN' || m.fn === 'MAX') && isSpeed(columnOf(m.of)))
      measures[i] = { ...m, fn: said.raw.toLowerCase() === 'slowest' ? 'MIN' : 'MAX' };
  }
  if (!top?.adjective || !/^(?:fastest|quickest|slowest)$/.test(top.adjective)) return;
  const last = measures.at(-1);
  const told = last?.kind === 'aggregate' ? columnOf(last.of) : undefined;
  const bare = frame.bare.map((b) => columnOf(b.operand)).find((ref) => ref !== undefined && isMeasure(ref));
  if (isSpeed(told ?? bare ?? adjectiveColumn(base, top.adjective)))
    frame.top = { ...top, direction: top.adjective === 'slowest' ? 'ASC' : 'DESC' };
}
