import { type Aggregate, columnOperand, type Filter, type Scan } from './frame.ts';
import { flagFilter } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickValue } from './pick.ts';

interface Step {
  readonly filter: Filter;
  readonly end: number;
}

/** A step that rows go through: a value of a column, or a mark on the row. */
function stepAt(scan: Scan, at: number): Step | undefined {
  const lead = matchAt(scan.tokens, at, 'being|the|a|an') ?? { end: at };
  const link = linkAt(scan, lead.end);
  const value = pickValue(link);
  const flag = pickColumn(link, (c) => c.kind === 'boolean');
  if (!link || !(value ?? flag)) return undefined;
  const isValue = value !== undefined && value.score >= (flag?.score ?? 0);
  const filter: Filter = isValue
    ? { any: [{ left: columnOperand(value.ref), operator: '=', values: [value.value] }] }
    : flagFilter((flag as NonNullable<typeof flag>).ref, true);
  return { filter, end: link.end };
}

const counted = (filter: Filter): Aggregate => ({ fn: 'COUNT', only: [filter] });

/** `conversion from placed to paid`, `view to purchase conversion rate`: how many rows reach the second step for one at the first. */
export function readConversion(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(tokens, at, 'the? conversion|conversions|converted|funnel rate|ratio? from|of|between?');
  const first = stepAt(scan, lead?.end ?? at);
  const joint = first && (matchAt(tokens, first.end, '-? to|into|and -?') ?? matchAt(tokens, first.end, '- >'));
  const second = joint && stepAt(scan, joint.end);
  if (!first || !second) return undefined;
  const tail = matchAt(tokens, second.end, '-? conversion|conversions rate|ratio|share?');
  if (!lead && !tail) return undefined;
  const end = tail?.end ?? second.end;
  use(tokens, { start: at, end }, 'measure');
  frame.scores.push(0.92);
  const percent = tokens.some((t) => 'word' in t && /^(percent|percentage|%|pct)$/.test(t.word));
  frame.measures.push({ kind: 'ratio', at, alias: 'conversion_rate', top: counted(second.filter), bottom: counted(first.filter), percent });
  return end;
}
