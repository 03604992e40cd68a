import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { columnOperand, plainWord, refsOf, type Scan } from './frame.ts';
import { columnsInReach } from './meaning.ts';
import { pickNumber } from './pick.ts';
import { type Token, VALUE_UNITS } from './token.ts';

const LESS = /^(less|fewer|smaller|lower|shorter|lighter|younger|colder|cooler|cheaper|weaker|slower|earlier)$/;
const MORE = /^(more|[a-z]{2,}er|worse)$/;
const FAR = 8;

const isNumber = (token: Token | undefined): boolean => token?.t === 'number' || token?.t === 'duration';

/** The number that is named nearest to a place, looking one way. */
function numberFrom(scan: Scan, places: readonly number[], other?: ColumnRef): { ref: ColumnRef; at: number } | undefined {
  for (const at of places) {
    const picked = pickNumber(scan.links.get(at));
    if (picked && picked.ref !== other && !Object.hasOwn(VALUE_UNITS, plainWord(scan, at))) return { ref: picked.ref, at };
  }
  return undefined;
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** What is measured like another number, in the same unit or both in money. */
const likeOf = (scan: Scan, other: ColumnRef): ColumnRef | undefined => {
  const like = columnsInReach(scan).filter(
    (c) => c !== other && isMeasure(c) && ((other.unit !== undefined && c.unit === other.unit) || (other.isMoney && c.isMoney)),
  );
  return like.find((c) => c.table === scan.base.name) ?? like[0];
};

/** `more pupils on board than the bus has seats`, `paid less than was due`: one number of a row is compared with another. */
export function settleColumns(scan: Scan): void {
  const { frame, tokens } = scan;
  if (frame.comparisons.length > 0 || frame.measures.length > 0 || frame.dimensions.length > 0 || frame.top || frame.window) return;
  const than = tokens.findIndex((t) => t.t === 'word' && t.word === 'than' && t.used === undefined);
  if (than < 1 || tokens.slice(than, than + FAR).some(isNumber)) return;
  const word = range(Math.max(0, than - FAR), than)
    .toReversed()
    .find((i) => MORE.test(plainWord(scan, i)) || LESS.test(plainWord(scan, i)));
  if (word === undefined || /^(other|rather|order|number|user|customer|driver|player|buyer|seller|member)$/.test(plainWord(scan, word)))
    return;
  const right = numberFrom(scan, range(than + 1, than + FAR));
  if (!right) return;
  const between = numberFrom(scan, range(word + 1, than), right.ref);
  const left = between ?? numberFrom(scan, range(0, word).toReversed(), right.ref);
  const ref = left?.ref ?? likeOf(scan, right.ref);
  if (!ref) return;
  const operator: IrOperator = LESS.test(plainWord(scan, word)) ? '<' : '>';
  const spoken = new Set([left?.at, right.at]);
  const kept = frame.bare.filter((b) => !(spoken.has(b.at) || refsOf(b.operand).some((c) => c === ref || c === right.ref)));
  frame.bare.splice(0, frame.bare.length, ...kept);
  for (const at of [word, than]) (tokens[at] as Token).used = 'comparison';
  delete frame.clarify;
  frame.mentionsRows = true;
  frame.scores.push(0.85);
  if (!left) frame.assumptions.push({ kind: 'column', text: `${ref.name} is compared with ${right.ref.name}` });
  frame.comparisons.push({
    at: word,
    operator,
    values: [{ ref: right.ref }],
    isAlert: frame.alert !== undefined && word >= frame.alert.from,
    ofGroup: false,
    subject: { kind: 'column', operand: columnOperand(ref) },
  });
}
