import type { Scan } from './frame.ts';

const SPAN = /^(?:today|recently|last|past|previous|latest)$/;

/** `calls today`, `orders of the last 10 minutes`: rows come as they come, and no condition holds back those of another time; so it is said. */
export function settleSpan({ frame, input, tokens }: Scan): void {
  const isGrouped =
    frame.dimensions.length + frame.measures.length + frame.rowFunctions.length > 0 ||
    frame.top !== undefined ||
    frame.rows !== undefined ||
    frame.comparisons.some((c) => c.ofGroup || c.subject.kind === 'measure');
  if (frame.window !== undefined && (isGrouped || !frame.window.weak)) return;
  const start = tokens.findIndex((t) => t.used === 'window');
  if (start < 0) return;
  let end = start;
  while (tokens[end + 1]?.used === 'window') end++;
  const said = tokens.slice(start, end + 1);
  if (!said.some((t) => 'word' in t && SPAN.test(t.word))) return;
  const text = input.slice(said[0]?.start, said.at(-1)?.end);
  frame.assumptions.push({ kind: 'time', text: `"${text}" holds nothing back: all that arrives is ${isGrouped ? 'added up' : 'shown'}` });
}
