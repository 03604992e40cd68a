import { type ColumnRef, isMeasure } from './column-facts.ts';
import { columnOperand, type Filter, type Operand, type Scan, wordAt } from './frame.ts';
import { meaningAt, negate, tallMeasure } from './meaning.ts';
import { matchAt, use } from './pattern.ts';
import { linkAt, pickColumn, pickNumber, pickTable, pickTerm, pickValue, useLink } from './pick.ts';
import { isStopWord } from './vocabulary.ts';

/** What a run of words names: a number to aggregate, conditions on rows, a relation, a thing. */
export interface NounPhrase {
  readonly end: number;
  readonly filters: readonly Filter[];
  readonly operand?: Operand;
  readonly table?: string;
  readonly thing?: ColumnRef;
  readonly distinct: boolean;
  readonly found: boolean;
}

const SKIP =
  /^(the|a|an|of|all|any|our|their|its|his|her|your|in|new|individual|overall|total|actual|this|these|those|incoming|raw|single|given|up|seconds|minutes|hours|days|dollars|euros|unit|stock|value|s|figures?|levels?|numbers?)$/;

const comparatorFree = (word: string): boolean => !/^(over|above|below|under|exceeds?|than|between|equals?)$/.test(word);

const value = (ref: ColumnRef, v: string | number): Filter => ({ any: [{ left: columnOperand(ref), operator: '=', values: [v] }] });
export const flagFilter = (ref: ColumnRef, truth: boolean): Filter => ({
  any: [{ left: columnOperand(ref), operator: '=', values: [truth] }],
});

/** A word that says nothing here, in front of a number: "recorded speed". */
function isEpithet(scan: Scan, at: number): boolean {
  const word = wordAt(scan, at);
  return word.length > 3 && !isStopWord(word) && pickNumber(linkAt(scan, at + 1)) !== undefined && comparatorFree(word);
}

/** "the claimed amount" of claimed_usd, "units picked" of qty_picked: words that belong to a number. */
const isPartOf = (operand: Operand | undefined, word: string): boolean =>
  operand?.kind === 'column' &&
  ((operand.ref.isMoney && /^(amount|amounts|money|sum)$/.test(word)) || (/ed$/.test(word) && operand.ref.words.includes(word)));

interface PhraseParts {
  readonly from: number;
  readonly end: number;
  readonly filters: readonly Filter[];
  readonly operand: Operand | undefined;
  readonly table: string | undefined;
  readonly thing: ColumnRef | undefined;
  readonly distinct: boolean;
}

function phraseOf({ from, end, filters, operand, table, thing, distinct }: PhraseParts): NounPhrase {
  const found = filters.length > 0 || operand !== undefined || table !== undefined || thing !== undefined;
  return {
    end: found || distinct ? end : from,
    filters,
    distinct,
    found,
    ...(operand ? { operand } : {}),
    ...(table === undefined ? {} : { table }),
    ...(thing ? { thing } : {}),
  };
}

/** Reads a noun phrase; `want: 'number'` stops before a thing that is no number. */
export function nounPhrase(scan: Scan, from: number, want: 'number' | 'any'): NounPhrase {
  const filters: Filter[] = [];
  let at = from;
  let end = from;
  let operand: Operand | undefined;
  let table: string | undefined;
  let thing: ColumnRef | undefined;
  let distinct = false;
  let negated = false;
  for (let steps = 0; steps < 14 && at < scan.tokens.length; steps++) {
    const passed = scan.tokens[at]?.used;
    if (passed !== undefined && !operand && /^(rows|window|polite|emit|order)$/.test(passed) && steps < 10) {
      at++;
      continue;
    }
    const link = linkAt(scan, at);
    const word = wordAt(scan, at);
    if (isPartOf(operand, word)) {
      use(scan.tokens, { start: at, end: at + 1 }, 'noun');
      end = ++at;
      continue;
    }
    if (!link && word !== '' && SKIP.test(word) && steps < 10) {
      at++;
      continue;
    }
    const span = link || operand || want !== 'number' ? undefined : onlySpan(scan, word);
    if (span) {
      operand = columnOperand(span);
      use(scan.tokens, { start: at, end: at + 1 }, 'measure');
      end = ++at;
      continue;
    }
    if (/^(distinct|unique|different)$/.test(word) || (word === 'active' && !link && pickColumn(linkAt(scan, at + 1), (c) => c.isId))) {
      distinct = true;
      use(scan.tokens, { start: at, end: at + 1 }, 'distinct');
      end = ++at;
      continue;
    }
    if (/^(non|not|un|never)$/.test(word)) {
      negated = true;
      at = wordAt(scan, at + 1) === '-' ? at + 2 : at + 1;
      continue;
    }
    const meaning = operand ? undefined : meaningAt(scan, at);
    const own = pickValue(link) ?? pickColumn(link, (c) => c.kind === 'boolean');
    if (
      meaning &&
      !(own && own.score > (own.ref.kind === 'boolean' ? 0.9 : 0.7) && own.ref.table === scan.base.name) &&
      !(link && (pickNumber(link)?.score ?? 0) > 0.8)
    ) {
      filters.push(negated ? negate(meaning.filter) : meaning.filter);
      use(scan.tokens, { start: at, end: meaning.end }, 'filter');
      scan.frame.scores.push(0.9);
      negated = false;
      at = end = meaning.end;
      continue;
    }
    if (!link && want === 'number' && !operand && isEpithet(scan, at)) {
      use(scan.tokens, { start: at, end: at + 1 }, 'noun');
      at++;
      continue;
    }
    if (!link) break;
    if (
      operand &&
      /^(versus|vs|against)$/.test(wordAt(scan, link.end)) &&
      (pickValue(link) ?? pickColumn(link, (c) => c.kind === 'boolean'))
    )
      break;
    const term = pickTerm(link);
    if (term && !operand) {
      operand = { kind: 'text', expression: term.expression, name: term.name };
      useLink(scan, link, 'measure');
      at = end = link.end;
      break;
    }
    const step = readLink(scan, link, { hasOperand: operand !== undefined, hasThing: thing !== undefined, negated, want });
    if (!step && want === 'number' && !operand && pickNumber(linkAt(scan, link.end))) {
      useLink(scan, link, 'noun');
      at = link.end;
      continue;
    }
    if (!step) break;
    if (step.filter) filters.push(step.filter);
    if (step.operand) operand = step.operand;
    // "rejected scans of arenas": the rows stay what is counted.
    if (step.table !== undefined && table !== scan.base.name) table = step.table;
    if (step.thing) thing = step.thing;
    negated = negated && step.thing !== undefined;
    useLink(scan, link, step.filter ? 'filter' : step.operand ? 'measure' : step.table === undefined ? 'thing' : 'table');
    at = end = link.end;
    const more = operand && arithmetic(scan, at, operand);
    if (more) {
      operand = more.operand;
      at = end = more.end;
    }
  }
  return phraseOf({ from, end, filters, operand, table, thing, distinct });
}

/** `total idle time`: the one number of a relation that is a span of time. */
function onlySpan(scan: Scan, word: string): ColumnRef | undefined {
  if (!/^(time|duration|hours|minutes|seconds)$/.test(word)) return undefined;
  const isSpan = (c: ColumnRef): boolean =>
    isMeasure(c) && (c.words.some((w) => /^(duration|elapsed|time|latency|wait|delay)$/.test(w)) || /^(ms|s|min|h)$/.test(c.unit ?? ''));
  const times = scan.base.columns.filter(isSpan);
  return times.length === 1 ? times[0] : undefined;
}

interface Reading {
  readonly filter?: Filter;
  readonly operand?: Operand;
  readonly table?: string;
  readonly thing?: ColumnRef;
}

function readLink(
  scan: Scan,
  link: Parameters<typeof pickValue>[0] & object,
  state: { hasOperand: boolean; hasThing: boolean; negated: boolean; want: 'number' | 'any' },
): Reading | undefined {
  const number = pickNumber(link);
  const named = pickValue(link);
  const flag = pickColumn(link, (c) => c.kind === 'boolean');
  const table = pickTable(link);
  const other = pickColumn(link, (c) => !isMeasure(c) && c.kind !== 'boolean' && c.kind !== 'time');
  const numberScore = number && !state.hasOperand ? number.score + (state.want === 'number' ? 0.12 : 0) : 0;
  const best = Math.max(
    numberScore,
    named?.score ?? 0,
    flag?.score ?? 0,
    table?.score ?? 0,
    state.want === 'any' ? (other?.score ?? 0) : 0,
  );
  if (best === 0) return undefined;
  const isRows = table?.table === scan.base.name;
  if (table && isRows && table.score >= best - 0.06 && !(number && numberScore > table.score)) return { table: table.table };
  if (number && numberScore >= best) return { operand: columnOperand(number.ref) };
  if (named && named.score >= best - 0.001) {
    const tall = state.hasOperand ? undefined : tallMeasure(scan, named.ref);
    const filter = state.negated ? negate(value(named.ref, named.value)) : value(named.ref, named.value);
    return tall ? { filter, operand: columnOperand(tall) } : { filter };
  }
  if (flag && flag.score >= best - 0.001) return { filter: flagFilter(flag.ref, !state.negated) };
  if (other && state.want === 'any' && other.score >= best - 0.001)
    return state.hasThing || state.hasOperand ? undefined : { thing: other.ref };
  if (table) return state.hasOperand ? undefined : { table: table.table };
  return undefined;
}

const OPERATORS: readonly (readonly ['+' | '-' | '*' | '/', string])[] = [
  ['*', 'times|multiplied|x|* by?'],
  ['/', 'divided by'],
  ['/', 'over|per? / the?'],
  ['-', 'minus|less|- the?'],
  ['+', 'plus|+ the?'],
];

/** How many numbers one sum has at most. */
const PARTS_MAX = 8;

/** `price times quantity`, `ask - bid`. */
export function arithmetic(scan: Scan, at: number, left: Operand, parts = 1): { operand: Operand; end: number } | undefined {
  if (parts >= PARTS_MAX) return undefined;
  for (const [operator, pattern] of OPERATORS) {
    const found = matchAt(scan.tokens, at, pattern);
    if (!found) continue;
    const link = linkAt(scan, found.end);
    const right = pickNumber(link);
    const literal = scan.tokens[found.end];
    if (!link || !right) {
      if (literal?.t === 'number' && operator !== '-' && literal.unit === undefined) {
        use(scan.tokens, { start: at, end: found.end + 1 }, 'measure');
        return {
          operand: {
            kind: 'binary',
            operator,
            left,
            right: { kind: 'text', expression: String(literal.value), name: String(literal.value) },
          },
          end: found.end + 1,
        };
      }
      continue;
    }
    use(scan.tokens, found, 'measure');
    useLink(scan, link, 'measure');
    const operand: Operand = { kind: 'binary', operator, left, right: columnOperand(right.ref) };
    return arithmetic(scan, link.end, operand, parts + 1) ?? { operand, end: link.end };
  }
  return undefined;
}
