import { dimensionOf } from './dimensions.ts';
import { columnOperand, type RowFunction, type Scan } from './frame.ts';
import { type Found, matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, pickTable } from './pick.ts';

const SPAN = 'how? the? time|gap|gaps|interval|intervals|pause|pauses|seconds|minutes|hours|days|long';
const BEFORE = 'since|after|from|to its|the|their|his|her? previous|last|prior|preceding|one one|before?';
const UNITS = ['second', 'minute', 'hour', 'day'] as const;

const isRows = (scan: Scan, at: number): number | undefined => {
  const link = linkAt(scan, at);
  return link && pickTable(link)?.table === scan.base.name ? link.end : undefined;
};

/** Behind the words that name two rows after each other: `between consecutive trades`, `since the previous reading`. */
function rowsAfterEachOther(scan: Scan, span: Found): number | undefined {
  const { tokens } = scan;
  const between = matchAt(tokens, span.end, 'between|elapsed between? #int? consecutive|successive|subsequent|following');
  if (between) return isRows(scan, between.end);
  const plain = matchAt(tokens, span.end, 'between #int?') ?? matchAt(tokens, span.end, 'between each|one');
  const rows = plain && isRows(scan, plain.end);
  // "the time between order and delivery": two times of one row.
  if (rows !== undefined) return matchAt(tokens, rows, 'and') && !matchAt(tokens, rows, 'and the next') ? undefined : rows;
  const before = matchAt(tokens, span.end, BEFORE);
  const words = before ? wordsIn(tokens, before) : [];
  if (!before || !words.some((w) => /^(previous|last|prior|preceding|one)$/.test(w))) return undefined;
  return isRows(scan, before.end);
}

/** `time between trades per symbol`, `seconds since the previous reading`: how long after the row before each row comes. */
export function readSince(scan: Scan, at: number): number | undefined {
  const { base, frame, tokens } = scan;
  const time = base.columns.find((c) => c.name === base.eventTime);
  const span = time && matchAt(tokens, at, SPAN);
  const end = span && rowsAfterEachOther(scan, span);
  if (!time || !span || end === undefined) return undefined;
  const word = wordsIn(tokens, span).at(-1) ?? '';
  const unit = UNITS.find((u) => word === `${u}s`);
  use(tokens, { start: at, end }, 'measure');
  frame.scores.push(0.9);
  // "of a trader", "from the same host": between which rows.
  const owner = matchAt(tokens, end, 'of|by|from|for|at|in|on a|an|one|each|every|the same?');
  const key = owner && dimensionOf(scan, owner.end);
  const named = owner && linkAt(scan, owner.end);
  if (owner && key && named) {
    use(tokens, { start: end, end: named.end }, 'dimension');
    frame.dimensions.push({ kind: 'column', ref: key.ref, at: owner.end });
  }
  const since: RowFunction = { kind: 'since', operand: columnOperand(time), ...(unit ? { unit } : {}) };
  frame.rowFunctions.push(since);
  return end;
}
