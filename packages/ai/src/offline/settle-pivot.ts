import { type Filter, isAdditive, type Measure, type Scan } from './frame.ts';
import { negate } from './meaning.ts';
import { findPattern, use } from './pattern.ts';

/** What `rewordQuestion` makes of "side by side" and its kin. */
const CUE = 'as separate columns';

/** `kept and removed ones side by side`: values that were read as conditions get a figure each. */
export function settlePivot(scan: Scan): void {
  const { frame, tokens } = scan;
  const cue = findPattern(tokens, CUE);
  if (!cue || frame.rowFunctions.length > 0) return;
  // "total bytes of tcp and udp": the condition of the figure is split like any other.
  for (const [i, m] of frame.measures.entries())
    if (m.kind === 'aggregate' && m.only.length === 1 && (m.only[0]?.any.length ?? 0) > 1) {
      frame.filters.push(...m.only);
      frame.measures[i] = { ...m, only: [] };
    }
  const parts = splits(scan);
  if (parts.length < 2) return;
  use(tokens, cue, 'pivot');
  const measures = frame.measures.filter((m) => m.kind === 'aggregate');
  const bare = frame.bare.findIndex((b) => isAdditive(b.operand));
  const [number] = measures.length > 0 || bare < 0 ? [] : frame.bare.splice(bare, 1);
  const made: Measure[] = parts.flatMap((only, i): Measure[] =>
    measures.length > 0
      ? measures.map((m) => ({ ...m, only: [...m.only, only], at: i }))
      : [{ kind: 'aggregate', at: i, only: [only], ...(number ? { fn: 'SUM', of: number.operand } : { fn: 'COUNT' }) }],
  );
  frame.measures.length = 0;
  frame.measures.push(...made);
  frame.scores.push(0.9);
}

/** Conditions on one column that cannot hold together, each of them alone; they leave the frame. */
function splits({ frame }: Scan): Filter[] {
  const byColumn = new Map<unknown, Filter[]>();
  for (const filter of frame.filters) {
    const { left } = filter.any[0] ?? {};
    if (left?.kind !== 'column' || filter.any.some((c) => c.left.kind !== 'column' || c.left.ref !== left.ref)) continue;
    if (filter.any.every((c) => /^(=|IN)$/.test(c.operator))) byColumn.set(left.ref, [...(byColumn.get(left.ref) ?? []), filter]);
  }
  for (const [ref, filters] of byColumn) {
    const single = filters.flatMap((f) =>
      f.any.flatMap((c) => c.values.map((value): Filter => ({ any: [{ left: c.left, operator: '=', values: [value] }] }))),
    );
    const flag = single.length === 1 && typeof single[0]?.any[0]?.values[0] === 'boolean' ? single[0] : undefined;
    const own = frame.dimensions.findIndex((d) => d.kind === 'column' && d.ref === ref);
    if (flag && own < 0) continue;
    if (single.length < 2 && !flag) continue;
    for (const f of filters) frame.filters.splice(frame.filters.indexOf(f), 1);
    if (own >= 0) frame.dimensions.splice(own, 1);
    if (flag) return [negate(flag), flag].toSorted((a) => (a.any[0]?.values[0] === true ? -1 : 1));
    return single;
  }
  return [];
}
