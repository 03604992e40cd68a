import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { isSmallWord } from './compared-values.ts';
import { columnOperand, type Filter, plainWord, type Scan, wordAt } from './frame.ts';
import type { Link } from './link.ts';
import { meaningAt, negate, tallMeasure } from './meaning.ts';
import { flagFilter } from './noun-phrase.ts';
import { matchAt, use, wordsIn } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickTable, pickTerm, pickValue, referenceTo, useLink } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { splitName } from './stem.ts';
import { aggregateOf, isKnownWord } from './vocabulary.ts';

const FREE_TEXT = /^(text|message|msg|body|note|notes|comment|description|remark|review|feedback|complaint|reason)$/;
/** States that a thing has from its beginning: "placed over 3 orders" says no more than "ordered". */
const INITIAL = /^(plac|open|creat|submit|receiv|start|request|book|order|new|made)/i;
export const NEGATIVE = /^(not|non|never|un|no|isn|aren|without)$/;

/** A linked run of words in no special place. */
export function readLink(scan: Scan, at: number): number | undefined {
  const link = linkAt(scan, at);
  if (!link) return undefined;
  const { tokens, frame } = scan;
  const number = pickNumber(link);
  const text = pickColumn(link, (c) => !isMeasure(c) && c.kind !== 'boolean');
  const flag = pickColumn(link, (c) => c.kind === 'boolean');
  const named = pickValue(link);
  const table = pickTable(link);
  const term = pickTerm(link);
  const meaning = meaningAt(scan, at);
  const first = link.candidates[0]?.target;
  if (meaning && first && first.kind !== 'table' && first.kind !== 'term' && first.ref.table !== scan.base.name) return undefined;
  // "errors" beside auth_failed: what errors are is better known.
  if (meaning && flag && first?.kind === 'column' && first.ref === flag.ref && flag.score < 0.9) return undefined;
  // "failed queries" of a text sql_error: something is written there where they did.
  const written = meaning?.filter.any[0];
  const isWritten = written?.operator === 'IS NOT NULL' && written.left.kind === 'column' && written.left.ref === text?.ref;
  if (isWritten && first?.kind === 'column' && first.ref === text.ref && /ed$/i.test(tokens[at]?.raw ?? '')) return undefined;
  const special = rare.readUndone?.(scan, at) ?? readCompared(scan, at, link);
  if (special !== undefined) return special;
  // "overtime by employee" of a value and a number of that name: the number, unless rows are named behind it.
  const isAmount =
    number !== undefined &&
    named !== undefined &&
    number.score >= named.score - 0.08 &&
    (tokens[at]?.raw ?? '').toLowerCase() !== `${String(named.value).toLowerCase()}s` &&
    !pickTable(linkAt(scan, link.end)) &&
    !/^(or|and|,)$/.test(wordAt(scan, link.end));
  if (isOnlyVerb(scan, at, link)) {
    useLink(scan, link, 'verb');
    return link.end;
  }
  const topIsColumn = link.candidates[0]?.target.kind === 'column' && !text?.ref.isId && (text?.score ?? 0) > 0.9;
  // "tickets in Leeds": rows, and where.
  const isRowsIn = table?.table === scan.base.name && wordAt(scan, link.end) === 'in' && /[^s]s$/.test(tokens[at]?.raw ?? '');
  const equal = isRowsIn ? undefined : equality(scan, link.end, text?.ref, topIsColumn);
  if (equal && text && (!table || table.table !== scan.base.name || text.score >= table.score - 0.12)) {
    // "complaints of "chest pain"" in a text that people wrote: it is said somewhere in it.
    const isWithin = text.ref.words.some((w) => FREE_TEXT.test(w)) && /^(of|about|with|for)$/.test(wordAt(scan, link.end));
    for (const value of equal.values)
      frame.filters.push({
        any: [
          isWithin
            ? { left: columnOperand(text.ref), operator: 'LIKE', values: [`%${value}%`] }
            : { left: columnOperand(text.ref), operator: '=', values: [value] },
        ],
      });
    useLink(scan, link, 'filter');
    use(tokens, { start: link.end, end: equal.end }, 'filter');
    return equal.end;
  }
  const best = Math.max(number?.score ?? 0, text?.score ?? 0, flag?.score ?? 0, named?.score ?? 0, table?.score ?? 0);
  const missed = flag ? missedBefore(scan, at) : undefined;
  if (missed !== undefined) use(tokens, { start: missed, end: at }, 'filter');
  const isNegative =
    missed !== undefined || NEGATIVE.test(wordAt(scan, at - 1)) || (wordAt(scan, at - 1) === '-' && NEGATIVE.test(wordAt(scan, at - 2)));
  if (term) frame.measures.push({ kind: 'formula', at, alias: term.name, expression: term.expression, refs: [] });
  else if (table && table.score >= best - 0.05 && table.table === scan.base.name)
    frame.mentionsRows ||= !isDeedOf(scan, at) && !rare.isOfThing?.(scan, link);
  else if (frame.top && named && number && number.score < 0.8 && /[^s]s$/.test(tokens[at]?.raw ?? ''))
    addValue(scan, at, named, isNegative);
  else if (isAmount && number) frame.bare.push({ operand: columnOperand(number.ref), at, only: [] });
  else if (named && named.score >= best - 0.001) addValue(scan, at, named, isNegative);
  else if (number && number.score >= best - 0.001 && !(comparatorAt(scan, link.end) === undefined && text && text.score >= number.score))
    frame.bare.push({ operand: columnOperand(number.ref), at, only: [] });
  else if (flag && flag.score >= best - 0.001) addFlag(scan, link, flag.ref, isNegative);
  else if (text && text.score >= best - 0.15 && !(table && table.score > text.score + 0.1)) addThing(scan, at, text.ref);
  else if (table) {
    frame.mentioned.add(table.table);
    const ref = referenceTo(scan, table.table);
    if (ref) addThing(scan, at, ref, true);
  } else if (number) frame.bare.push({ operand: columnOperand(number.ref), at, only: [] });
  useLink(scan, link, 'linked');
  return link.end;
}

/** A number or a value right before a comparison, or a verb that belongs to the name before it. */
function readCompared(scan: Scan, at: number, link: Link): number | undefined {
  const { frame, tokens } = scan;
  // "units picked" of qty_picked: the verb is part of the name.
  const last = frame.bare.at(-1);
  if (
    last?.operand.kind === 'column' &&
    scan.links.get(last.at)?.end === at &&
    /ed$/.test(wordAt(scan, at)) &&
    last.operand.ref.words.includes(wordAt(scan, at))
  ) {
    useLink(scan, link, 'noun');
    return link.end;
  }
  const number = pickNumber(link);
  const named = pickValue(link);
  // "picked less than requested": two numbers are compared.
  const compared = number && named ? comparatorAt(scan, link.end) : undefined;
  if (compared && number && named && number.ref.table === scan.base.name && pickNumber(linkAt(scan, compared.end))) {
    frame.bare.push({ operand: columnOperand(number.ref), at, only: [] });
    useLink(scan, link, 'linked');
    return link.end;
  }
  // "servfails exceed 50": rows of that value, counted.
  const many =
    named && /[^s]s$/.test(tokens[at]?.raw ?? '') && !/[^s]s$/.test(String(named.value)) && link.end === at + 1
      ? comparatorAt(scan, link.end)
      : undefined;
  const bound = many && tokens[many.end];
  if (
    many &&
    named &&
    bound?.t === 'number' &&
    bound.unit === undefined &&
    !linkAt(scan, many.end + 1) &&
    number === undefined &&
    !tallMeasure(scan, named.ref)
  ) {
    frame.measures.push({
      kind: 'aggregate',
      fn: 'COUNT',
      only: [{ any: [{ left: columnOperand(named.ref), operator: '=', values: [named.value] }] }],
      at,
    });
    useLink(scan, link, 'measure');
    return link.end;
  }
  // "stalling more than 5 times": how often, and no number of the row.
  const often = comparatorAt(scan, link.end);
  const isOften = often !== undefined && scan.tokens[often.end]?.t === 'number' && wordAt(scan, often.end + 1) === 'times';
  if (isOften && named && named.score > 0.85) {
    addValue(scan, at, named, false);
    useLink(scan, link, 'linked');
    return link.end;
  }
  return undefined;
}

/** Whether the words only say that something was done: `spent`, `placed`, `hit each`. */
function isOnlyVerb(scan: Scan, at: number, link: Link): boolean {
  const { frame, tokens } = scan;
  const number = pickNumber(link);
  const named = pickValue(link);
  const flag = pickColumn(link, (c) => c.kind === 'boolean');
  const isAsked =
    named !== undefined &&
    String(named.value).toLowerCase() !== (tokens[at]?.raw ?? '').toLowerCase() &&
    !/[^s]s$/.test(tokens[at]?.raw ?? '') &&
    /\b(do|does|did)\b/i.test(scan.input.slice(0, tokens[at]?.start ?? 0));
  const isPaid =
    number !== undefined &&
    number.score < 0.8 &&
    /^(paid|spent|sold|charged|ordered|bought)$/.test(wordAt(scan, at)) &&
    /^(by|with|via|using|in)$/.test(wordAt(scan, link.end));
  const isPaidFlag =
    flag !== undefined &&
    /^(paid|ordered|delivered|sold|used|charged)$/.test(wordAt(scan, at)) &&
    (comparatorAt(scan, link.end) !== undefined ||
      (/^(by|with|via|using|in)$/.test(wordAt(scan, link.end)) && pickValue(linkAt(scan, link.end + 1)) !== undefined));
  // "clients that hit each route" beside cache_hit
  const isDeed = flag !== undefined && flag.score < 0.9 && /^(each|every)$/.test(wordAt(scan, link.end));
  return Boolean(
    isPaidFlag ||
      isDeed ||
      isAsked ||
      isPaid ||
      // "orders placed by customers of the gold tier"
      (named &&
        named.ref.words.some((w) => /^(status|state|stage|step)$/.test(w)) &&
        INITIAL.test(String(named.value)) &&
        /ed$/.test(wordAt(scan, at)) &&
        wordAt(scan, link.end) === 'by') ||
      (named &&
        (named.score < 0.72 ||
          ((named.score < 0.9 || INITIAL.test(String(named.value))) &&
            pickTable(linkAt(scan, (comparatorAt(scan, link.end)?.end ?? 0) + 1))?.table === scan.base.name)) &&
        comparatorAt(scan, link.end) !== undefined &&
        /(ed|ing)$/.test(tokens[at]?.raw ?? '') &&
        frame.entity !== undefined) ||
      ((number ?? named) !== undefined && isDone(scan, at, link.end)),
  );
}

/** "shovels that loaded", "symbols trading": what is said of things, and no name of the rows. */
const isDeedOf = (scan: Scan, at: number): boolean =>
  scan.frame.entity !== undefined &&
  /[a-z]{3}(ed|ing)$/.test(plainWord(scan, at)) &&
  !scan.frame.top &&
  !splitName(scan.base.name).includes(plainWord(scan, at));

/** A flag with what is said of it: `is false`, `lamps off`, `closed door`. */
function addFlag(scan: Scan, link: Link, ref: ColumnRef, isNegative: boolean): void {
  const { frame, tokens } = scan;
  const at = link.start;
  const state =
    matchAt(tokens, link.end, 'is|=|equals|are true|false|yes|no') ??
    matchAt(tokens, link.end, 'is|are|was|were? not|never? on|off|running|closed|shut|disabled|inactive|switched on|off?');
  const opposite =
    /^(closed|shut|disabled|inactive)$/.test(wordAt(scan, at - 1)) && ref.words.some((w) => /^(open|opened|enabled|active|on)$/.test(w));
  if (opposite) use(tokens, { start: at - 1, end: at }, 'filter');
  // "opens not on desktop": where, and no state.
  const is = state && plainWord(scan, state.end - 1) === 'on' && linkAt(scan, state.end) ? undefined : state;
  const told = is ? wordsIn(tokens, is) : [];
  // "is not on", "isn't off"
  const isDenied = told.some((w) => /^(not|never)$/.test(w));
  const says = opposite || told.some((w) => /^(false|no|off|closed|shut|disabled|inactive)$/.test(w)) !== isDenied;
  frame.filters.push(flagFilter(ref, !(isNegative || says)));
  if (is) use(tokens, is, 'filter');
}

/** `missed the cache`, `lacking wifi`: a verb that denies the flag behind it. */
function missedBefore(scan: Scan, at: number): number | undefined {
  let before = at - 1;
  while (/^(the|a|an|its|their|any)$/.test(wordAt(scan, before))) before--;
  return /^(miss|missed|misses|missing|lack|lacks|lacked|lacking)$/.test(wordAt(scan, before)) ? before : undefined;
}

/** `spent the most money`, `used more than 5 kWh`: the verb is no column where the number is named behind it. */
function isDone(scan: Scan, at: number, end: number): boolean {
  const isVerb = /(ed|ing)$/.test(wordAt(scan, at)) && /^(the|more|less|most|least|fewest)$/.test(wordAt(scan, end));
  if (
    !isVerb &&
    !/^(spent|spend|spends|paid|earned|made|used|uses|scored|sold|produced|consumed|sent|moved|charged|traveled|travelled|driven|covered|burned|took|takes)$/.test(
      wordAt(scan, at),
    )
  )
    return false;
  for (let i = end; i < end + 5; i++) {
    if (pickNumber(linkAt(scan, i))) return true;
    const token = scan.tokens[i];
    if (
      !(
        token?.t === 'number' ||
        (token && 'word' in token && /^(the|most|more|less|than|over|under|above|below|least|at|highest|total|in|a)$/.test(token.word))
      )
    )
      return false;
  }
  return false;
}

/** "escalations of junior agents": they say whose rows, and are not what is asked for. */
function isWhose(scan: Scan, at: number): boolean {
  let before = at - 1;
  while (/^(filter|linked|noun)$/.test(scan.tokens[before]?.used ?? '') && scan.tokens[before]?.t === 'word') before--;
  return (
    before > 0 &&
    /^(of|from|by|with)$/.test(plainWord(scan, before)) &&
    scan.tokens.slice(0, before).some((t) => /^(filter|linked)$/.test(t.used ?? ''))
  );
}

function addThing(scan: Scan, at: number, ref: ColumnRef, viaTable = false): void {
  const { frame } = scan;
  // "wells pumping 100 l" of pump_mode: a verb, and nothing that is asked for.
  const isVerb = /[a-z]{3}ing$/.test(plainWord(scan, at)) && frame.entity !== undefined && !scan.lexicon.rawWords.has(plainWord(scan, at));
  if (isVerb && ref.schema.values?.length) return;
  if (!frame.entity && ref.kind !== 'time' && frame.measures.length === 0 && !frame.mentionsRows && !isWhose(scan, at))
    frame.entity = { ref, at };
  if (!viaTable) frame.bare.push({ operand: columnOperand(ref), at, only: [] });
}

function addValue(scan: Scan, at: number, named: { ref: ColumnRef; value: string | number }, isNegative: boolean): void {
  const { frame } = scan;
  const filter: Filter = { any: [{ left: columnOperand(named.ref), operator: '=', values: [named.value] }] };
  const tall = tallMeasure(scan, named.ref);
  if (tall && !isNegative) {
    frame.bare.push({ operand: columnOperand(tall), at, only: [filter] });
    return;
  }
  frame.filters.push(isNegative ? negate(filter) : filter);
}

/** `status 500`, `user 42`, `symbol AAPL or MSFT`, `country is "DE"`. */
export function equality(
  scan: Scan,
  from: number,
  ref: ColumnRef | undefined,
  loose: boolean,
): { values: (string | number)[]; end: number } | undefined {
  if (!ref || ref.kind === 'time') return undefined;
  // "film title contains …" of film
  const noun = ref.isId ? undefined : matchAt(scan.tokens, from, 'title|name|number|code|label|text|field|entry');
  if (noun && comparatorAt(scan, noun.end)) {
    use(scan.tokens, noun, 'linked');
    return undefined;
  }
  const isListed = scan.frame.bare.length > 1 && /^(and|,)$/.test(plainWord(scan, from - 2));
  const lead = isListed
    ? undefined
    : matchAt(scan.tokens, from, 'is|=|==|equals|equal|are|in|of|being|named|called|set either|exactly|to|one|equal? of|to?');
  if (isListed && wordAt(scan, from) === 'of') return undefined;
  const verb = lead !== undefined && !/^(in|of|named|called|are)$/.test(wordAt(scan, lead.start));
  let at = lead?.end ?? from;
  const values: (string | number)[] = [];
  let end = from;
  for (let guard = 0; guard < 8; guard++) {
    if (scan.tokens[at]?.t === 'mark' && wordAt(scan, at) === '(') at++;
    const token = scan.tokens[at];
    if (!token || token.used !== undefined) break;
    const value = namedValue(scan, at, ref, verb, loose);
    if (!value) break;
    values.push(value.value);
    end = value.end;
    const joint = matchAt(scan.tokens, end, ',? or|and|, either?');
    if (!joint) break;
    at = joint.end;
  }
  return values.length > 0 ? { values, end } : undefined;
}

function namedValue(
  scan: Scan,
  at: number,
  ref: ColumnRef,
  verb: boolean,
  loose: boolean,
): { value: string | number; end: number } | undefined {
  const token = scan.tokens[at];
  if (!token) return undefined;
  if (token.t === 'text') return ref.isId && / /.test(token.value) ? undefined : { value: token.value, end: at + 1 };
  const isPlain = token.t === 'word' && /^[a-z]+$/.test(token.raw);
  if (ref.isId && token.t === 'word' && !/\d/.test(token.raw) && token.raw.length > 1 && (!verb || isPlain)) return undefined;
  // "grade F", "graded A or B"
  const isLetter = token.t === 'word' && /^[A-Za-z]$/.test(token.raw) && ref.schema.values?.includes(token.raw);
  // "quality a", "an A", but not "grade a day"
  if (isLetter && (token.raw !== 'a' || !scan.tokens[at + 1] || /^(and|or|,)$/.test(wordAt(scan, at + 1))))
    return { value: token.raw, end: at + 1 };
  if (token.t === 'number' && token.unit === undefined && (ref.isId || ref.isCode || ref.kind === 'text')) {
    if (matchAt(scan.tokens, at + 1, 'or|and more|less|higher|lower|above|below|up|over|greater')) return undefined;
    return { value: ref.kind === 'text' ? token.raw : token.value, end: at + 1 };
  }
  if (token.t !== 'word') return undefined;
  const link = linkAt(scan, at);
  const named = pickValue(link);
  if (link && named && named.ref.name === ref.name) return { value: named.value, end: link.end };
  if (isSmallWord(token) || ref.kind !== 'text' || (ref.schema.values?.length && !verb)) return undefined;
  const after = scan.tokens[at + 1];
  const isJoined = after?.t === 'mark' && after.word === '-' && after.start === token.end && scan.tokens[at + 2]?.start === after.end;
  const isCode = /\d/.test(token.raw) || /^[A-Z0-9_-]{2,}$/.test(token.raw) || (isJoined && !isKnownWord(token.word));
  const isName = /^[A-Z]/.test(token.raw);
  if (link && !isCode) return undefined;
  const isFree =
    loose &&
    !isKnownWord(token.word) &&
    (token.word.length > 2 || ref.words.some((w) => /^(lang|language|country|currency|locale|state)$/.test(w))) &&
    !/(ing|ed|er)$|^(given|taken|made|left|sent|found|seen|written|known|shown|lost|takes|allows|needs|holds|belongs?|makes|gives|gets|people|full)$/.test(
      token.word,
    ) &&
    !meaningAt(scan, at) &&
    !rare.isNoName?.(scan, at) &&
    comparatorAt(scan, at) === undefined;
  // "which handler is lazy" asks for an opinion.
  if (!isCode && !isName && /^(which|who|what|whose|is|are|was|were|does|do)$/.test(plainWord(scan, 0))) return undefined;
  if (
    !isFree &&
    !isCode &&
    !isName &&
    !(
      verb &&
      aggregateOf(token.word) === undefined &&
      !/^(the|a|an|not|null|missing|in|over|above|below|under|at|by|per|more|less|greater|between|higher|lower|empty|best|worst|better|worse|good|bad|ok|okay|fine|sorted|up|down|each|every|grouped|given|taken|left|sent|found|seen|written|shown|full|highest|true|false|too|very|so|quite|really|pretty)$/.test(
        token.word,
      )
    )
  )
    return undefined;
  let end = at + 1;
  while (scan.tokens[end]?.start === token.start) end++;
  while (isName && /^[A-Z][a-z]/.test(scan.tokens[end]?.raw ?? '') && !linkAt(scan, end) && scan.tokens[end]?.used === undefined) end++;
  while (isJoined && scan.tokens[end]?.start === scan.tokens[end - 1]?.end && /^[\w-]+$/.test(scan.tokens[end]?.raw ?? '')) end++;
  return { value: scan.input.slice(token.start, scan.tokens[end - 1]?.end ?? token.end), end };
}
