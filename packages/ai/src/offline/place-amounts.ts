import type { IrOperator } from '../ir/query-ir.ts';
import type { ColumnRef } from './column-facts.ts';
import { DOWNWARD, UPWARD } from './comparators.ts';
import { converted } from './compared-values.ts';
import { type Comparison, columnOperand, plainWord, type Scan } from './frame.ts';
import { use } from './pattern.ts';
import { pickNumber } from './pick.ts';
import type { Token } from './token.ts';
import { fitsUnit } from './units.ts';

const ABOVE = /^(?:over|above|exceed(?:s|ed|ing)?|beyond|past|than|>)$/;
const BELOW = /^(?:under|below|beneath|<)$/;
/** How far from an amount the word stands that bounds it, and the name of what it is of. */
const NEAR = 4;

const isAmount = (token: Token | undefined): boolean => token?.t === 'number' || token?.t === 'duration';
const isFree = (token: Token | undefined): boolean => isAmount(token) && token?.used === undefined;
const amountOf = (token: Token): number => (token.t === 'number' ? token.value : token.t === 'duration' ? token.ms : 0);

interface Placed {
  readonly operator: IrOperator;
  readonly places: readonly number[];
  readonly end: number;
}

/** `500 bytes out or fewer`, `no further than 40`, `8000 to 8100`: which way an amount bounds, by the words around it. */
function operatorOf(scan: Scan, at: number): Placed | undefined {
  const joint = plainWord(scan, at + 1);
  if (/^(?:to|-|through|till)$/.test(joint) && isFree(scan.tokens[at + 2]))
    return { operator: 'BETWEEN', places: [at, at + 2], end: at + 3 };
  for (let i = at + 1; i <= at + NEAR && !isAmount(scan.tokens[i]); i++) {
    const word = plainWord(scan, i + 1);
    if (/^(?:or|and)$/.test(plainWord(scan, i)) && (UPWARD.has(word) || DOWNWARD.has(word)) && plainWord(scan, i + 2) !== 'than')
      return { operator: UPWARD.has(word) ? '>=' : '<=', places: [at], end: i + 2 };
  }
  for (let i = at - 1; i >= at - NEAR && i >= 0 && !isAmount(scan.tokens[i]); i--) {
    const word = plainWord(scan, i);
    const isNot = /^(?:no|not|never)$/.test(plainWord(scan, i - 1)) || /^(?:no|not|never)$/.test(plainWord(scan, i - 2));
    if (word === 'than') {
      const isLess = DOWNWARD.has(plainWord(scan, i - 1)) || plainWord(scan, i - 2) === 'less';
      return { operator: isNot ? (isLess ? '>=' : '<=') : isLess ? '<' : '>', places: [at], end: at + 1 };
    }
    if (ABOVE.test(word)) return { operator: isNot ? '<=' : '>', places: [at], end: at + 1 };
    // "after km 30"
    if (i === at - 2 && /^(?:after|before)$/.test(word) && pickNumber(scan.links.get(at - 1)))
      return { operator: word === 'after' ? '>' : '<', places: [at], end: at + 1 };
    if (BELOW.test(word)) return { operator: isNot ? '>=' : '<', places: [at], end: at + 1 };
    if (/^(?:least|minimum)$/.test(word)) return { operator: '>=', places: [at], end: at + 1 };
    if (/^(?:most|maximum)$/.test(word) && plainWord(scan, i - 1) === 'at') return { operator: '<=', places: [at], end: at + 1 };
  }
  return undefined;
}

/** The one column that an amount is of: by its unit, by what is named near it, by what was compared before it. */
function columnOf(scan: Scan, at: number, sure: number): ColumnRef | undefined {
  const token = scan.tokens[at] as Token;
  const numbers = scan.base.columns.filter((c) => c.kind === 'number' && !c.isId);
  const hasUnit =
    (token.t === 'duration' || (token.t === 'number' && token.unit !== undefined)) && numbers.some((c) => fitsUnit(c, token) > 0.5);
  const last = scan.frame.comparisons.findLast((c) => c.at < at && c.at >= at - 9 && c.subject.kind === 'column');
  const isNamed = [at + 1, at + 2].some((i) => pickNumber(scan.links.get(i)) !== undefined);
  const before =
    !isNamed && last?.subject.kind === 'column' && last.subject.operand.kind === 'column' ? last.subject.operand.ref : undefined;
  const scores = numbers.map((ref) => {
    let near = 0;
    for (const link of scan.links.values()) {
      const score = link.candidates.find((c) => c.target.kind === 'column' && c.target.ref === ref)?.score ?? 0;
      const distance = link.start > at ? link.start - at : at - link.end + 1;
      if (distance <= NEAR) near = Math.max(near, score * (2 - 0.25 * distance));
    }
    const unit = hasUnit ? (fitsUnit(ref, token) > 0.5 ? 2 : -5) : 0;
    return { ref, score: near + unit + (ref === before ? 1.1 : 0) };
  });
  const [first, second] = scores.toSorted((a, b) => b.score - a.score);
  return first && first.score >= sure && (!second || first.score - second.score >= 0.25) ? first.ref : undefined;
}

/** A number of which one reader made "ports 8000" while the range goes on: `ports 8000 to 8100`. */
function widened(scan: Scan, at: number): boolean {
  const { frame, tokens } = scan;
  const first = tokens[at - 2];
  if (first?.t !== 'number' || first.used === undefined || !/^(?:to|-|through|till|and)$/.test(plainWord(scan, at - 1))) return false;
  const low = first.value;
  const high = amountOf(tokens[at] as Token);
  const matches = (c: { operator: IrOperator; values: Comparison['values'] }): boolean => c.operator === '=' && c.values[0] === low;
  const filter = frame.filters.findIndex((f) => f.any.length === 1 && f.any[0] !== undefined && matches(f.any[0]));
  const compared = frame.comparisons.findIndex((c) => matches(c));
  const [only] = frame.filters[filter]?.any ?? [];
  const comparison = frame.comparisons[compared];
  if (only) frame.filters[filter] = { any: [{ ...only, operator: 'BETWEEN', values: [low, high] }] };
  else if (comparison) frame.comparisons[compared] = { ...comparison, operator: 'BETWEEN', values: [low, high] };
  else return false;
  use(tokens, { start: at - 1, end: at + 1 }, 'comparison');
  return true;
}

/** `12 passengers on board or fewer`: an "or fewer" that nothing took turns the amount before it. */
function turnedLate({ frame, tokens }: Scan): void {
  // "trips after delay 12"
  frame.comparisons.forEach((c, i) => {
    const lead = tokens[c.at - 2];
    const isWhen = lead?.t === 'word' && lead.used === undefined && /^(?:after|before|past|beyond)$/.test(lead.word);
    if (!isWhen || c.operator !== '=' || typeof c.values[0] !== 'number') return;
    lead.used = 'comparison';
    frame.comparisons[i] = { ...c, operator: lead.word === 'before' ? '<' : '>' };
  });
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    const word = next?.t === 'word' && next.used === undefined ? next.word : '';
    const after = tokens[at + 2];
    const isBound = token.t === 'word' && token.used === undefined && token.word === 'or' && (UPWARD.has(word) || DOWNWARD.has(word));
    if (!isBound || isAmount(after) || (after && 'word' in after && after.word === 'than')) return;
    const found = frame.comparisons.findLastIndex(
      (c) => c.at < at && c.at >= at - 6 && c.operator === '=' && typeof c.values[0] === 'number',
    );
    const comparison = frame.comparisons[found];
    if (!comparison) return;
    frame.comparisons[found] = { ...comparison, operator: UPWARD.has(word) ? '>=' : '<=' };
    use(tokens, { start: at, end: at + 2 }, 'comparison');
  });
}

/** Amounts that no reader placed go where most speaks for it, if one place is plainly best. */
export function placeAmounts(scan: Scan): void {
  const { frame, tokens } = scan;
  turnedLate(scan);
  frame.comparisons.forEach((c, i) => {
    const place = c.subject.kind === 'unnamed' ? tokens.findIndex((t, k) => k >= c.at && isAmount(t)) : -1;
    const ref = place < 0 ? undefined : columnOf(scan, place, 1);
    if (!ref) return;
    const amounts = tokens.slice(place).filter(isAmount).slice(0, c.values.length);
    frame.comparisons[i] = {
      ...c,
      subject: { kind: 'column', operand: columnOperand(ref) },
      values: converted(scan, amounts, c.values, ref),
    };
  });
  tokens.forEach((token, at) => {
    if (!isFree(token) || widened(scan, at)) return;
    const placed = operatorOf(scan, at);
    const ref = placed && columnOf(scan, at, 1.2);
    if (!placed || !ref) return;
    const amounts = placed.places.map((i) => tokens[i] as Token);
    const values = converted(scan, amounts, amounts.map(amountOf), ref);
    frame.bare.splice(0, frame.bare.length, ...frame.bare.filter((b) => b.operand.kind !== 'column' || b.operand.ref !== ref));
    frame.comparisons.push({
      at,
      operator: placed.operator,
      values,
      isAlert: frame.alert !== undefined && at >= frame.alert.from,
      ofGroup: false,
      subject: { kind: 'column', operand: columnOperand(ref) },
    });
    for (const used of tokens.slice(at, placed.end)) used.used ??= 'comparison';
    frame.scores.push(0.8);
  });
}
