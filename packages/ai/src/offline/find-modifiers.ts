import { type Found, findPattern, use, wordIn, wordsIn } from './pattern.ts';
import type { Token } from './token.ts';

export interface SinkRequest {
  readonly kind: 'STREAM' | 'TABLE' | 'URI';
  readonly name: string;
}

export interface TopRequest {
  readonly count: number;
  readonly direction: 'ASC' | 'DESC';
  /** The count was not said. */
  readonly isAssumed: boolean;
  /** So many before it are left out: 1 of `second highest`. */
  readonly skip?: number;
  /** Most and least of nothing named: of rows. */
  readonly ofRows: boolean;
  /** `hottest`, `slowest`: names the measure itself. */
  readonly adjective?: string;
  /** Token where the ranked thing is expected. */
  readonly at: number;
}

const SUPERLATIVE =
  'wettest|oldest|tallest|strongest|noisiest|fullest|richest|deepest|highest|largest|biggest|most|greatest|hottest|warmest|slowest|longest|heaviest|priciest|busiest|best|fastest|quickest|expensive|frequent|popular|active|common|valuable|loudest|worst';
const LOW = 'driest|youngest|lowest|smallest|least|fewest|coldest|coolest|shortest|lightest|cheapest|worst|quietest|bottom';
const OF_ROWS =
  'active|popular|frequent|common|busiest|rarest|commonest|visited|used|viewed|requested|traded|ordered|frequently|often|quietest|noisy|noisiest|chatty|seen|played|clicked';

/** `top 5`, `3 busiest`, `which symbol has the highest`. */
export function findTop(tokens: readonly Token[]): TopRequest | undefined {
  const tries: readonly (readonly [string, 'ASC' | 'DESC'])[] = [
    [`the? top|best|leading|first -? #int most|highest|largest|biggest? ${OF_ROWS}|expensive|valuable?`, 'DESC'],
    ['the? bottom|worst|lowest -? #int', 'ASC'],
    [`the? #int ${LOW} ${OF_ROWS}|expensive|valuable?`, 'ASC'],
    [`the? #int ${SUPERLATIVE} ${OF_ROWS}|expensive|valuable?`, 'DESC'],
    [`the? ${SUPERLATIVE} #int`, 'DESC'],
    [`the? ${LOW} #int`, 'ASC'],
  ];
  for (const [pattern, direction] of tries) {
    const found = findPattern(tokens, pattern);
    const count = found?.slots[0];
    if (!found || count?.t !== 'number' || count.value < 1 || wordIn(tokens, found.start - 1) === 'at') continue;
    // "ten most borrowed titles"
    const verb = tokens[found.end];
    const isDone =
      verb?.t === 'word' &&
      verb.used === undefined &&
      /[a-z]{2}(ed|en)$/.test(verb.word) &&
      /^(most|least|fewest)$/.test(wordIn(tokens, found.end - 1));
    const request = top(tokens, isDone ? { start: found.start, end: found.end + 1 } : found, direction, count.value, false);
    return isDone ? { ...request, ofRows: true } : request;
  }
  const counted = findPattern(tokens, 'which|what|the|those|find|show|list|top|of? #int #word');
  const most =
    notAt(tokens, findPattern(tokens, 'the? most|highest|largest|greatest|biggest|longest|busiest|noisiest')) ??
    notAt(tokens, findPattern(tokens, 'the? least|fewest|lowest|smallest|shortest|quietest'));
  const joint =
    counted && most
      ? tokens
          .slice(counted.end, most.start)
          .some(
            (t) =>
              'word' in t &&
              /^(with|having|who|whose|that|by|is|are|was|were|have|has|had|spent|earned|made|got|which|sent|took|sold|bought|[a-z]{2,}ed|[a-z]{3,}ing)$/.test(
                t.word,
              ),
          )
      : false;
  if (counted && most && counted.start < most.start && joint && most.start - counted.end < 6) {
    const count = counted.slots[0];
    if (count?.t === 'number') {
      count.used = 'top';
      return top(tokens, most, isLow(tokens, most) ? 'ASC' : 'DESC', count.value, false);
    }
  }
  return findSingleTop(tokens, most);
}

/** "at least", "at most" are bounds and rank nothing. */
const notAt = (tokens: readonly Token[], found: Found | undefined): Found | undefined =>
  found && wordIn(tokens, found.start - 1) === 'at' ? undefined : found;

const isLow = (tokens: readonly Token[], { start, end }: { start: number; end: number }): boolean =>
  tokens.slice(start, end).some((t) => 'word' in t && /^(least|fewest|lowest|smallest|quietest|rarest|bottom|shortest)$/.test(t.word));

function findSingleTop(tokens: readonly Token[], most: { start: number; end: number } | undefined): TopRequest | undefined {
  // "city with most emergencies": the thing before "with" is ranked.
  if (
    most &&
    most.start < 5 &&
    most.start > 1 &&
    /^(with|having)$/.test(wordIn(tokens, most.start - 1)) &&
    !hasComparison(tokens, most.end)
  ) {
    const many = pluralAfter(tokens, most.start - 2);
    return top(tokens, most, isLow(tokens, most) ? 'ASC' : 'DESC', many ? 10 : 1, many);
  }
  const counted =
    findPattern(tokens, `the? most|least ${OF_ROWS}`) ?? findPattern(tokens, 'the? busiest|noisiest|quietest|rarest|commonest');
  if (counted)
    return top(
      tokens,
      counted,
      isLow(tokens, counted) ? 'ASC' : 'DESC',
      pluralAfter(tokens, counted.end) ? 10 : 1,
      pluralAfter(tokens, counted.end),
    );
  // "most purchased item", "least opened page": how often something happened is counted in rows.
  const done = findPattern(tokens, 'the? most|least often? #word #word');
  const verb = done?.slots[0];
  if (done && verb?.t === 'word' && /[a-z]{2}(ed|en)$/.test(verb.word) && wordIn(tokens, done.start - 1) !== 'at') {
    const found = { start: done.start, end: done.end - 1 };
    const many = pluralAfter(tokens, found.end);
    return { ...top(tokens, found, isLow(tokens, found) ? 'ASC' : 'DESC', many ? 10 : 1, many), ofRows: true };
  }
  const plain = findPattern(tokens, 'the? top|bottom');
  if (plain) {
    const many = pluralAfter(tokens, plain.end);
    return top(tokens, plain, isLow(tokens, plain) ? 'ASC' : 'DESC', many ? 10 : 1, many);
  }
  const which = findPattern(tokens, 'which|who|what');
  const fast = which
    ? findPattern(
        tokens,
        'the? fastest|slowest|quickest|cheapest|heaviest|hottest|coldest|warmest|coolest|oldest|youngest|driest|wettest|loudest',
      )
    : undefined;
  // "what is the heaviest bag on each flight" ranks nothing.
  const ofEach = fast && findPattern(tokens.slice(fast.end, fast.end + 4), 'on|at|in|of|for|from each|every');
  if (which && !most && fast && !ofEach && which.start < fast.start && fast.start - which.start < 6)
    return top(tokens, fast, 'DESC', 1, false);
  if (!which || !most || which.start > most.start) return undefined;
  const subject = tokens[which.start + 1];
  const isWhat = wordIn(tokens, which.start) === 'what';
  if (isWhat && subject?.t === 'word' && /^(is|are|was|were|s)$/.test(subject.word)) return undefined;
  if (most.start - which.start > 8) return undefined;
  const many = isMany(tokens, which.start, most.start);
  return top(tokens, most, isLow(tokens, most) ? 'ASC' : 'DESC', many ? 10 : 1, many);
}

/** Whether more than one is asked for: "which countries", and not "which country downloads", "the reviewer who gives". */
function isMany(tokens: readonly Token[], which: number, most: number): boolean {
  if (wordIn(tokens, which) === 'who') return which > 0 && isPlural(tokens[which - 1]);
  if (/^(has|is|was)$/.test(wordIn(tokens, which + 2))) return false;
  return (
    isPlural(tokens[which + 1]) ||
    (most > which + 3 && isPlural(tokens[which + 2]) && !/^(us|our|me|people)$/.test(wordIn(tokens, which + 3)))
  );
}

const isPlural = (token: Token | undefined): boolean => token?.t === 'word' && /[^s]s$/.test(token.raw) && !/(us|is)$/.test(token.raw);

const hasComparison = (tokens: readonly Token[], from: number): boolean =>
  tokens.slice(from, from + 4).some((t) => 'word' in t && /^(over|above|below|under|than)$/.test(t.word));

const pluralAfter = (tokens: readonly Token[], at: number): boolean => {
  return tokens.slice(at, at + 2).some(isPlural);
};

function top(
  tokens: readonly Token[],
  found: { start: number; end: number },
  direction: 'ASC' | 'DESC',
  count: number,
  isAssumed: boolean,
): TopRequest {
  const run = wordsIn(tokens, found);
  const ofRows = run.some((w) => OF_ROWS.split('|').includes(w)) && !run.some((w) => w === 'expensive' || w === 'valuable');
  const adjective = run.find((w) =>
    /^(hottest|warmest|slowest|longest|heaviest|priciest|fastest|quickest|coldest|coolest|shortest|lightest|cheapest|expensive|loudest|driest|wettest|oldest|youngest|tallest|strongest)$/.test(
      w,
    ),
  );
  const low = adjective !== undefined && /^(fastest|quickest|coldest|coolest|shortest|lightest|cheapest|driest|youngest)$/.test(adjective);
  use(tokens, found, 'top');
  return {
    count,
    direction: low ? 'ASC' : run.includes('least') || run.includes('fewest') ? 'ASC' : direction,
    isAssumed,
    ofRows,
    at: found.end,
    ...(adjective === undefined ? {} : { adjective }),
  };
}

export interface AlertClause {
  /** Tokens from here on state the condition. */
  readonly from: number;
  readonly severity?: 'critical' | 'warning' | 'info';
}

export interface RowsRequest {
  readonly count: number;
  /** Row window functions, or just the newest rows. */
  readonly kind: 'window' | 'newest';
}
