import { quoteText } from '../ir/quote.ts';
import type { ColumnRef } from './column-facts.ts';
import { type Aggregate, type Filter, isAdditive, type Scan } from './frame.ts';
import { keepUses, matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickValue } from './pick.ts';
import { side } from './ratio-side.ts';

interface Part {
  readonly column: ColumnRef;
  readonly value: string | number | boolean;
}

/** The one value that tells the rows of a side: `buys`, `returned`. */
function partOf([first, ...others]: readonly Filter[]): Part | undefined {
  const [condition, ...more] = first?.any ?? [];
  const value = condition?.values[0];
  if (!condition || others.length + more.length > 0 || condition.operator !== '=' || condition.left.kind !== 'column') return undefined;
  return typeof value === 'object' || value === undefined ? undefined : { column: condition.left.ref, value };
}

const numberOf = ({ of, fn }: Aggregate): ColumnRef | undefined =>
  of?.kind === 'column' && fn === 'SUM' && isAdditive(of) ? of.ref : undefined;

/** The number that stands before `(buys minus sells)`. */
function numberBefore({ frame }: Scan): ColumnRef | undefined {
  const last = frame.bare.at(-1)?.operand;
  if (last?.kind !== 'column' || !isAdditive(last)) return undefined;
  frame.bare.pop();
  return last.ref;
}

/** `buy volume minus sell volume`, `net quantity (buys minus sells)`: what rows of one value add up to, less those of another. */
export function readNet(scan: Scan, at: number): number | undefined {
  const { frame, tokens } = scan;
  const start = linkAt(scan, at);
  if (!pickValue(start) && !pickColumn(start, (c) => c.kind === 'boolean')) return undefined;
  const restore = keepUses(tokens, at);
  const scores = frame.scores.length;
  const top = side(scan, at);
  const joint = top && matchAt(tokens, top.end, 'minus|less|- the?');
  const bottom = joint && side(scan, joint.end);
  const first = top && partOf(top.aggregate.only);
  const second = bottom && partOf(bottom.aggregate.only);
  const isPlain = [top, bottom].every((s) => s && (s.aggregate.of === undefined || numberOf(s.aggregate) !== undefined));
  if (!joint || !first || !second || !isPlain) {
    restore();
    frame.scores.length = scores;
    return undefined;
  }
  use(tokens, joint, 'measure');
  const number = numberOf(top.aggregate) ?? numberOf(bottom.aggregate) ?? numberBefore(scan);
  const literal = ({ value }: Part): string => (typeof value === 'string' ? quoteText(value) : String(value).toUpperCase());
  const sum = (part: Part, i: number): string => `SUM(CASE WHEN {${i}} = ${literal(part)} THEN ${number ? '{2}' : '1'} ELSE 0 END)`;
  frame.scores.push(0.95);
  frame.measures.push({
    kind: 'formula',
    at,
    alias: number ? `net_${number.name}` : `${first.value}_minus_${second.value}`,
    expression: `${sum(first, 0)} - ${sum(second, 1)}`,
    refs: [first.column, second.column, ...(number ? [number] : [])],
  });
  return bottom.end;
}
