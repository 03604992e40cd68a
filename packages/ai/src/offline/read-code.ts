import { isMeasure } from './column-facts.ts';
import { suffixAt } from './comparators.ts';
import { columnOperand, plainWord, type Scan } from './frame.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickTable } from './pick.ts';
import { fitsUnit, inUnitOf } from './units.ts';
import { isKnownWord } from './vocabulary.ts';

/** `429s`: rows of one status code, which look like seconds. */
function manyOfCode(scan: Scan, at: number): number | undefined {
  const token = scan.tokens[at];
  const code = scan.base.columns.find((c) => c.kind === 'number' && c.words.includes('status'));
  if (token?.t !== 'duration' || token.used !== undefined || !code || !/^[1-5]\d\d s$/.test(token.raw)) return undefined;
  if (/^(over|above|under|below|than|of|last|within|in|every|per)$/.test(plainWord(scan, at - 1))) return undefined;
  scan.frame.filters.push({ any: [{ left: columnOperand(code), operator: '=', values: [token.count] }] });
  use(scan.tokens, { start: at, end: at + 1 }, 'filter');
  scan.frame.scores.push(0.9);
  return at + 1;
}

/** `404 requests`: a number right before rows that carry a status code. `40 foot containers`: a number whose unit one column holds. */
function oneOfCode(scan: Scan, at: number): number | undefined {
  const token = scan.tokens[at];
  if (
    token?.t === 'number' &&
    token.used === undefined &&
    token.unit !== undefined &&
    (at === 0 || !/^(by|for|than)$/.test(plainWord(scan, at - 1)))
  ) {
    const column = scan.base.columns.find((c) => isMeasure(c) && fitsUnit(c, token) === 1);
    const next = linkAt(scan, at + 1)?.candidates[0]?.target;
    const noun = scan.tokens[at + 1];
    // "40 foot boxes"
    const isThings = noun?.t === 'word' && /[a-z]{2}s$/.test(noun.raw) && !isKnownWord(noun.word);
    if (
      !column ||
      suffixAt(scan, at + 1) ||
      !(plainWord(scan, at - 1) === 'of' ? isThings : (next ?? isThings)) ||
      (next?.kind === 'column' && isMeasure(next.ref))
    )
      return undefined;
    scan.frame.filters.push({
      any: [{ left: columnOperand(column), operator: '=', values: [inUnitOf(column, token)?.value ?? token.value] }],
    });
    use(scan.tokens, { start: at, end: at + 1 }, 'filter');
    scan.frame.scores.push(0.85);
    return at + 1;
  }
  if (token?.t !== 'number' || token.used !== undefined || token.unit !== undefined || token.value < 100 || token.value > 599)
    return undefined;
  const code = scan.base.columns.find((c) => c.kind === 'number' && c.words.includes('status'));
  const table = pickTable(linkAt(scan, at + 1));
  const isErrors = matchAt(scan.tokens, at + 1, 'error|errors|response|responses|status');
  if (!code || !(table?.table === scan.base.name || isErrors)) return undefined;
  scan.frame.filters.push({ any: [{ left: columnOperand(code), operator: '=', values: [token.value] }] });
  use(scan.tokens, { start: at, end: isErrors?.end ?? at + 1 }, 'filter');
  scan.frame.scores.push(0.92);
  return isErrors?.end ?? at + 1;
}

/** Rows that carry one number: a status code, a size. */
export const readCode = (scan: Scan, at: number): number | undefined => manyOfCode(scan, at) ?? oneOfCode(scan, at);
