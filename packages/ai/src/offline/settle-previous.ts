import { isMeasure } from './column-facts.ts';
import { columnOperand, type Operand, type Scan } from './frame.ts';

/** A row beside the one before it: `the preceding sample`, `the one before`, `from one status to the next`, `frame to frame`. */
const BACK =
  /\b(?:previous|preceding)\b|\b(?:the|its|their) prior\b|\b(?:the|each) \w+ before\b|\b(?:one|each) (?:\w+ )?(?:to|and) the (?:next|one before)\b|\bfrom (\w+) to \1\b|\b(\w{3,}) (?:to|by) \2\b|['’]s last one\b/i;
const TIMES =
  /\b(?:hour|day|minute|second|week|month|year)s? (?:to|by|before)\b|\b(?:previous|preceding|prior) (?:\d+ )?(?:hour|day|minute|second|week|month)/i;
const CHANGE =
  /\b(?:chang\w*|drop\w*|delta|diff\w*|jump\w*|ris(?:e|es|en|ing)|fall\w*|fell|gain\w*|los[ts]\w*|increas\w*|decreas\w*|advanc\w*|mov(?:e|ed|es)|minus|compar\w*|longer|shorter|grow\w*|grew|swing\w*|shift\w*|step|climb\w*|fill\w*)\b/i;

/**
 * A difference to the row before that no reader has found: the one number that was named is compared with itself, in each group or for each
 * thing that was named.
 */
export function settlePrevious(scan: Scan): void {
  const { frame, input } = scan;
  if (frame.rowFunctions.length > 0 || frame.window || frame.rows || frame.top || frame.clarify || frame.alert) return;
  if (!BACK.test(input) || TIMES.test(input) || !CHANGE.test(input)) return;
  const operand = numberOf(scan);
  if (!operand) return;
  for (const { operand: thing, at } of frame.bare)
    if (thing.kind === 'column' && thing.ref.kind === 'text' && frame.dimensions.length === 0)
      frame.dimensions.push({ kind: 'column', ref: thing.ref, at });
  const { entity } = frame;
  if (entity && frame.dimensions.length === 0) frame.dimensions.push({ kind: 'column', ref: entity.ref, at: entity.at });
  frame.measures.length = 0;
  frame.bare.length = 0;
  frame.comparisons.length = 0;
  frame.rowFunctions.push({ kind: /\b(?:percent|percentage)\b(?! point)/i.test(input) ? 'percent-change' : 'change', operand });
  frame.scores.push(0.85);
}

/** The number that a sentence names, aggregated or not. */
function numberOf({ frame }: Scan): Operand | undefined {
  const bare = frame.bare.find((b) => b.operand.kind !== 'column' || isMeasure(b.operand.ref))?.operand;
  if (bare) return bare;
  for (const measure of frame.measures) if (measure.kind === 'aggregate' && measure.of && !measure.distinct) return measure.of;
  const grouped = frame.dimensions.findIndex((d) => d.kind === 'column' && isMeasure(d.ref));
  const [number] = grouped < 0 ? [] : frame.dimensions.splice(grouped, 1);
  return number ? columnOperand(number.ref) : undefined;
}
