import type { IrOperator } from '../ir/query-ir.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { suffixAt } from './comparators.ts';
import { unnamedSubject } from './compared-subject.ts';
import { converted, readValues } from './compared-values.ts';
import { type Comparison, columnOperand, refsOf, type Scan } from './frame.ts';
import { matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, pickColumn, useLink } from './pick.ts';
import { fitsUnit } from './units.ts';

function pushBound(
  { frame }: Scan,
  at: number,
  { operator, values, ref, isAlert }: { operator: IrOperator; values: Comparison['values']; ref: ColumnRef; isAlert: boolean },
): void {
  frame.comparisons.push({ at, operator, values, isAlert, ofGroup: false, subject: { kind: 'column', operand: columnOperand(ref) } });
}

/** `waiting time 15 to 30 minutes`, `swaps of 250k or more`: an amount of what was named right before it. */
export function readSpan(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const token = scan.tokens[at];
  if ((token?.t !== 'number' && token?.t !== 'duration') || token.used !== undefined) return undefined;
  const suffix = suffixAt(scan, at + 1);
  const behind = suffix && linkAt(scan, matchAt(scan.tokens, suffix.end, 'to|of|in|for the?')?.end ?? suffix.end);
  const told = token.t === 'duration' ? pickColumn(behind, (c) => isMeasure(c) && fitsUnit(c, token) > 0.5) : undefined;
  if (suffix && behind && told) {
    // "half an hour or less to transfer"
    const values = converted(scan, [token], [0], told.ref);
    use(scan.tokens, { start: at, end: suffix.end }, 'comparison');
    useLink(scan, behind, 'comparison');
    pushBound(scan, at, { operator: suffix.operator, values, ref: told.ref, isAlert });
    return behind.end;
  }
  // "20 cm of snow or less"
  const part = matchAt(scan.tokens, at + 1, 'of|in the|their|its?');
  const link = part && linkAt(scan, part.end);
  const whole = pickColumn(link, (c) => isMeasure(c) && fitsUnit(c, token) > 0.3);
  const bound = link && whole ? suffixAt(scan, link.end) : undefined;
  if (link && whole && bound) {
    use(scan.tokens, { start: at, end: link.start }, 'comparison');
    useLink(scan, link, 'comparison');
    use(scan.tokens, { start: link.end, end: bound.end }, 'comparison');
    const values = converted(scan, [token], [token.t === 'number' ? token.value : token.ms], whole.ref);
    pushBound(scan, at, { operator: bound.operator, values, ref: whole.ref, isAlert });
    return bound.end;
  }
  const last = scan.frame.bare.at(-1);
  const before = last?.operand;
  const from = last === undefined ? at : (scan.links.get(last.at)?.end ?? at + 1);
  const isNear =
    before?.kind === 'column' &&
    isMeasure(before.ref) &&
    from <= at &&
    wordsIn(scan.tokens, { start: from, end: at }).every((w) => /^(time|times|level|value|of|is|was|are)$/.test(w));
  // "running for 45 minutes or longer"
  const near = scan.frame.bare.findLast(
    (b) => b.operand.kind === 'column' && isMeasure(b.operand.ref) && fitsUnit(b.operand.ref, token) > 0.5,
  );
  const held = suffix && token.t === 'duration' ? (near ?? unnamedSubject(scan, token, at, at)) : undefined;
  const ref0 = held?.operand ? refsOf(held.operand)[0] : undefined;
  if (suffix && held?.operand && ref0) {
    use(scan.tokens, { start: at, end: suffix.end }, 'comparison');
    pushBound(scan, at, { operator: suffix.operator, values: converted(scan, [token], [0], ref0), ref: ref0, isAlert });
    return suffix.end;
  }
  const to = matchAt(scan.tokens, at + 1, 'to|-');
  const high = to && scan.tokens[to.end];
  if (!isNear || !before || !(high?.t === 'number' || high?.t === 'duration')) return undefined;
  const ref = before.ref;
  const read = readValues(scan, at, 'BETWEEN', ref);
  if (!read) return undefined;
  use(scan.tokens, { start: at, end: read.end }, 'comparison');
  scan.frame.scores.push(0.92);
  scan.frame.comparisons.push({
    at,
    operator: 'BETWEEN',
    values: read.values,
    isAlert,
    ofGroup: false,
    subject: { kind: 'column', operand: before },
  });
  return read.end;
}
