import type { ColumnRef } from './column-facts.ts';
import type { Comparison, Filter, Scan } from './frame.ts';

/** A number that is a share itself. */
const isShare = ({ unit, name }: ColumnRef): boolean => unit === '%' || /(pct|percent|rate|ratio|share)/i.test(name);

const isNamed = ({ links }: Scan, ref: ColumnRef): boolean =>
  [...links.values()].some((l) => l.candidates.some((c) => c.target.kind === 'column' && c.target.ref === ref));

/** Whether a comparison is of a percentage, with no column beside it that holds one. */
function isShareBound(scan: Scan, { subject, at, values }: Comparison): boolean {
  if (subject.kind === 'measure' || values.length !== 1 || typeof values[0] !== 'number') return false;
  if (subject.kind === 'column') {
    const { operand } = subject;
    if (operand.kind !== 'column' || (isShare(operand.ref) && isNamed(scan, operand.ref))) return false;
  }
  return scan.tokens.slice(at, at + 6).some((t) => t.t === 'number' && t.unit === '%');
}

/** The conditions that tell the part: those right behind the percentage, else the one right before it. */
function partOf({ frame }: Scan, { at }: Comparison): Filter[] {
  const told = frame.spans.filter(({ filter }) => frame.filters.includes(filter));
  const behind = told.filter(({ start }) => start > at).toSorted((a, b) => a.start - b.start);
  const first = behind[0] ?? told.filter(({ start }) => start < at).toSorted((a, b) => b.start - a.start)[0];
  return first ? [first.filter] : [];
}

/**
 * `countries with more than 5 % refunded orders`: a percentage that no column holds bounds the share of those rows among all rows of a group.
 */
export function settleShareBounds(scan: Scan): void {
  const { frame } = scan;
  for (const [i, comparison] of frame.comparisons.entries()) {
    if (!isShareBound(scan, comparison)) continue;
    const only = partOf(scan, comparison);
    if (only.length === 0) continue;
    for (const filter of only) frame.filters.splice(frame.filters.indexOf(filter), 1);
    const { at } = comparison;
    frame.comparisons[i] = {
      ...comparison,
      subject: {
        kind: 'measure',
        measure: { kind: 'ratio', at, top: { fn: 'COUNT', only }, bottom: { fn: 'COUNT', only: [] }, percent: true },
      },
      values: scan.tokens
        .slice(at, at + 6)
        .flatMap((t) => (t.t === 'number' && t.unit === '%' ? [t.value] : []))
        .slice(0, 1),
      ofGroup: true,
    };
  }
}
