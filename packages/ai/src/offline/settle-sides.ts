import type { Aggregate, Filter, Measure, Scan } from './frame.ts';
import { sameOnly } from './measures.ts';
import { findPattern, use } from './pattern.ts';

type Ratio = Extract<Measure, { kind: 'ratio' }>;

const isOf = (a: Aggregate, fn: 'SUM' | 'AVG'): boolean => a.fn === fn && a.of !== undefined;

/** Of two numbers that are divided without a word about it, both are added up where one of them is: no sum is held against an average. */
function alike(measure: Ratio, input: string): Ratio {
  if (/\b(?:average|averaged|avg|mean|typical)\b/i.test(input)) return measure;
  const { top, bottom } = measure;
  if (isOf(top, 'AVG') && isOf(bottom, 'SUM')) return { ...measure, top: { ...top, fn: 'SUM' } };
  return isOf(top, 'SUM') && isOf(bottom, 'AVG') ? { ...measure, bottom: { ...bottom, fn: 'SUM' } } : measure;
}

/** A condition that all or none of the part meets. */
function isOfPart(filter: Filter, part: Filter): boolean {
  if (sameOnly([part], [filter])) return true;
  const [a, b] = [filter, part].map(({ any: [told, ...others] }) => (told?.operator === '=' && others.length === 0 ? told : undefined));
  return a !== undefined && b !== undefined && sameOnly([{ any: [{ ...a, values: b.values }] }], [part]);
}

/** `error rate (status 500 and up)`, `win ratio: won out of all`: what says the part once more limits no whole, or all shares would be 1; another value, 0. */
function wholeOnly({ frame }: Scan, { top, bottom }: Ratio): void {
  if (bottom.only.length > 0) return;
  const isPart = (filter: Filter): boolean => top.only.some((part) => isOfPart(filter, part));
  for (const filter of [...frame.filters]) if (isPart(filter)) frame.filters.splice(frame.filters.indexOf(filter), 1);
  for (const c of [...frame.comparisons])
    if (c.subject.kind === 'column' && isPart({ any: [{ left: c.subject.operand, operator: c.operator, values: c.values }] }))
      frame.comparisons.splice(frame.comparisons.indexOf(c), 1);
}

/** Both sides of a ratio, once all of the sentence is known, and whether it is told in percent. */
export function settleSides(scan: Scan): void {
  const { frame, input, tokens } = scan;
  const percent = frame.measures.some((m) => m.kind === 'ratio') && findPattern(tokens, 'in|as a? percent|percentage|%|pct');
  if (percent) use(tokens, percent, 'ratio');
  frame.measures.forEach((measure, i) => {
    if (measure.kind !== 'ratio') return;
    wholeOnly(scan, measure);
    frame.measures[i] = { ...alike(measure, input), percent: measure.percent || Boolean(percent) };
  });
}
