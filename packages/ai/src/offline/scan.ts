import { comparatorAt } from './comparators.ts';
import { readComparison } from './conditions.ts';
import { dimensionOf, readDimensions } from './dimensions.ts';
import { columnOperand, plainWord, type Scan, wordAt } from './frame.ts';
import { meaningAt, rowName } from './meaning.ts';
import { readMeasure } from './measures.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickTable, useLink } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { readLink } from './read-link.ts';
import { stem } from './stem.ts';

/** Reads a whole sentence into its frame. Returns words that nothing came of. */
export function scanSentence(scan: Scan): void {
  const { tokens, frame } = scan;
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (!token || token.used !== undefined || (token.t === 'mark' && !/^[<>=!%]/.test(token.word))) {
      at++;
      continue;
    }
    const isAlert = frame.alert !== undefined && at >= frame.alert.from;
    const known = new Set<unknown>([...frame.filters, ...frame.comparisons]);
    const end = step(scan, at, isAlert);
    for (const filter of frame.filters) if (!known.has(filter)) frame.spans.push({ start: at, end: end ?? at + 1, filter });
    for (const c of frame.comparisons)
      if (!known.has(c) && c.subject.kind === 'column')
        frame.spans.push({
          start: at,
          end: end ?? at + 1,
          filter: { any: [{ left: c.subject.operand, operator: c.operator, values: c.values }] },
        });
    at = end !== undefined && end > at ? end : at + 1;
  }
}

const READERS: readonly ((scan: Scan, at: number) => number | undefined)[] = [
  (scan, at) => rare.readIndefinite?.(scan, at),
  (scan, at) => rare.readRowsCompared?.(scan, at),
  (scan, at) => rare.readOrder?.(scan, at),
  (scan, at) => rare.readAdjective?.(scan, at),
  (scan, at) => rare.readJoin?.(scan, at),
  (scan, at) => rare.readHow?.(scan, at),
  (scan, at) => rare.readRowFunction?.(scan, at),
  (scan, at) => rare.readVersus?.(scan, at),
  (scan, at) => rare.readQuotient?.(scan, at),
  (scan, at) => rare.readRatio?.(scan, at),
  (scan, at) => rare.readKnownFigure?.(scan, at),
  readDistinct,
  readMeasure,
];

const weakStem = (scan: Scan, at: number): string => {
  const token = scan.tokens[at];
  return token?.t === 'word' ? (token.alt ?? token.stem) : '';
};

function step(scan: Scan, at: number, isAlert: boolean): number | undefined {
  const isNull = rare.readNullTest?.(scan, at);
  if (isNull !== undefined) return isNull;
  for (const reader of READERS) {
    const end = reader(scan, at);
    if (end !== undefined) return end;
  }
  const inside = rare.readInside?.(scan, at);
  if (inside !== undefined) return inside;
  const coded = rare.readCode?.(scan, at);
  if (coded !== undefined) return coded;
  const topic = topicOfTop(scan, at);
  if (topic !== undefined) return topic;
  const dimensions = isComparison(scan, at) ? undefined : readDimensions(scan, at);
  if (dimensions !== undefined) return dimensions;
  const compared = readComparison(scan, at, isAlert);
  if (compared !== undefined) return compared;
  const weak = linkAt(scan, at);
  if (
    weak &&
    weak.end === at + 1 &&
    (weak.candidates[0]?.score ?? 1) < 0.85 &&
    !scan.lexicon.rawStems.has(weakStem(scan, at)) &&
    // "VIP lanes" of a flag vip
    pickColumn(weak, (c) => c.kind === 'boolean' && c.name.toLowerCase() === wordAt(scan, at)) === undefined &&
    pickColumn(linkAt(scan, at + 1), (c) => c.kind === 'text' && !c.isId && !c.schema.values?.length)
  )
    scan.links.delete(at);
  return rare.readExclusion?.(scan, at) ?? readLink(scan, at) ?? readMeaning(scan, at) ?? readGuess(scan, at);
}

const isComparison = (scan: Scan, at: number): boolean =>
  /^(over|across|at|in|of)$/.test(wordAt(scan, at)) && comparatorAt(scan, at) !== undefined && scan.tokens[at + 1]?.t === 'number';

/** `distinct merchants`: the values themselves. */
function readDistinct(scan: Scan, at: number): number | undefined {
  const { tokens, frame } = scan;
  const lead =
    matchAt(tokens, at, 'all|the? distinct|unique|different') ??
    (matchAt(tokens, at, 'active') && dimensionOf(scan, at + 1)?.ref.isId ? matchAt(tokens, at, 'active') : undefined);
  if (!lead) return undefined;
  const link = linkAt(scan, lead.end);
  const own = pickTable(link)?.table === scan.base.name ? rowName(scan.base) : undefined;
  const dimension = dimensionOf(scan, lead.end) ?? (own && { ref: own });
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
  // "the most failed runs" beside a text error: of those that failed, and by no error.
  if (dimension && !dimension.ref.words.some((w) => stem(w) === stem(wordAt(scan, at))) && meaningAt(scan, at)) return undefined;
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
  if (!link || !dimension || dimension.ref.kind === 'boolean' || (number && number.score > dimension.score)) return undefined;
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
  const guess = rare.guessColumn?.(scan, at);
  if (!guess) return undefined;
  const { frame } = scan;
  // "approved by Schmidt" of approved and approver: the name is the condition.
  const doer =
    plainWord(scan, at - 1) === 'by'
      ? frame.filters.findIndex(
          (f) =>
            f.any[0]?.left.kind === 'column' &&
            f.any[0].left.ref.kind === 'boolean' &&
            f.any[0].left.ref.name.slice(0, 5) === guess.ref.name.slice(0, 5),
        )
      : -1;
  if (doer >= 0) frame.filters.splice(doer, 1);
  use(scan.tokens, { start: at, end: guess.end }, 'filter');
  frame.scores.push(guess.score);
  for (const value of [guess.value, ...guess.more]) {
    frame.filters.push({ any: [{ left: columnOperand(guess.ref), operator: '=', values: [value] }] });
    frame.assumptions.push({ kind: 'column', text: `"${value}" is a value of ${guess.ref.name}` });
  }
  return guess.end;
}
