import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import { readComparison, readNullTest } from './conditions.ts';
import { dimensionOf, readDimensions } from './dimensions.ts';
import { columnOperand, type Filter, type Scan, wordAt } from './frame.ts';
import { guessColumn } from './guess-column.ts';
import { meaningAt, negate, tallMeasure } from './meaning.ts';
import { readKnownFigure, readMeasure } from './measures.ts';
import { flagFilter } from './noun-phrase.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickTable, pickTerm, pickValue, referenceTo, useLink } from './pick.ts';
import { readRatio } from './ratios.ts';
import { readExclusion } from './read-exclusion.ts';
import { readRowFunction } from './row-functions.ts';
import { ADJECTIVE_MEASURES, aggregateOf, isKnownWord } from './vocabulary.ts';

/** Reads a whole sentence into its frame. Returns words that nothing came of. */
export function scanSentence(scan: Scan): void {
  const { tokens, frame } = scan;
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (!token || token.used !== undefined || (token.t === 'mark' && !/^[<>=!]/.test(token.word))) {
      at++;
      continue;
    }
    const isAlert = frame.alert !== undefined && at >= frame.alert.from;
    const end = step(scan, at, isAlert);
    at = end !== undefined && end > at ? end : at + 1;
  }
}

const READERS: readonly ((scan: Scan, at: number) => number | undefined)[] = [
  readOrder,
  readAdjective,
  readJoin,
  readRowFunction,
  readRatio,
  readKnownFigure,
  readDistinct,
  readMeasure,
];

function step(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const isNull = readNullTest(scan, at);
  if (isNull !== undefined) return isNull;
  for (const reader of READERS) {
    const end = reader(scan, at);
    if (end !== undefined) return end;
  }
  const coded = readCode(scan, at);
  if (coded !== undefined) return coded;
  const topic = topicOfTop(scan, at);
  if (topic !== undefined) return topic;
  const dimensions = isComparison(scan, at) ? undefined : readDimensions(scan, at);
  if (dimensions !== undefined) return dimensions;
  const compared = readComparison(scan, at, isAlert);
  if (compared !== undefined) return compared;
  return readExclusion(scan, at) ?? readLink(scan, at) ?? readMeaning(scan, at) ?? readGuess(scan, at);
}

/** `404 requests`: a number right before rows that carry a status code. */
function readCode(scan: Scan, at: number): number | undefined {
  const token = scan.tokens[at];
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

const isComparison = (scan: Scan, at: number): boolean =>
  /^(over|across|at|in|of)$/.test(wordAt(scan, at)) && comparatorAt(scan, at) !== undefined && scan.tokens[at + 1]?.t === 'number';

/** `hottest sensors`, `slowest endpoints`: a ranking of things by the measure that the adjective names. */
function readAdjective(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(
    tokens,
    at,
    'the? most? hottest|warmest|slowest|fastest|quickest|longest|heaviest|priciest|coldest|coolest|shortest|lightest|cheapest|loudest|expensive',
  );
  if (!lead || frame.top) return undefined;
  const word = wordAt(scan, lead.end - 1);
  const dimension = dimensionOf(scan, lead.end);
  const link = linkAt(scan, lead.end);
  const number = pickNumber(link);
  const table = pickTable(link);
  if (!link || !(dimension || table) || (number && number.score > (dimension?.score ?? 0))) return undefined;
  const hint = ADJECTIVE_MEASURES[word];
  const column = hint && scan.base.columns.find((c) => isMeasure(c) && c.words.some((w) => hint.includes(w)));
  if (table?.table === scan.base.name && column && /^(by|per|for|in|of)$/.test(wordAt(scan, link.end))) {
    use(tokens, lead, 'aggregate');
    useLink(scan, link, 'table');
    const low = /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest)$/.test(word);
    frame.measures.push({ kind: 'aggregate', fn: low ? 'MIN' : 'MAX', of: columnOperand(column), only: [], at });
    return link.end;
  }
  const many = /[^su]s$/.test(tokens[link.end - 1]?.raw ?? '');
  use(tokens, lead, 'top');
  frame.top = {
    count: many ? 10 : 1,
    isAssumed: many,
    ofRows: false,
    adjective: word,
    at: lead.end,
    direction: /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest)$/.test(word) ? 'ASC' : 'DESC',
  };
  return lead.end;
}

const rawWordAt = (scan: Scan, at: number): string => {
  const token = scan.tokens[at];
  return token && 'word' in token ? token.word : '';
};

/** `sorted by total descending`, `highest first`. */
function readOrder(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const first =
    matchAt(tokens, at, 'with|from|and? the? highest|largest|biggest|most|high|greatest to low?  first') ??
    matchAt(tokens, at, 'highest|largest|biggest|most|greatest|newest|latest first') ??
    matchAt(tokens, at, 'from? high|highest to low|lowest');
  const last = first
    ? undefined
    : (matchAt(tokens, at, 'lowest|smallest|least|fewest|oldest|earliest first') ??
      matchAt(tokens, at, 'from? low|lowest to high|highest'));
  if (first || last) {
    use(tokens, (first ?? last) as { start: number; end: number }, 'order');
    frame.order = { direction: first ? 'DESC' : 'ASC', ofCount: false, ...frame.order };
    return (first ?? last)?.end;
  }
  const lead =
    matchAt(
      tokens,
      at,
      'and|then? sorted|sort|ordered|order|ranked|rank|ranking|sorting|ordering them|it|results|these|this|the? results? by|on|in the|total|highest|descending|ascending?',
    ) ?? matchAt(tokens, at, 'in descending|ascending order of|by?');
  if (
    !lead ||
    (wordAt(scan, lead.start) === 'order' && /^(an|each|per|of|every|the|average|single)$/.test(rawWordAt(scan, lead.start - 1)))
  )
    return undefined;
  const words = tokens.slice(lead.start, lead.end).map((t) => ('word' in t ? t.word : ''));
  use(tokens, lead, 'order');
  const marks = frame.measures.length;
  const target = readMeasure(scan, lead.end) ?? lead.end;
  let operand = frame.measures.length > marks ? undefined : undefined;
  let end = target;
  let ofCount = false;
  if (target === lead.end) {
    const link = linkAt(scan, lead.end);
    const number = pickNumber(link) ?? pickColumn(link);
    if (link && number) {
      operand = columnOperand(number.ref) as never;
      useLink(scan, link, 'order');
      end = link.end;
    } else if (/^(count|frequency|number|volume)$/.test(wordAt(scan, lead.end))) {
      ofCount = true;
      end = lead.end + 1;
      use(tokens, { start: lead.end, end }, 'order');
    }
  }
  const direction = matchAt(tokens, end, ',|in? descending|desc|decreasing|ascending|asc|increasing order?');
  if (direction) {
    words.push(...tokens.slice(direction.start, direction.end).map((t) => ('word' in t ? t.word : '')));
    use(tokens, direction, 'order');
    end = direction.end;
  }
  const highFirst = matchAt(tokens, end, ',? highest|largest|biggest|most|newest|latest first');
  const lowFirst = matchAt(tokens, end, ',? lowest|smallest|least|oldest|earliest first');
  if (highFirst ?? lowFirst) use(tokens, (highFirst ?? lowFirst) as { start: number; end: number }, 'order');
  const isUp = lowFirst !== undefined || words.some((w) => /^(ascending|asc|increasing)$/.test(w));
  const isTime =
    (operand as { ref?: ColumnRef } | undefined)?.ref?.kind === 'time' ||
    (operand as { ref?: ColumnRef } | undefined)?.ref?.kind === 'text';
  frame.order = {
    direction: isUp || (isTime && !highFirst && !words.some((w) => /^desc/.test(w))) ? 'ASC' : 'DESC',
    ofCount,
    ...(operand ? { operand } : {}),
  };
  frame.scores.push(0.9);
  return (highFirst ?? lowFirst)?.end ?? end;
}

const JOINS = /\b(join\w*|match\w*|correlat\w*|pair\w*|apart|followed|enrich\w*|each other|combin\w*|of (the|their|its) \w+)\b/i;

/** `joined with customers`, `match orders to payments within 10 minutes`. */
function readJoin(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const outer =
    matchAt(tokens, at, 'left|outer outer? join') ??
    matchAt(tokens, at, 'even if|when there? is|are? no|none|not? match|matches|matching|matched?') ??
    matchAt(
      tokens,
      at,
      'including|include|keep|keeping those|all|unmatched|ones|the|orders|rows without|unmatched|with|rows|ones? a|any|no? match|matches|matching?',
    );
  if (outer) {
    frame.outer = true;
    use(tokens, outer, 'join');
    return outer.end;
  }
  const within =
    matchAt(tokens, at, 'within|in|less|under than? #dur of|from|after|between? each|one|the|them? other|another|order|it|that?') ??
    matchAt(tokens, at, 'at most|up to? #dur apart|later|after|of?');
  const span = within?.slots[0];
  if (within && span?.t === 'duration' && scan.hops.size > 1 && JOINS.test(scan.input)) {
    frame.joinWithinMs = span.ms;
    use(tokens, within, 'join');
    frame.scores.push(0.95);
    return within.end;
  }
  const lead = matchAt(
    tokens,
    at,
    'and|then? inner? join|joined|joining|joins|match|matched|matches|matching|enrich|enriched|enriching|combine|combined|combining|correlate|correlated|correlating|merge|merged|link|linked|pair|paired|attach|together|alongside|followed|lookup|look them|it|each|up? with|to|against|by|and|on|using? the|their|its|a|each?',
  );
  if (!lead) return undefined;
  use(tokens, lead, 'join');
  return lead.end;
}

/** `distinct merchants`: the values themselves. */
function readDistinct(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead = matchAt(tokens, at, 'all|the? distinct|unique|different');
  if (!lead) return undefined;
  const link = linkAt(scan, lead.end);
  const dimension = dimensionOf(scan, lead.end);
  if (!link || !dimension) return undefined;
  const isGrouped =
    frame.dimensions.length > 0 ||
    frame.measures.length > 0 ||
    tokens.slice(link.end).some((t) => t.used === undefined && 'word' in t && /^(by|per|each|every)$/.test(t.word)) ||
    frame.window !== undefined;
  use(tokens, lead, 'distinct');
  useLink(scan, link, 'column');
  if (isGrouped) frame.measures.push({ kind: 'aggregate', fn: 'COUNT', of: columnOperand(dimension.ref), distinct: true, only: [], at });
  else {
    frame.distinctRows = true;
    frame.bare.push({ operand: columnOperand(dimension.ref), at, only: [] });
  }
  return link.end;
}

/** `top 5 symbols …`: what is ranked stands right behind. */
function topicOfTop(scan: Scan, at: number): number | undefined {
  const { frame } = scan;
  if (!frame.top || frame.top.at !== at || frame.dimensions.length > 0) return undefined;
  const link = linkAt(scan, at);
  const dimension = dimensionOf(scan, at);
  const number = pickNumber(link);
  const table = pickTable(link);
  if (
    link &&
    number &&
    number.score > (dimension?.score ?? 0) &&
    frame.top.isAssumed !== true &&
    frame.top.count === 1 &&
    matchAt(scan.tokens, link.end, 'by|per|for|of each|every|the?')
  ) {
    // "top speed by driver": the highest, and no ranking.
    delete frame.top;
    frame.measures.push({ kind: 'aggregate', fn: 'MAX', of: columnOperand(number.ref), only: [], at });
    useLink(scan, link, 'measure');
    return link.end;
  }
  if (!link || !dimension || (number && number.score > dimension.score)) return undefined;
  if (table?.table === scan.base.name && table.score >= dimension.score - 0.1) return undefined;
  frame.dimensions.push({ kind: 'column', ref: dimension.ref, at });
  useLink(scan, link, 'dimension');
  return link.end;
}

function readMeaning(scan: Scan, at: number): number | undefined {
  const meaning = meaningAt(scan, at);
  if (!meaning) return undefined;
  scan.frame.filters.push(meaning.filter);
  use(scan.tokens, { start: at, end: meaning.end }, 'filter');
  scan.frame.scores.push(0.88);
  return meaning.end;
}

function readGuess(scan: Scan, at: number): number | undefined {
  const guess = guessColumn(scan, at);
  if (!guess) return undefined;
  const { frame } = scan;
  use(scan.tokens, { start: at, end: guess.end }, 'filter');
  frame.scores.push(guess.score);
  frame.filters.push({ any: [{ left: columnOperand(guess.ref), operator: '=', values: [guess.value] }] });
  frame.assumptions.push({ kind: 'column', text: `"${guess.value}" is a value of ${guess.ref.name}` });
  return guess.end;
}

const NEGATIVE = /^(not|non|never|un|no|isn|aren|without)$/;

/** A linked run of words in no special place. */
function readLink(scan: Scan, at: number): number | undefined {
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
  const isAsked =
    named !== undefined &&
    String(named.value).toLowerCase() !== (tokens[at]?.raw ?? '').toLowerCase() &&
    /\b(do|does|did)\b/i.test(scan.input.slice(0, tokens[at]?.start ?? 0));
  const isPaid =
    number !== undefined &&
    number.score < 0.8 &&
    /^(paid|spent|sold|charged|ordered|bought)$/.test(wordAt(scan, at)) &&
    /^(by|with|via|using|in)$/.test(wordAt(scan, link.end));
  const isVerb =
    isAsked ||
    isPaid ||
    (named && comparatorAt(scan, link.end) !== undefined && /ed$/.test(tokens[at]?.raw ?? '') && frame.entity !== undefined);
  if (isVerb) {
    useLink(scan, link, 'verb');
    return link.end;
  }
  const topIsColumn = link.candidates[0]?.target.kind === 'column' && !text?.ref.isId && (text?.score ?? 0) > 0.9;
  const equal = equality(scan, link.end, text?.ref, topIsColumn);
  if (equal && text && (!table || table.table !== scan.base.name || text.score >= table.score - 0.12)) {
    frame.filters.push({
      any: [
        {
          left: columnOperand(text.ref),
          operator: '=',
          values: equal.values.length === 1 ? [equal.values[0] as string] : [equal.values[0] as string],
        },
      ],
    });
    for (const more of equal.values.slice(1))
      frame.filters.push({ any: [{ left: columnOperand(text.ref), operator: '=', values: [more] }] });
    useLink(scan, link, 'filter');
    use(tokens, { start: link.end, end: equal.end }, 'filter');
    return equal.end;
  }
  const best = Math.max(number?.score ?? 0, text?.score ?? 0, flag?.score ?? 0, named?.score ?? 0, table?.score ?? 0);
  const isNegative = NEGATIVE.test(wordAt(scan, at - 1)) || (wordAt(scan, at - 1) === '-' && NEGATIVE.test(wordAt(scan, at - 2)));
  if (term) frame.measures.push({ kind: 'formula', at, alias: term.name, expression: term.expression, refs: [] });
  else if (table && table.score >= best - 0.05 && table.table === scan.base.name) frame.mentionsRows = true;
  else if (named && named.score >= best - 0.001) addValue(scan, at, named, isNegative);
  else if (number && number.score >= best - 0.001 && !(comparatorAt(scan, link.end) === undefined && text && text.score >= number.score))
    frame.bare.push({ operand: columnOperand(number.ref), at, only: [] });
  else if (flag && flag.score >= best - 0.001) {
    const is = matchAt(tokens, link.end, 'is|=|equals|are true|false|yes|no');
    const says = is ? tokens.slice(is.start, is.end).some((t) => 'word' in t && /^(false|no)$/.test(t.word)) : false;
    frame.filters.push(flagFilter(flag.ref, !(isNegative || says)));
    if (is) use(tokens, is, 'filter');
  } else if (text && text.score >= best - 0.15 && !(table && table.score > text.score + 0.1)) addThing(scan, at, text.ref);
  else if (table) {
    frame.mentioned.add(table.table);
    const ref = referenceTo(scan, table.table);
    if (ref) addThing(scan, at, ref, true);
  } else if (number) frame.bare.push({ operand: columnOperand(number.ref), at, only: [] });
  useLink(scan, link, 'linked');
  return link.end;
}

function addThing(scan: Scan, at: number, ref: ColumnRef, viaTable = false): void {
  const { frame } = scan;
  if (!frame.entity && frame.measures.length === 0 && !frame.mentionsRows) frame.entity = { ref, at };
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
function equality(
  scan: Scan,
  from: number,
  ref: ColumnRef | undefined,
  loose: boolean,
): { values: (string | number)[]; end: number } | undefined {
  if (!ref || ref.kind === 'time') return undefined;
  const lead = matchAt(scan.tokens, from, 'is|=|==|equals|equal|are|in|of|being|named|called|set either|exactly|to|one|equal? of|to?');
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
  if (token.t === 'text') return { value: token.value, end: at + 1 };
  if (token.t === 'number' && token.unit === undefined && (ref.isId || ref.isCode || ref.kind === 'text')) {
    if (matchAt(scan.tokens, at + 1, 'or|and more|less|higher|lower|above|below')) return undefined;
    return { value: ref.kind === 'text' ? token.raw : token.value, end: at + 1 };
  }
  if (token.t !== 'word') return undefined;
  const link = linkAt(scan, at);
  const named = pickValue(link);
  if (link && named && named.ref.name === ref.name) return { value: named.value, end: link.end };
  if (ref.kind !== 'text' || (ref.schema.values?.length && !verb)) return undefined;
  const isCode = /\d/.test(token.raw) || /^[A-Z0-9_-]{2,}$/.test(token.raw);
  const isName = /^[A-Z]/.test(token.raw);
  if (link && !isCode) return undefined;
  const isFree =
    loose &&
    !isKnownWord(token.word) &&
    token.word.length > 2 &&
    !/(ing|ed|er)$/.test(token.word) &&
    !meaningAt(scan, at) &&
    comparatorAt(scan, at) === undefined;
  if (
    !isFree &&
    !isCode &&
    !isName &&
    !(
      verb &&
      aggregateOf(token.word) === undefined &&
      !/^(the|a|an|not|null|missing|in|over|above|below|under|at|by|per|more|less|greater|between|higher|lower|empty|sorted|up|down|each|every|grouped|highest|true|false)$/.test(
        token.word,
      )
    )
  )
    return undefined;
  let end = at + 1;
  while (scan.tokens[end]?.start === token.start) end++;
  return { value: scan.input.slice(token.start, token.end), end };
}
