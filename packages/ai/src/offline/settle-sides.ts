import type { Aggregate, Scan } from './frame.ts';

const isOf = (a: Aggregate, fn: 'SUM' | 'AVG'): boolean => a.fn === fn && a.of !== undefined;

/** Of two numbers that are divided without a word about it, both are added up where one of them is: no sum is held against an average. */
export function settleSides({ frame, input }: Scan): void {
  if (/\b(?:average|averaged|avg|mean|typical)\b/i.test(input)) return;
  frame.measures.forEach((measure, i) => {
    if (measure.kind !== 'ratio') return;
    const { top, bottom } = measure;
    if (isOf(top, 'AVG') && isOf(bottom, 'SUM')) frame.measures[i] = { ...measure, top: { ...top, fn: 'SUM' } };
    else if (isOf(top, 'SUM') && isOf(bottom, 'AVG')) frame.measures[i] = { ...measure, bottom: { ...bottom, fn: 'SUM' } };
  });
}
