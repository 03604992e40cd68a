import { type Found, findPattern, matchAt, use, wordIn } from './pattern.ts';
import { rare } from './rare-kinds.ts';
import { TIME_UNITS, type Token } from './token.ts';

export type WindowRequest = (
  | { readonly kind: 'tumbling'; readonly sizeMs: number }
  | { readonly kind: 'sliding'; readonly sizeMs: number; readonly advanceMs: number }
  | { readonly kind: 'session'; readonly gapMs: number }
) & {
  /** What was taken for granted, to be shown. */
  readonly assumed?: string;
  /** Only worth it where something is aggregated. */
  readonly weak?: boolean;
};

export const BUCKETS =
  'window|windows|bucket|buckets|interval|intervals|bar|bars|candle|candles|candlestick|candlesticks|period|periods|slot|slots|bin|bins|chunk|chunks|batch|batches|increment|increments|block|blocks|ohlc|ohlcv|timeframe|timeframes|granularity|resolution|basis';

const msOf = (token: Token | undefined): number | undefined => {
  if (token?.t === 'duration') return token.ms;
  return token?.t === 'word' ? TIME_UNITS[token.word] : undefined;
};

export function take(tokens: readonly Token[], patterns: readonly string[], as = 'window'): { ms: number; found: Found } | undefined {
  for (const pattern of patterns) {
    const found = findPattern(tokens, pattern);
    const ms = msOf(found?.slots[0]);
    if (!found || ms === undefined) continue;
    use(tokens, found, as);
    return { ms, found };
  }
  return undefined;
}

const TUMBLING = [
  `in|into|over|using|with|on|for|within|across|by|per|a|an a|an|the|each|every|fixed? tumbling ${BUCKETS} of|lasting? #dur|#unit`,
  `tumbling #dur|#unit ${BUCKETS}?`,
  `in|into|over|using|with|on|for|within|across|by|per|at|to|a|an|each|every|any a|an|the|each|every|any|single|given? #dur|#unit tumbling|fixed|long|wide|time? ${BUCKETS}`,
  `#dur tumbling|fixed|long|wide|time? ${BUCKETS}`,
  `${BUCKETS} of #dur|#unit`,
  'per|every|each|a month|period|cycle of #dur',
  'once|one? every|each|per|by #dur|#unit',
  'in|for|over|during|within|across|of each|every|any|a|an|the|single|one|same|given #dur|#unit',
  'windowed|bucketed|aggregated|binned|resampled|sampled|summarised|summarized|rolled|bucket|window up? by|in|into|at|per|every|over|to #dur|#unit',
];

export const ADVERBS: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  minutely: 60_000,
  weekly: 604_800_000,
  nightly: 86_400_000,
  secondly: 1000,
  qps: 1000,
  rps: 1000,
  tps: 1000,
  eps: 1000,
};
const RANGE = 'over|in|for|during|within|across|of|from|on the|a|an|this? last|past|previous|recent|trailing|preceding|prior';

/** The window of a question, where it has one. */
export function findWindow(
  tokens: readonly Token[],
  keepWithin: boolean,
  isSpan: (token: Token | undefined, span: Token) => boolean = () => false,
): WindowRequest | undefined {
  // "longer than an hour", "at least 2 minutes": an amount to compare with, never the size of a window.
  // "dwell over 72 hours", where dwell is a column that holds hours, is one too.
  const spans = tokens.filter(
    (t, i) => t.t === 'duration' && /^(over|above|under|below)$/.test(textOf(tokens[i - 1])) && isSpan(tokens[i - 2], t),
  );
  const compared = [...comparedSpans(tokens), ...spans.filter((t) => t.used === undefined)];
  for (const token of compared) token.used = 'hold';
  const found = findAnyWindow(tokens, keepWithin);
  for (const token of compared) delete token.used;
  return found;
}

const textOf = (token: Token | undefined): string => (token && 'word' in token ? token.word : '');

const COMPARED = [
  '#num to|- #dur',
  // "deeper than 300 m", whatever the adjective; "longer as an hour"
  'than|then a|an? #dur|#unit',
  'longer|shorter|more|less|later|older as a|an? #dur|#unit',
  'at least|most a|an? #dur|#unit',
  'took|take|takes|taking|need|needs|needed|needing|lasted|lasts|lasting|stayed|stays|waited|waits|waiting|running|ran over|above|under|below a|an? #dur|#unit',
  'a|an? #dur|#unit or|and more|less|longer|shorter|above|over|later|earlier|slower|faster|quicker|older|younger|worse|better|up',
  'within|in|during the|its|their first #dur|#unit of',
  'under|below|above a|an #unit',
  'over|above|under|below a|an? #dur|#unit late|early|old|long|overdue|away|delay|delayed',
  'or|of over|above|under|below a|an? #dur|#unit',
  'with over|above|under|below a|an? #dur|#unit of|to|for|in',
  'for over|above|under|below a|an? #dur|#unit',
  'late|delayed|early|overdue by over|above|under|below? a|an? #dur|#unit',
  'exceeds|exceeding|exceeded a|an? #dur|#unit',
  // "3h+"
  '#dur +',
];

function comparedSpans(tokens: readonly Token[]): Token[] {
  const held: Token[] = [];
  // "answered within 60 seconds" says how long it took, unless so many of them are asked for.
  const within = findPattern(tokens, '#word within #dur');
  const done =
    within && /[a-z]{2}ed$|^(came|come|comes|sent|paid|done|gone|begun|given)$/.test(wordIn(tokens, within.start)) ? within : undefined;
  const isCounted = done && tokens.slice(0, done.start).some((t) => t.t === 'number');
  if (done && !isCounted)
    for (const token of tokens.slice(done.start + 2, done.end)) {
      token.used = 'hold';
      held.push(token);
    }
  for (const pattern of COMPARED)
    for (let found = findPattern(tokens, pattern); found; found = findPattern(tokens, pattern)) {
      const run = tokens.slice(found.start, found.end).filter((t) => t.used === undefined);
      if (run.length === 0) break;
      for (const token of run) token.used = 'hold';
      held.push(...run);
    }
  for (const token of held) delete token.used;
  return held;
}

function findAnyWindow(tokens: readonly Token[], keepWithin: boolean): WindowRequest | undefined {
  const sliding = rare.findSliding?.(tokens);
  if (sliding) return sliding;
  const adverb = findPattern(tokens, Object.keys(ADVERBS).join('|'));
  const chimes =
    findPattern(tokens, 'minute|hour|day|second -? by -? minute|hour|day|second') ??
    findPattern(tokens, 'on an|a? hourly|daily|minutely basis');
  if (chimes) {
    const word = tokens.slice(chimes.start, chimes.end).find((t) => t.t === 'word' && (t.word in TIME_UNITS || t.word in ADVERBS));
    use(tokens, chimes, 'window');
    if (word?.t === 'word') return { kind: 'tumbling', sizeMs: TIME_UNITS[word.word] ?? ADVERBS[word.word] ?? 60_000 };
  }
  const hidden = keepWithin
    ? tokens.filter((t, i) => t.used === undefined && 'word' in t && t.word === 'within' && tokens[i + 1]?.t !== 'word')
    : [];
  for (const token of hidden) token.used = 'hold';
  const tumbling = take(tokens, TUMBLING);
  for (const token of hidden) delete token.used;
  if (tumbling) return { kind: 'tumbling', sizeMs: tumbling.ms };
  if (adverb) {
    const word = tokens[adverb.start];
    use(tokens, adverb, 'window');
    if (word?.t === 'word') return { kind: 'tumbling', sizeMs: ADVERBS[word.word] ?? 3_600_000 };
  }
  return findRange(tokens, keepWithin);
}

/** "in the last hour" and its kin. */
function findRange(tokens: readonly Token[], keepWithin: boolean): WindowRequest | undefined {
  const range = findPattern(tokens, `${RANGE} #dur|#unit`) ?? findPattern(tokens, 'the? last|past|previous #dur|#unit');
  if (range) {
    use(tokens, range, 'window');
    const slot = range.slots[0];
    const ms = msOf(slot) ?? 3_600_000;
    const isHour = slot?.t === 'word' && slot.word.startsWith('hour');
    if (isHour) return { kind: 'tumbling', sizeMs: 300_000, assumed: '"last hour" is shown in 5-minute windows', weak: true };
    return { kind: 'tumbling', sizeMs: ms, assumed: 'the time span is a window of that length', weak: true };
  }
  const amounts = tokens.filter((t, i) => t.used === undefined && t.t === 'duration' && isAmount(tokens, i));
  for (const token of amounts) token.used = 'hold';
  const ended = keepWithin
    ? undefined
    : take(
        tokens,
        ['and|, a|an|per|every? #unit'].filter(() => endsWithUnit(tokens)),
      );
  const lone = keepWithin || ended ? undefined : (groupedSpan(tokens) ?? loneSpan(tokens));
  const spanned = ended
    ? { kind: 'tumbling' as const, sizeMs: ended.ms }
    : lone !== undefined
      ? { kind: 'tumbling' as const, sizeMs: lone }
      : keepWithin
        ? undefined
        : findSpan(tokens);
  for (const token of amounts) delete token.used;
  if (spanned) return spanned;
  return findLive(tokens);
}

/** `per hotel and day`: the last word is the window. */
function endsWithUnit(tokens: readonly Token[]): boolean {
  const words = tokens.filter((t) => t.t === 'word');
  const last = words.at(-1);
  const grouped = words.some((t) => t.t === 'word' && /^(per|by|each|every)$/.test(t.word));
  return grouped && last?.t === 'word' && last.used === undefined && last.word.length > 2 && Object.hasOwn(TIME_UNITS, last.word);
}

/** `per shop and hour, each once`, `per sat and 90 minutes`: the last of the groups is a span, and something else follows. */
function groupedSpan(tokens: readonly Token[]): number | undefined {
  for (const at of tokens.keys()) {
    const found = matchAt(tokens, at, 'and #dur|#unit');
    const next = found && tokens[found.end];
    // "per owner and week for old buildings", but not "per room and day rate"
    const isEnd =
      found &&
      (next === undefined ||
        next.t === 'mark' ||
        /^(?:for|of|from|in|at|on|where|with|without|only|just|that|which|whose|excluding|except|but|when)$/.test(textOf(next)));
    const grouped = tokens.slice(Math.max(0, at - 4), at).some((t) => 'word' in t && /^(per|by|each|every)$/.test(t.word));
    const ms = found && isEnd && grouped ? msOf(found.slots[0]) : undefined;
    if (!found || ms === undefined) continue;
    use(tokens, found, 'window');
    return ms;
  }
  return undefined;
}

/** `failure rate by method, 10 minutes`, `(unique, 1 day)`: a span that stands for itself behind a comma or in parentheses. */
function loneSpan(tokens: readonly Token[]): number | undefined {
  const at = tokens.findIndex((t, i) => {
    const before = tokens[i - 1];
    return t.t === 'duration' && t.used === undefined && before?.t === 'mark' && /^[,(;:]$/.test(before.word);
  });
  const token = tokens[at];
  if (token?.t !== 'duration') return undefined;
  token.used = 'window';
  return token.ms;
}

/** A duration that something is compared with: `goes over 500 ms`, `over 2 seconds`. */
function isAmount(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.t !== 'duration' || !/^(over|above|under|below)$/.test(wordIn(tokens, at - 1))) return false;
  return (
    token.unit === 'ms' ||
    token.unit.startsWith('milli') ||
    token.ms < 10_000 ||
    /^(is|are|was|were|goes|go|gets|rises|climbs|stays|exceeds|falls|drops|takes|took|taking|lasting|lasts|latency|duration|delay|wait|waits|waiting|time|elapsed|age|lag|response|runtime|delayed|length)$/.test(
      wordIn(tokens, at - 2),
    )
  );
}

function findSpan(tokens: readonly Token[]): WindowRequest | undefined {
  {
    const span = take(tokens, [
      'in|within|over|during|for|across|inside|per|a|an a|an|any|the? #dur period|span|window|timeframe?',
      'in|within|over|during|a|an|per an|a|any|one? #unit',
    ]);
    return span ? { kind: 'tumbling', sizeMs: span.ms } : undefined;
  }
}

function findLive(tokens: readonly Token[]): WindowRequest | undefined {
  const live =
    findPattern(tokens, 'in|on? real|near time') ??
    findPattern(tokens, 'realtime') ??
    findPattern(tokens, 'live|right now?') ??
    findPattern(tokens, 'today|recently|now');
  if (!live) return undefined;
  use(tokens, live, 'window');
  const first = tokens[live.start];
  if (first?.t === 'word' && /^(live|now|right|recently|today)$/.test(first.word)) return undefined;
  return { kind: 'tumbling', sizeMs: 300_000, assumed: 'real time is shown in 5-minute windows', weak: true };
}
