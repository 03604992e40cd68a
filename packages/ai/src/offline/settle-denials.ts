import { type Filter, plainWord, type Scan } from './frame.ts';
import { denied, negate } from './meaning.ts';
import { matchAt, use } from './pattern.ts';

const DENIES = /^(?:not|never|nobody|noone|none)$/;
/** Words that take rows out. */
const TAKES_OUT = /^(?:except|excepting|excluding|barring)$/;
const BOUNDS = /^(?:[<>]=?|BETWEEN)$/;

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

/** A condition that a longer phrase took along: the flag or value that is named at a place. */
const namedAt = ({ frame, links }: Scan, at: number): Filter | undefined =>
  frame.filters.find(({ any: [only] }) =>
    links
      .get(at)
      ?.candidates.some(
        ({ target }) =>
          only?.left.kind === 'column' &&
          ((target.kind === 'value' && target.ref === only.left.ref && only.values.includes(target.value)) ||
            (target.kind === 'column' && target.ref === only.left.ref && target.ref.kind === 'boolean')),
      ),
  );

/** `not sold on the web`, `alarms nobody silenced`: a "not" that no reader took denies the condition right behind it. */
export function settleDenials(scan: Scan): void {
  const { frame, tokens } = scan;
  // "grade good excluded", "screens left aside": said behind it.
  for (const span of frame.spans) {
    const index = frame.filters.indexOf(span.filter);
    const end = /^(?:ones|rows|those)$/.test(plainWord(scan, span.end)) ? span.end + 1 : span.end;
    const late =
      matchAt(tokens, end, 'are|is|being|to? be? excluded|excepted|omitted|disregarded|ignored') ??
      matchAt(tokens, end, 'left|put|set aside|out') ??
      matchAt(tokens, end, 'aside|apart');
    if (index < 0 || !late || !isPositive(span.filter)) continue;
    frame.filters[index] = negate(span.filter);
    use(tokens, late, 'filter');
  }
  tokens.forEach((token, at) => {
    // "unverified" was denied where it was read.
    const isSaid = token.t === 'word' && DENIES.test(token.word) && /^(?:not|n['’]?t|never|nobody|noone|none)$/i.test(token.raw);
    const takesOut = token.t === 'word' && TAKES_OUT.test(token.word);
    if (token.used !== undefined || !(isSaid || takesOut)) return;
    for (let i = at + 1; i <= at + REACH; i++) {
      const span = frame.spans.find((s) => s.start === i);
      const filter = span?.filter ?? namedAt(scan, i);
      const index = filter ? frame.filters.indexOf(filter) : -1;
      if (filter && index >= 0 && isPositive(filter)) {
        frame.filters[index] = negate(filter);
        use(tokens, { start: at, end: at + 1 }, 'filter');
        return;
      }
      // "payments except those over 100"
      const bound = takesOut ? frame.comparisons.findIndex((c) => c.at === i && c.subject.kind !== 'measure') : -1;
      const compared = frame.comparisons[bound];
      if (compared && BOUNDS.test(compared.operator)) {
        frame.comparisons[bound] = { ...compared, operator: denied(compared.operator) };
        use(tokens, { start: at, end: at + 1 }, 'comparison');
        return;
      }
      if (span || !isBetween(scan, i)) return;
    }
  });
}
