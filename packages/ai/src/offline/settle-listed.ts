import type { ColumnRef } from './column-facts.ts';
import type { Condition, Filter, Scan } from './frame.ts';
import { tallMeasure } from './meaning.ts';

const refOf = ({ left }: Condition): ColumnRef | undefined => (left.kind === 'column' ? left.ref : undefined);

/** The column that a condition keeps some values of, where it says nothing else. */
function keptOf({ any }: Filter): ColumnRef | undefined {
  const [first] = any;
  const ref = first && refOf(first);
  return ref && any.every((c) => refOf(c) === ref && (c.operator === '=' || c.operator === 'IN')) ? ref : undefined;
}

/** `points of rookies, veterans and legends`: whoever lists all values that there are wants one group for each, and leaves none out. */
export function settleListed(scan: Scan): void {
  const { frame, input } = scan;
  const { measures } = frame;
  const isFigure = measures.length > 0 || frame.window !== undefined || frame.comparisons.length > 0;
  // "impressions, clicks and conversions by campaign": a count of each, side by side.
  const isPivot = measures.length === 0 && frame.dimensions.length > 0;
  if (!isFigure || isPivot || frame.rowFunctions.length > 0 || frame.top) return;
  const inside = new Set(measures.map((m) => JSON.stringify(m.kind === 'aggregate' ? m.only : [])));
  const shared = inside.size === 1 && measures[0]?.kind === 'aggregate' ? measures[0].only : [];
  const kept = new Map<ColumnRef, Filter[]>();
  for (const filter of [...frame.filters, ...shared]) {
    const ref = keptOf(filter);
    if (ref) kept.set(ref, [...(kept.get(ref) ?? []), filter]);
  }
  for (const [ref, filters] of kept) {
    const options = ref.schema.values ?? [];
    const said = new Set(filters.flatMap((f) => f.any.flatMap((c) => c.values)));
    if (options.length < 2 || said.size < options.length || !options.every((v) => said.has(v)) || tallMeasure(scan, ref)) continue;
    const last = String(options.at(-1));
    if (new RegExp(String.raw`\bor (?:the )?${last.slice(0, 4)}`, 'i').test(input) && options.length < 3) continue;
    frame.filters.splice(0, frame.filters.length, ...frame.filters.filter((f) => !filters.includes(f)));
    measures.forEach((m, i) => {
      if (m.kind === 'aggregate') measures[i] = { ...m, only: m.only.filter((f) => !filters.includes(f)) };
    });
    if (!frame.dimensions.some((d) => d.ref === ref)) frame.dimensions.push({ kind: 'column', ref, at: 0 });
  }
}
