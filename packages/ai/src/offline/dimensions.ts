import { type ColumnRef, isMeasure } from './column-facts.ts';
import { comparatorAt } from './comparators.ts';
import type { Dimension, Scan } from './frame.ts';
import { plainWord, wordAt } from './frame.ts';
import type { Link } from './link.ts';
import { rowNoun } from './meaning.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, PERSONS, pickColumn, pickNumber, pickTable, pickValue, referenceTo, useLink } from './pick.ts';
import { rare } from './rare-kinds.ts';
import { stem } from './stem.ts';
import { aggregateOf, COUNT_WORDS, isStopWord } from './vocabulary.ts';

const MARKERS = [
  'and? grouped|group|split|broken|break|bucketed|segmented|partitioned|aggregated|summarised|summarized|sliced|keyed|organised|organized|divided|separated|faceted them|it|this|that|results|down|up|out|the? down|up|out|data? by|per|for|into|across|on each|every|the?',
  'for|by|per|across|in|within|at|on|from|of each|every|all individual|different|single?',
  'across|over all|the? different?',
  'by|per|across both|the|individual?',
  'each|every',
  'for both|all',
  'for any',
  'of|for|by|from|within the? same',
];

const PARTS: readonly (readonly [Extract<Dimension, { kind: 'part' }>['part'], string])[] = [
  ['HOUR', 'hour|hours of the? day'],
  ['DOW', 'day of the? week'],
  ['DOW', 'weekday|weekdays'],
  ['DAY', 'day of the? month'],
  ['MONTH', 'month'],
];

/** Not a measure: what rows can be grouped by. */
export const groups = (ref: ColumnRef): boolean => !isMeasure(ref) && ref.kind !== 'time' && ref.kind !== 'other';

const CLAUSE = /^(living|with|who|whose|aged|under|over|above|below|older|younger|that|having|without|based|registered|from)$/;

/** `trip_id` of trips: grouping by it groups nothing. */
export const isRowId = (scan: Scan, ref: ColumnRef): boolean =>
  ref.isId && ref === scan.base.columns[0] && stem(ref.words[0] ?? '') === stem(rowNoun(scan.base));

export function dimensionOf(scan: Scan, at: number): { ref: ColumnRef; end: number; score: number } | undefined {
  const link = linkAt(scan, at);
  if (!link) return undefined;
  const table = pickTable(link);
  const column = pickColumn(link, groups);
  if (column && table?.table === scan.base.name && table.score > column.score + (isRowId(scan, column.ref) ? 0 : 0.1)) return undefined;
  if (column && (!table || column.score >= table.score - 0.2)) return { ref: column.ref, end: link.end, score: column.score };
  if (table && table.table !== scan.base.name) {
    const ref =
      referenceTo(scan, table.table) ??
      scan.lexicon.table(table.table)?.columns.find((c) => c.name === scan.lexicon.table(table.table)?.schema.key?.[0]);
    if (ref) return { ref, end: link.end, score: table.score };
  }
  if (column) return { ref: column.ref, end: link.end, score: column.score };
  return undefined;
}

/** Reads `by region and product`, `for each device`; gives the place behind it. */
export function readDimensions(scan: Scan, at: number): number | undefined {
  for (const pattern of MARKERS) {
    const lead = matchAt(scan.tokens, at, pattern);
    if (!lead) continue;
    const end = readList(scan, lead.end, lead.start);
    if (end !== undefined) {
      use(scan.tokens, lead, 'by');
      return end;
    }
  }
  return rare.unknownDimension?.(scan, at);
}

/** `by kind of lane` of `lane_type`: the name says the kind itself. */
const isKindOf = (scan: Scan, at: number): boolean =>
  /^(kind|type|sort)$/.test(wordAt(scan, at)) &&
  wordAt(scan, at + 1) === 'of' &&
  (dimensionOf(scan, at + 2)?.ref.words.some((w) => /^(type|kind|class|category)$/.test(w)) ?? false);

/** Whether a noun says less than the one behind it: the name of part of a column. */
function isLess(whose: Link, than: number): boolean {
  const [first] = whose.candidates;
  return (
    first !== undefined &&
    first.score < than &&
    first.score < (first.target.kind === 'column' && first.target.ref.kind === 'text' ? 0.95 : 0.8)
  );
}

/** A whole number that says which one, and measures nothing. */
const isNumbered = ({ schema, isMoney, isQuantity, unit }: ColumnRef): boolean =>
  /INT/i.test(schema.type) && !isMoney && !isQuantity && unit === undefined;

export function readList(scan: Scan, from: number, markerAt: number): number | undefined {
  const { tokens, frame } = scan;
  let at = from;
  let end: number | undefined;
  for (let guard = 0; guard < 6; guard++) {
    while (
      (/^(the|a|an|each|every|its|their|unique|distinct|different|individual|of|kinds?|types?|sorts?)$/.test(wordAt(scan, at)) &&
        !linkAt(scan, at)) ||
      isKindOf(scan, at)
    )
      at++;
    // "customer segment": the weaker noun only says whose.
    const whose = linkAt(scan, at);
    const own = whose && dimensionOf(scan, whose.end);
    if (whose && own && isLess(whose, own.score)) {
      useLink(scan, whose, 'noun');
      at = whose.end;
    }
    const part = partAt(scan, at);
    if (part) {
      frame.dimensions.push({ ...part.dimension, at });
      use(tokens, { start: at, end: part.end }, 'dimension');
      frame.scores.push(0.9);
      end = at = part.end;
    } else {
      const word = wordAt(scan, at);
      const flagged = linkAt(scan, at);
      const isMadeBy =
        end === undefined &&
        wordAt(scan, markerAt) === 'by' &&
        pickColumn(flagged)?.ref.kind === 'boolean' &&
        flagged !== undefined &&
        ((pickTable(linkAt(scan, flagged.end)) ?? pickColumn(linkAt(scan, flagged.end), (c) => c.isId)) !== undefined ||
          // "by premium users"
          (!linkAt(scan, flagged.end) && /[^s]s$/.test(wordAt(scan, flagged.end)) && !isStopWord(wordAt(scan, flagged.end))));
      // "udp over the VPN" of is_vpn: rows of that kind.
      const isKind =
        end === undefined &&
        frame.measures.length === 0 &&
        /^(over|in|on|at|within|into|from)$/.test(wordAt(scan, markerAt)) &&
        !/^(each|every|all|both)$/.test(plainWord(scan, at - 1)) &&
        flagged?.candidates[0]?.target.kind === 'column' &&
        flagged.candidates[0].target.ref.kind === 'boolean';
      if (isMadeBy || isKind) return undefined;
      if (end === undefined && isRowsOrPeople(scan, at, markerAt)) return undefined;
      const isFigure = (aggregateOf(word) !== undefined || COUNT_WORDS.has(word)) && !pickColumn(linkAt(scan, at), groups);
      const link = linkAt(scan, at);
      const isNamed = end === undefined && link !== undefined && rare.isOneOf?.(scan, link) === true;
      const dimension = isFigure || isNamed ? undefined : dimensionOf(scan, at);
      const number = pickNumber(link);
      if (!dimension || !link || (number && number.score > dimension.score + 0.03 && (frame.top || end !== undefined))) {
        const numeric = !frame.top && (end !== undefined || wordAt(scan, markerAt) !== 'for') ? number : undefined;
        const isWhole = numeric && isNumbered(numeric.ref);
        if (!isWhole || !numeric || !link) return end;
        frame.dimensions.push({ kind: 'column', ref: numeric.ref, at });
        useLink(scan, link, 'dimension');
        end = at = link.end;
      } else {
        if (!frame.dimensions.some((d) => d.ref.name === dimension.ref.name && d.ref.table === dimension.ref.table && d.kind === 'column'))
          frame.dimensions.push({ kind: 'column', ref: dimension.ref, at });
        useLink(scan, link, 'dimension');
        end = at = dimension.end;
      }
    }
    const joint = matchAt(tokens, at, ',? and|&|then|plus|x by|per|for? each|every|the?') ?? matchAt(tokens, at, ',|/ by|per? each|the?');
    if (!joint) return end;
    const next = linkAt(scan, joint.end);
    const counted = pickNumber(next);
    // "per subject and night", where nights are numbered.
    const isWhich =
      counted &&
      !frame.top &&
      wordAt(scan, joint.start) === 'and' &&
      isNumbered(counted.ref) &&
      !counted.ref.isAdditive &&
      !/[^s]s$/.test(wordAt(scan, joint.end));
    const isNext =
      isWhich ||
      (next &&
        dimensionOf(scan, joint.end) &&
        !(pickNumber(next) && (pickNumber(next)?.score ?? 0) > (dimensionOf(scan, joint.end)?.score ?? 0))) ||
      partAt(scan, joint.end);
    const isCondition = next && /^(is|are|=|over|above|below|under|equals|contains|>|<|starts)$/.test(wordAt(scan, next.end));
    const asValue = next && pickValue(next) && (pickValue(next)?.score ?? 0) > (pickColumn(next, groups)?.score ?? 0);
    if (!isNext || isCondition || asValue || aggregateOf(wordAt(scan, joint.end)) !== undefined) return end;
    use(tokens, joint, 'by');
    at = joint.end;
  }
  return end;
}

/** `every ticket in the queue` is the rows themselves; `visits by patients living in Braga` says whose rows, and is no grouping. */
function isRowsOrPeople(scan: Scan, at: number, markerAt: number): boolean {
  const link = linkAt(scan, at);
  const rowsAt = pickTable(link);
  const marker = wordAt(scan, markerAt);
  if (rowsAt?.table === scan.base.name && /^(each|every)$/.test(marker) && rowsAt.score >= (link?.candidates[0]?.score ?? 1) - 0.05)
    return true;
  const isWho = (rowsAt !== undefined && rowsAt.table !== scan.base.name) || PERSONS.test(wordAt(scan, at));
  if (marker !== 'by') return false;
  if (rare.isDoer?.(scan, markerAt)) return true;
  if (!isWho) return false;
  const end = link?.end;
  return CLAUSE.test(wordAt(scan, end ?? at + 1)) || comparatorAt(scan, end ?? at) !== undefined;
}

function partAt(scan: Scan, at: number): { dimension: Omit<Extract<Dimension, { kind: 'part' }>, 'at'>; end: number } | undefined {
  const time = scan.base.columns.find((c) => c.name === scan.base.eventTime);
  if (!time || linkAt(scan, at)) return undefined;
  for (const [part, pattern] of PARTS) {
    const found = matchAt(scan.tokens, at, pattern);
    if (found) return { dimension: { kind: 'part', part, ref: time }, end: found.end };
  }
  return undefined;
}
