import type { ColumnRef } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { plainWord, type Scan } from './frame.ts';
import { OPINION } from './guess-column.ts';
import type { Link } from './link.ts';
import { matchAt } from './pattern.ts';
import { pickColumn, pickValue } from './pick.ts';
import { aggregateOf, COUNT_WORDS, isKnownStem, isKnownWord, isStopWord } from './vocabulary.ts';

/** Words with a job in a sentence that no name is made of. */
const JOBS =
  /^(?:against|among|amongst|beyond|despite|toward|towards|whether|because|although|though|whereas|hence|thus|therefore|else|apart|aside|together|altogether|terms|wise|separate|separately|individual|appear|appears|come|comes|came|interest|matter|matters|count|counts|again|anyway|alone|along|away|back|behind|beside|besides|else|enough|even|almost|nearly|about|around|throughout|upon|unless|whenever|wherever|however|otherwise|respectively|someone|somebody|anyone|anybody|everyone|everybody|nobody|nothing|something|anything|everything|mine|ours|yours|theirs|myself|itself|themselves)$/;

/** What somebody did: `the technician drove more than 40 km`. */
const PAST =
  /^(?:drove|went|took|ran|rode|flew|got|had|did|saw|wrote|won|held|kept|built|began|broke|bought|brought|caught|chose|fell|felt|gave|grew|heard|knew|led|lent|meant|met|paid|rang|rose|said|sold|spoke|spent|stood|stole|swam|threw|told|thought|woke|wore|drank|ate|drew|blew)$/;

/** `shops use less than`, `a vessel burns 50`, `wards give the least`: a verb, since an amount or an object comes behind it. */
const hasObject = (scan: Scan, at: number): boolean =>
  /^(?:the|an?|no|any|some|its|their|his|her|most|least|fewest)$/.test(plainWord(scan, at + 1)) ||
  (/[^s]s$/.test(plainWord(scan, at - 1)) !== /[^s]s$/.test(plainWord(scan, at)) &&
    (comparatorAt(scan, at + 1) !== undefined || scan.tokens[at + 1]?.t === 'number'));

/** `goods that were done`, `some tunnels are idle`: what several things are, and no name of one. */
export function isState(scan: Scan, at: number, ref: ColumnRef): boolean {
  const token = scan.tokens[at];
  if (token?.t !== 'word' || !/^[a-z]+$/.test(token.raw) || !/^(?:are|were)$/.test(plainWord(scan, at - 1)) || ref.schema.values)
    return false;
  const isKey = [...scan.hops.values()].some(([edge]) => edge?.left === ref);
  return isKey || OPINION.test(token.word) || /^(?:done|made|sent|[a-z]{3,}ed)$/.test(token.word);
}

/** `frames sent in safe mode by satellites`: who did what is said just before, where nothing is counted or measured. */
export function isDoer(scan: Scan, by: number): boolean {
  const { frame, tokens } = scan;
  // "kwh used by blowers in each county": the groups are told behind.
  const isTold = tokens.some(
    (t, i) => i > by && t.used === undefined && 'word' in t && /^(?:each|every|per)$/.test(t.word) && scan.links.has(i + 1),
  );
  if (isTold && /^(?:sent|made|done|given|taken|used|[a-z]{3,}ed)$/.test(plainWord(scan, by - 1))) return true;
  if (frame.measures.length > 0 || frame.window || frame.top) return false;
  // "deliveries by carriers other than DHL"
  if (
    matchAt(tokens, scan.links.get(by + 1)?.end ?? by, 'other than|from') ??
    matchAt(tokens, scan.links.get(by + 1)?.end ?? by, 'except|but|not')
  )
    return true;
  if (/[a-z]{3}ed$/.test(plainWord(scan, by - 1)) && pickValue(scan.links.get(by - 1))) return true;
  return tokens
    .slice(Math.max(0, by - 4), by)
    .some(
      (t) => t.t === 'word' && t.used === undefined && /^(?:sent|made|done|given|taken)$|[a-z]{3}ed$/.test(t.word) && !isStopWord(t.word),
    );
}

/** `by officer Brandt`, `by truck T-12`, `requests by tenant acme`, `heats by crew b`: one of them, and no grouping. */
export function isOneOf(scan: Scan, link: Link): boolean {
  const { frame, tokens } = scan;
  const token = tokens[link.end];
  // "by the agent's mood"
  if (token?.used !== undefined || /\S/.test(scan.input.slice(tokens[link.end - 1]?.end, token?.start))) return false;
  if (token?.t === 'text') return true;
  const ref = pickColumn(link, (c) => c.kind === 'text')?.ref;
  if (token?.t !== 'word') return false;
  const value = pickValue(scan.links.get(link.end));
  const isRows =
    frame.measures.length === 0 &&
    !frame.window &&
    !frame.top &&
    !tokens.some((t) => t.t === 'word' && (aggregateOf(t.word) !== undefined || COUNT_WORDS.has(t.word)));
  if (value)
    return isRows && ref !== undefined && value.ref.name === ref.name && String(value.value).toLowerCase() === token.raw.toLowerCase();
  if (ref?.schema.values?.includes(token.raw)) return isRows;
  if (scan.links.has(link.end)) return false;
  const isUnknown = !isKnownWord(token.word) && !isKnownStem(token.stem);
  if (/\d/.test(token.raw) || (/^[A-Z][a-z]/.test(token.raw) && isUnknown)) return true;
  return (
    isRows &&
    isUnknown &&
    ref !== undefined &&
    !ref.schema.values?.length &&
    /^[a-z]{3,}$/.test(token.raw) &&
    // "by bidder height" may be a field that is not there.
    /^(?:that|which|who|whose|with|where|when)$/.test(plainWord(scan, link.end + 1))
  );
}

/** Whether a small word behind a column is part of the sentence, and no value of the column. */
export function isNoName(scan: Scan, at: number): boolean {
  const token = scan.tokens[at];
  if (token?.t !== 'word' || !/^[a-z]+$/.test(token.raw)) return false;
  return (
    JOBS.test(token.word) ||
    PAST.test(token.word) ||
    /(?:ly|wise|wards?)$/.test(token.word) ||
    plainWord(scan, at - 1) === 'to' ||
    hasObject(scan, at)
  );
}
