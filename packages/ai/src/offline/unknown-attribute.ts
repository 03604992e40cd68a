import { isMeasure } from './column-facts.ts';
import { type Operand, plainWord, type Scan } from './frame.ts';
import { pickColumn, pickTable, pickValue } from './pick.ts';
import { ADJECTIVE_MEASURES, isKnownStem, isKnownWord, isStopWord } from './vocabulary.ts';

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

/** `by site and blood group`: the second group is no field either. */
function furtherGroup(scan: Scan, end: number): string | undefined {
  let at = end;
  while (/^(?:and|&|,|plus)$/.test(plainWord(scan, at)) || scan.tokens[at]?.raw === ',') at++;
  while (at > end && /^(?:by|per|the|their|its)$/.test(plainWord(scan, at))) at++;
  if (at === end || !/^(?:and|&|plus|by|per)$/.test(plainWord(scan, at - 1)) || !isUnknownNoun(scan, at)) return undefined;
  const last = CLASSES.test(plainWord(scan, at + 1)) ? at + 1 : at;
  const isEnd = /^(?:|per|each|every|in|for|over|daily|hourly|weekly|with|where|and|please)$/.test(plainWord(scan, last + 1));
  return isEnd ? scan.input.slice(scan.tokens[at]?.start, scan.tokens[last]?.end) : undefined;
}

/** `by driver height`, `by the age of the defendant`, `by the agent's mood`: what the rows are grouped by is no field. */
export function unknownAttribute(scan: Scan): string | undefined {
  const isGrouped = scan.frame.dimensions.some((d) => isBy(scan, d.at));
  for (const dimension of scan.frame.dimensions) {
    const end = scan.links.get(dimension.at)?.end;
    if (end === undefined) continue;
    const other = isGrouped ? furtherGroup(scan, end) : undefined;
    if (other !== undefined) return other;
    if (!isBy(scan, dimension.at)) continue;
    let at = end;
    while (/^(s|'|’|their|its)$/.test(plainWord(scan, at))) at++;
    if (!isUnknownNoun(scan, at) || at - end > 3) continue;
    const next = scan.tokens[at + 1];
    // A verb or another phrase may follow: "by agent since …"; a noun ends its phrase.
    if (CLASSES.test(plainWord(scan, at))) continue;
    const isEnd = next === undefined || next.t !== 'word' || isKnownWord(next.word);
    if (isEnd) return scan.tokens[at]?.raw;
  }
  return undefined;
}

const GENERAL =
  /^(often|breakdown|overview|summary|split|activity|traffic|load|statistics?|distribution|frequency|popularity|volume|data|everything|stuff|tally|throughput|demand|turnout|footfall|attendance|usage)$/;

/** `customs status per container`, `CPU usage by host`: one attribute of each, that no column tells. Several things unknown are the rows. */
export function unknownFigure(scan: Scan): string | undefined {
  const { frame, tokens } = scan;
  if (
    frame.measures.length + frame.bare.length + frame.rowFunctions.length + frame.comparisons.length + frame.filters.length > 0 ||
    frame.top ||
    frame.mentionsRows ||
    frame.dimensions.length === 0
  )
    return undefined;
  const by = tokens.findIndex((t) => t.t === 'word' && /^(?:per|by|each|every)$/.test(t.word));
  const end = /^(?:at|in|on|for|of|from)$/.test(plainWord(scan, by - 1)) ? by - 1 : by;
  const said = tokens.slice(0, end).filter((t) => t.t !== 'mark' && t.used === undefined && !('word' in t && isStopWord(t.word)));
  // "demurrage owed by each haulier"
  while (said.length > 1 && /(?:ed|en)$/.test((said.at(-1) as { word?: string }).word ?? '')) said.pop();
  const last = said.at(-1);
  if (last?.t !== 'word' || tokens.slice(0, end).some((t) => t.used !== undefined && t.used !== 'polite')) return undefined;
  const isSeveral = /[^su]s$/.test(last.word) || (GENERAL.test(last.word) && said.length === 1);
  return isSeveral || !isUnknownNoun(scan, tokens.indexOf(last)) ? undefined : said.map((t) => t.raw).join(' ');
}

const isNumber = (operand: Operand): boolean => operand.kind === 'column' && isMeasure(operand.ref);

/** `big fees please`: an adjective that no number goes with. */
export function vagueAmount(scan: Scan): string | undefined {
  const { frame, tokens } = scan;
  if (frame.comparisons.length + frame.measures.length + frame.dimensions.length > 0 || frame.top || frame.order) return undefined;
  const isRows = (i: number): boolean => pickTable(scan.links.get(i))?.table === scan.base.name;
  const at = tokens.findIndex((t, i) => {
    if (t.t !== 'word') return false;
    // "severe alarms" of severity: an adjective made of a number's name, and no value of it.
    if (t.alt !== undefined && frame.bare.some((b) => b.at === i && isNumber(b.operand)) && isRows(i + 1)) return true;
    return t.used === undefined && VAGUE.test(t.word) && (pickColumn(scan.links.get(i + 1), isMeasure) !== undefined || isRows(i + 1));
  });
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

/** `which model is smartest`: a superlative that no number, no word of ours and no name of the schemas goes with. */
export function opinionBest(scan: Scan): string | undefined {
  const said =
    /^\s*(?:which|what|who|whose)\b[\w\s'-]*?\b(?:is|are|was|were|has|have|looks?|seems?) (?:the )?([a-z]{4,}est)\b(?! [a-z]+est)/i.exec(
      scan.input,
    )?.[1];
  const word = said?.toLowerCase() ?? '';
  const root = word.replace(/i?est$/, '');
  if (word === '' || isKnownWord(word) || Object.hasOwn(ADJECTIVE_MEASURES, word) || OF_ROWS.test(word) || /\bby\b/i.test(scan.input))
    return undefined;
  const isNamed = [...scan.lexicon.rawWords].some((w) => w.startsWith(root) || (w.length > 3 && root.startsWith(w)));
  return isNamed || scan.frame.comparisons.length > 0 ? undefined : said;
}
const OF_ROWS = /^(?:busiest|quietest|calmest|latest|newest|earliest|commonest|rarest|fewest|chattiest|latest)$/;

/** Words before an article that are no order, beside those that are known anyway: `compare the …`, `inside the …`. */
const NO_ORDER =
  /^(?:even|among|inside|outside|beside|beyond|unlike|whenever|because|although|may|might|but|limit|filter|compare|take|explain|describe|summari[sz]e|match|remind|select|search|check|pick|print|determine|identify|detect|flag|read|hide|swap|set|rename|round|double|halve|leave|skip|ignore|export|put|predict|forecast|estimate|guess|expect|page|text|mail|ping|ring|wake)$/;

/** `call the boat back to harbour`: an order, whatever else the verb may mean. */
const BACK =
  /^\s*(?:(?:please|kindly|now|just) )*(?:call|bring|send|pull|order|fetch|take|tow|ship|recall) (?!me\b|us\b)[\w' -]{2,40} back(?: (?:to|into|home|in)\b[\w ]*)?[.!]?\s*$/i;

/** `sink the ferry`, `hedge everything in Oslo`, `disqualify bib 1042`, `treat hive 4 against mites`: a verb in its plain form and which thing, and nothing that is to be seen. */
export function isOrder(scan: Scan): boolean {
  if (BACK.test(scan.input)) return true;
  const found =
    /^\s*(?:(?:please|kindly|now|just)\s+)*([A-Za-z][a-z]{2,})\s+(?:(the|this|that|these|those|my|our|his|her|an?)\s+)?([\w'-]+)(?:\s+([\w-]+))?/.exec(
      scan.input,
    );
  const [, said = '', article, noun = '', which = ''] = found ?? [];
  const verb = said.toLowerCase();
  const at = scan.tokens.findIndex((t) => t.t === 'word' && t.raw === said);
  const first = scan.tokens[at];
  if (
    !found ||
    first?.t !== 'word' ||
    NO_ORDER.test(verb) ||
    isKnownWord(verb) ||
    (article === undefined ? /(?:ed|ing|est|er|ly|[^s]s)$/ : /(?:ed|ing|ly|[^s]s)$/).test(verb) ||
    scan.lexicon.rawWords.has(verb)
  )
    return false;
  if (
    /\b(?:per|by|each|every|average|total|count|number|rate|share|top|when|whenever|if|over|above|below|under|than|between|last|where|whose|which|who|window|hourly|daily|weekly)\b/i.test(
      scan.input.slice(found.index + verb.length),
    ) ||
    scan.frame.comparisons.length > 0
  )
    return false;
  if (article !== undefined || /^every(?:thing|body|one)$/i.test(noun)) return true;
  // "disqualify bib 1042": the thing by its number; an adjective may stand there, and is no word that nothing knows.
  const link = scan.links.get(at + 1);
  const isThing = pickColumn(link, (c) => c.kind === 'text' || c.isId || c.isCode) !== undefined || pickTable(link) !== undefined;
  return (
    isThing &&
    !/s$/.test(noun) &&
    /^(?:\d|[A-Z])/.test(which) &&
    !isKnownWord(verb) &&
    (!scan.links.has(at) || pickValue(scan.links.get(at)) === undefined)
  );
}

/** `px looks off`, `the pressure seems wrong`: an opinion about a number. */
export const isSeeming = (scan: Scan): boolean =>
  /\b(looks?|seems?|feels?|sounds?|appears?|smells?|tastes?|acts?)\s+(\w+ly\s+)?(off|wrong|odd|weird|strange|fishy|suspicious|bad|good|funny|broken|unusual|abnormal|ok|okay|fine|right|healthy|normal|better|worse)\b/i.test(
    scan.input,
  ) && scan.frame.comparisons.length === 0;
