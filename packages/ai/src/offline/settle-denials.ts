import { type Filter, plainWord, type Scan } from './frame.ts';
import { negate } from './meaning.ts';
import { use } from './pattern.ts';

const DENIES = /^(?:not|never|nobody|noone|none)$/;
/** How many words may stand between a denial and what it denies. */
const REACH = 5;
const isPositive = ({ any: [only, ...more] }: Filter): boolean =>
  only !== undefined && more.length === 0 && /^(?:=|IN|LIKE|IS NOT NULL)$/.test(only.operator) && only.values[0] !== false;

/** Whether a word may stand between: `not sold on the web`, `not by driver Meyer`; another phrase or a joint may not. */
function isBetween(scan: Scan, at: number): boolean {
  const token = scan.tokens[at];
  const word = plainWord(scan, at);
  return token?.t === 'word' && !/^(?:and|or|but|with|which|that|who|than|more|less|fewer)$/.test(word);
}

/** `not sold on the web`, `alarms nobody silenced`: a "not" that no reader took denies the condition right behind it. */
export function settleDenials(scan: Scan): void {
  const { frame, tokens } = scan;
  tokens.forEach((token, at) => {
    if (token.t !== 'word' || token.used !== undefined || !DENIES.test(token.word)) return;
    for (let i = at + 1; i <= at + REACH; i++) {
      const span = frame.spans.find((s) => s.start === i);
      const index = span ? frame.filters.indexOf(span.filter) : -1;
      if (span && index >= 0 && isPositive(span.filter)) {
        frame.filters[index] = negate(span.filter);
        use(tokens, { start: at, end: at + 1 }, 'filter');
        return;
      }
      if (span || !isBetween(scan, i)) return;
    }
  });
}
