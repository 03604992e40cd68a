import type { ColumnRef } from './column-facts.ts';
import { columnOperand, type Scan } from './frame.ts';

const ATTACHES =
  /\b(?:enrich\w*|annotat\w*|decorat\w*|augment\w*|complement\w*|supplement\w*|append\w*|attach\w*|look(?:ed|ing)? up|(?:together|along) with|alongside|add(?:ed)?|bring in|pull in|next to|beside)\b/i;
const FIGURES =
  /\b(?:per|by|count|number|how many|how much|average|avg|mean|total|sum|share|percent\w*|ratio|rate|highest|lowest|most|least|max\w*|min\w*|top|median|side by side)\b/i;

/** `loads together with the crew of their truck`, `add the breed of the cow to every milking`: the rows as they are, and what another relation tells of each. */
export function settleAttached(scan: Scan): void {
  const { frame, input, base, lexicon } = scan;
  if (
    !ATTACHES.test(input) ||
    FIGURES.test(input) ||
    frame.window ||
    frame.top ||
    frame.rows ||
    frame.alert ||
    frame.rowFunctions.length > 0
  )
    return;
  const conditioned = new Set([...frame.filters, ...frame.spans.map((s) => s.filter)].flatMap((f) => f.any.map((c) => c.left)));
  const isCondition = (ref: ColumnRef): boolean => [...conditioned].some((left) => left.kind === 'column' && left.ref === ref);
  const told: ColumnRef[] = [];
  for (const { candidates } of scan.links.values()) {
    const [first] = candidates;
    if (first?.target.kind !== 'column' || first.score < 0.6) continue;
    const { ref } = first.target;
    const isFar = ref.table !== base.name && lexicon.table(ref.table)?.isTable === true && scan.hops.has(ref.table);
    if (isFar && !isCondition(ref) && !told.includes(ref) && !base.columns.some((c) => c.name === ref.name)) told.push(ref);
  }
  if (told.length === 0) return;
  frame.measures.length = 0;
  frame.dimensions.length = 0;
  frame.bare.splice(0, frame.bare.length, ...[...base.columns, ...told].map((ref) => ({ operand: columnOperand(ref), at: 0, only: [] })));
  delete frame.entity;
  delete frame.clarify;
  frame.mentionsRows = true;
  frame.distinctRows = false;
  frame.scores.push(0.9);
}
