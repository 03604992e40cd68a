import { isMeasure } from './column-facts.ts';
import { plainWord, type Scan } from './frame.ts';
import { pickColumn } from './pick.ts';
import { ADJECTIVE_MEASURES, isKnownStem, isKnownWord } from './vocabulary.ts';

const VAGUE =
  /^(big|bigger|huge|large|small|tiny|little|high|low|heavy|long|short|fast|slow|hot|cold|old|expensive|cheap|bad|good|odd|strange|weird|suspicious|funny)$/;

/** A noun that nothing here knows: no value, no verb form, no word of our own. */
function isUnknownNoun(scan: Scan, at: number): boolean {
  const token = scan.tokens[at];
  return (
    token?.t === 'word' &&
    token.used === undefined &&
    !token.glued &&
    token.word.length > 2 &&
    /^[a-z]+$/.test(token.raw) &&
    !scan.links.has(at) &&
    !isKnownWord(token.word) &&
    !isKnownStem(token.stem) &&
    !/(ed|ing|ly)$/.test(token.word)
  );
}

/** Nouns that only say what kind of name stands before them: "firmware version", "payment method". */
const CLASSES =
  /^(version|method|type|kind|name|code|number|category|class|level|group|status|field|column|label|title|bracket|tier|segment)s?$/;

/** Whether the words before a dimension are "by" or "per": behind "each" comes a verb. */
function isBy(scan: Scan, at: number): boolean {
  let before = at - 1;
  while (/^(the|a|an|their|its|our)$/.test(plainWord(scan, before))) before--;
  return /^(by|per)$/.test(plainWord(scan, before));
}

/** `by driver height`, `by the age of the defendant`, `by the agent's mood`: what the rows are grouped by is no field. */
export function unknownAttribute(scan: Scan): string | undefined {
  for (const dimension of scan.frame.dimensions) {
    const end = scan.links.get(dimension.at)?.end;
    if (end === undefined || !isBy(scan, dimension.at)) continue;
    let at = end;
    while (/^(s|of|the|a|an|'|’|their|its)$/.test(plainWord(scan, at))) at++;
    if (!isUnknownNoun(scan, at) || at - end > 3) continue;
    const next = scan.tokens[at + 1];
    // A verb or another phrase may follow: "by agent since …"; a noun ends its phrase.
    if (CLASSES.test(plainWord(scan, at))) continue;
    const isEnd = next === undefined || next.t !== 'word' || isKnownWord(next.word);
    if (isEnd) return scan.tokens[at]?.raw;
  }
  return undefined;
}

/** `big fees please`: an adjective that no number goes with. */
export function vagueAmount(scan: Scan): string | undefined {
  const { frame, tokens } = scan;
  if (frame.comparisons.length + frame.measures.length + frame.dimensions.length + frame.filters.length > 0 || frame.top || frame.order)
    return undefined;
  const at = tokens.findIndex(
    (t, i) => t.t === 'word' && t.used === undefined && VAGUE.test(t.word) && pickColumn(scan.links.get(i + 1), isMeasure) !== undefined,
  );
  return at < 0 ? undefined : tokens[at]?.raw;
}

/** `which translator is most talented`: a superlative of a word that no number is called by. */
export function opinionMost(scan: Scan): string | undefined {
  if (scan.frame.comparisons.length > 0 || /\bby\b/i.test(scan.input)) return undefined;
  const said = /\b(?:most|least)\s+([a-z]{3,}(?:ful|ous|ive|ented|able|some|ing|ic|al|ant))\b/i.exec(scan.input)?.[1]?.toLowerCase();
  const at = said === undefined ? -1 : scan.tokens.findIndex((t) => t.t === 'word' && t.word === said);
  return said !== undefined && at >= 0 && !scan.links.has(at) && !isKnownWord(said) && !Object.hasOwn(ADJECTIVE_MEASURES, said)
    ? said
    : undefined;
}

/** `px looks off`, `the pressure seems wrong`: an opinion about a number. */
export const isSeeming = (scan: Scan): boolean =>
  /\b(looks?|seems?|feels?|sounds?|appears?|smells?|tastes?|acts?)\s+(\w+ly\s+)?(off|wrong|odd|weird|strange|fishy|suspicious|bad|good|funny|broken|unusual|abnormal|ok|okay|fine|right|healthy|normal|better|worse)\b/i.test(
    scan.input,
  ) && scan.frame.comparisons.length === 0;
