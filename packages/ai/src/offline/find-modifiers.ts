import { findPattern, matchAt, use } from './pattern.ts';
import type { Token } from './token.ts';

const CLOSED = 'closes|close|closed|completes|complete|completed|ended|ends|end|finished|finishes|done|finalised|finalized|over';
const SPAN = 'window|windows|bucket|buckets|interval|intervals|period|periods|hour|minute|day|session|sessions';
const FINAL = [
  'emit final',
  `only|just|and? emit|output|report|show|send|return? only? once|when|after|as|until|at soon? as? the|each|every|a|all? ${SPAN} is|has|are|have|been? ${CLOSED}`,
  `only? once|when|after|until the|each|every|a? ${SPAN} is|has|are|have|been? ${CLOSED}`,
  `only|just? the? final|finalised|finalized result|results|values|value|numbers|totals|total|counts|count|rows|row|answer|figures|output only?`,
  `only|for|just? closed|completed|complete|finished|finalised|finalized ${SPAN}|results|only only?`,
  `only? once per|each|every|a ${SPAN}`,
  `at the end of each|every|the|a ${SPAN}`,
  'no|without any? intermediate|partial|interim|early updates|results|rows|output',
  `one|a|single row|result|answer|value|record per|for each? ${SPAN}`,
  'final only',
  'final',
];
const CHANGES = [
  'emit changes',
  'and|with? update|updating|updated|emit|emitting|push|refresh on|with|for|at every|each change|event|row|record|update',
  'as it|they|new|events|data happens|happen|arrives|arrive|comes|come in?',
  'with|as? live|running|continuous|incremental|intermediate updates|update',
  'continuously|continuous|updating|incrementally',
];

/** When results are said. */
export function findEmit(tokens: readonly Token[]): 'FINAL' | 'CHANGES' | undefined {
  for (const [mode, patterns] of [
    ['FINAL', FINAL],
    ['CHANGES', CHANGES],
  ] as const) {
    for (const pattern of patterns) {
      const found = findPattern(tokens, pattern);
      if (!found) continue;
      use(tokens, found, 'emit');
      return mode;
    }
  }
  return undefined;
}

export interface SinkRequest {
  readonly kind: 'STREAM' | 'TABLE' | 'URI';
  readonly name: string;
}

const AT_END =
  /\b(?:into|to|onto)\s+(?:the\s+|a\s+)?(?:kafka\s+)?(?:topic\s+|stream\s+|table\s+)?(?:called\s+|named\s+)?(?:['"`]([^'"`]+)['"`]|([A-Za-z]+:\/\/\S+)|([A-Za-z_][\w.-]*))\s*[.!]?\s*$/i;
const NAME = /^\s*(?:['"`“]([^'"`”]+)['"`”]|([A-Za-z]+:\/\/\S+)|([A-Za-z_][\w.-]*))/;
const SINKS = [
  'create|make|define|build a|an|the|new? new|derived|materialized|materialised? stream|table|topic|view called|named|as?',
  'and|then? write|save|send|store|publish|output|push|sink|land|put|route|emit|stream|forward|persist|materialize|materialise it|them|these|this|that|those|everything|all? the? result|results|output|rows|matches|events? in|into|to|as|onto|out a|the|an? new? output|kafka|sink? topic|stream|table|sink? called|named?',
  'into a|the|an? new? output|kafka|sink? topic|stream|table|sink called|named?',
  'as a|the? new? stream|table called|named',
  'called|named',
];

/** Where results are kept, by name. */
export function findSink(tokens: readonly Token[], input: string): SinkRequest | undefined {
  for (const pattern of SINKS) {
    const found = findPattern(tokens, pattern);
    const last = found && tokens[found.end - 1];
    if (!found || !last) continue;
    const matched = NAME.exec(input.slice(last.end));
    const name = matched?.[1] ?? matched?.[2]?.replace(/[.,;]+$/, '') ?? matched?.[3]?.replace(/[.,;]+$/, '');
    if (
      name === undefined ||
      /^(of|with|from|for|that|which|containing|where|by|the|a|an|all|only|every|when|and|each|grouped|over|in|on|showing|as)$/i.test(name)
    )
      continue;
    const nameEnd = last.end + (matched?.[0].length ?? 0);
    let end = found.end;
    while (end < tokens.length && (tokens[end]?.start ?? Infinity) < nameEnd) end++;
    const words = tokens.slice(found.start, found.end).map((t) => ('word' in t ? t.word : ''));
    use(tokens, { start: found.start, end }, 'sink');
    const lead = matchAt(tokens, end, 'with|of|that|which|containing|from|for|as|holding has|have|holds|contains|is|are?');
    if (lead && !/^(with|for|from)$/.test((tokens[end] as { word?: string }).word ?? '')) use(tokens, lead, 'sink');
    if (/:\/\//.test(name)) return { kind: 'URI', name };
    return { kind: words.includes('table') ? 'TABLE' : 'STREAM', name };
  }
  return sinkAtEnd(tokens, input);
}

/** `write the total per symbol into totals`: the verb first, the name last. */
function sinkAtEnd(tokens: readonly Token[], input: string): SinkRequest | undefined {
  const verb = findPattern(
    tokens,
    'write|save|store|publish|output|push|sink|route|forward|persist|materialize|materialise|send|stream|land|replicate|copy|mirror|sync|export',
  );
  const at = AT_END.exec(input);
  const name = at?.[1] ?? at?.[2] ?? at?.[3];
  if (!verb || verb.start > 2 || !at || name === undefined) return undefined;
  const start = tokens.findIndex((t) => t.start >= at.index);
  use(tokens, { start, end: tokens.length }, 'sink');
  use(tokens, verb, 'sink');
  return { kind: /:\/\//.test(name) ? 'URI' : /table/i.test(at[0]) ? 'TABLE' : 'STREAM', name };
}

export interface TopRequest {
  readonly count: number;
  readonly direction: 'ASC' | 'DESC';
  /** The count was not said. */
  readonly isAssumed: boolean;
  /** Most and least of nothing named: of rows. */
  readonly ofRows: boolean;
  /** `hottest`, `slowest`: names the measure itself. */
  readonly adjective?: string;
  /** Token where the ranked thing is expected. */
  readonly at: number;
}

const SUPERLATIVE =
  'wettest|oldest|tallest|strongest|highest|largest|biggest|most|greatest|hottest|warmest|slowest|longest|heaviest|priciest|busiest|best|fastest|quickest|expensive|frequent|popular|active|common|valuable|loudest|worst';
const LOW = 'driest|youngest|lowest|smallest|least|fewest|coldest|coolest|shortest|lightest|cheapest|worst|quietest|bottom';
const OF_ROWS =
  'active|popular|frequent|common|busiest|visited|used|viewed|requested|traded|ordered|frequently|often|quietest|noisy|noisiest|chatty|seen|played|clicked';

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
    if (!found || count?.t !== 'number' || count.value < 1 || wordAt(tokens, found.start - 1) === 'at') continue;
    // "ten most borrowed titles"
    const verb = tokens[found.end];
    const isDone =
      verb?.t === 'word' &&
      verb.used === undefined &&
      /[a-z]{2}(ed|en)$/.test(verb.word) &&
      /^(most|least|fewest)$/.test(wordAt(tokens, found.end - 1));
    const request = top(tokens, isDone ? { start: found.start, end: found.end + 1 } : found, direction, count.value, false);
    return isDone ? { ...request, ofRows: true } : request;
  }
  const counted = findPattern(tokens, 'which|what|the|those|find|show|list|top|of? #int #word');
  const most =
    findPattern(tokens, 'the? most|highest|largest|greatest|biggest|longest') ??
    findPattern(tokens, 'the? least|fewest|lowest|smallest|shortest');
  const joint =
    counted && most
      ? tokens
          .slice(counted.end, most.start)
          .some(
            (t) =>
              'word' in t &&
              /^(with|having|who|whose|that|by|have|has|had|spent|earned|made|got|which|sent|took|sold|bought|[a-z]{2,}ed)$/.test(t.word),
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

const isLow = (tokens: readonly Token[], { start, end }: { start: number; end: number }): boolean =>
  tokens.slice(start, end).some((t) => 'word' in t && /^(least|fewest|lowest|smallest|quietest|bottom|shortest)$/.test(t.word));

function findSingleTop(tokens: readonly Token[], most: { start: number; end: number } | undefined): TopRequest | undefined {
  const counted = findPattern(tokens, `the? most|least ${OF_ROWS}`) ?? findPattern(tokens, 'the? busiest|noisiest|quietest');
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
  if (done && verb?.t === 'word' && /[a-z]{2}(ed|en)$/.test(verb.word) && wordAt(tokens, done.start - 1) !== 'at') {
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
  if (!which || !most || which.start > most.start) return undefined;
  const subject = tokens[which.start + 1];
  const isWhat = 'word' in (tokens[which.start] ?? {}) && (tokens[which.start] as { word: string }).word === 'what';
  if (isWhat && subject?.t === 'word' && /^(is|are|was|were|s)$/.test(subject.word)) return undefined;
  if (most.start - which.start > 8) return undefined;
  const many = pluralAfter(tokens, which.start + 1) && !/^(has|is|was)$/.test(wordAt(tokens, which.start + 2));
  return top(tokens, most, isLow(tokens, most) ? 'ASC' : 'DESC', many ? 10 : 1, many);
}

const wordAt = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token && 'word' in token ? token.word : '';
};

const pluralAfter = (tokens: readonly Token[], at: number): boolean => {
  const run = tokens.slice(at, at + 2).filter((t) => t.t === 'word');
  return run.some((t) => /[^s]s$/.test(t.raw) && !/(us|is)$/.test(t.raw));
};

function top(
  tokens: readonly Token[],
  found: { start: number; end: number },
  direction: 'ASC' | 'DESC',
  count: number,
  isAssumed: boolean,
): TopRequest {
  const run = tokens.slice(found.start, found.end).map((t) => ('word' in t ? t.word : ''));
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

const ALERT = [
  'and|then|also|please? can? you? send|raise|trigger|fire|create|add|set|give|issue|make|with|include up? me|us? a|an|the? critical|warning|info? alert|alarm|warning|notification when|if|whenever|once|for|on|that|where|in? case?',
  'and|then|also|please? alert|notify|warn|page|ping|tell|flag|email|message me|us|ops|oncall|everyone|them|the|on|someone? team|call|operators|oncall? as? soon? when|if|whenever|once|for|on|about|as|of',
  'let me|us know when|if|whenever|once|about',
  'critical|warning|info? alert|alarm|alerts|warning|notification when|if|whenever|on|for|where|once',
  'alert|alerts|alerting|alarm',
];

/** Where an alert is asked for, and how bad it is. */
export function findAlert(tokens: readonly Token[], isNoun: boolean): AlertClause | undefined {
  for (const pattern of ALERT) {
    const found = findPattern(tokens, pattern);
    // Where a column is called alarm, "critical alarms" are rows and no wish for one.
    if (!found || (isNoun && /^(alert\|alerts\|alerting|critical\|warning)/.test(pattern))) continue;
    const run = tokens.slice(found.start, found.end).map((t) => ('word' in t ? t.word : ''));
    const named =
      findPattern(tokens, 'as|with|severity|level critical|warning|info severity|alert|priority?') ??
      findPattern(tokens, 'severity critical|warning|info');
    const severity =
      run.find((w) => w === 'critical' || w === 'info') ?? (run.includes('page') ? 'critical' : undefined) ?? severityIn(tokens, named);
    use(tokens, found, 'alert');
    if (named) use(tokens, named, 'alert');
    return { from: found.end, ...(severity === undefined ? {} : { severity: severity as 'critical' | 'warning' | 'info' }) };
  }
  return undefined;
}

function severityIn(tokens: readonly Token[], found: { start: number; end: number } | undefined): string | undefined {
  if (!found) return undefined;
  return tokens
    .slice(found.start, found.end)
    .map((t) => ('word' in t ? t.word : ''))
    .find((w) => /^(critical|warning|info)$/.test(w));
}

export interface RowsRequest {
  readonly count: number;
  /** Row window functions, or just the newest rows. */
  readonly kind: 'window' | 'newest';
}

/** `over the last 10 trades`, `20-tick moving average`. */
export function findRows(tokens: readonly Token[], hasAggregate: boolean): RowsRequest | undefined {
  const moving = findPattern(tokens, 'moving|rolling|sliding|running|trailing');
  const patterns = [
    'over|of|for|across|from|using|in|on|and|with its|their|the|each|a|window|windows? window? of? the? last|latest|previous|past|preceding|prior|most|trailing|recent recent? -? #int',
    'the|its|their? last|latest|previous|past|preceding|trailing|prior|most recent? #int',
    '#int -? row|event|record|point|sample|period|tick|trade|reading|order|message|item|measurement rows? moving|rolling|sliding|running|window',
  ];
  for (const pattern of patterns) {
    const found = findPattern(tokens, pattern);
    const count = found?.slots[0];
    if (!found || count?.t !== 'number' || count.value < 1 || wordAt(tokens, found.start - 1) === 'at') continue;
    use(tokens, found, 'rows');
    if (moving) use(tokens, moving, 'rows');
    return { count: count.value, kind: hasAggregate || moving ? 'window' : 'newest' };
  }
  if (!moving || !hasAggregate) return undefined;
  const late =
    findPattern(tokens, 'over|of|with|using|for|across a|window|windows|the? window? of|size? #int #word') ??
    findPattern(tokens, '#int -? #word moving|rolling|sliding');
  const count = late?.slots[0];
  if (!late || count?.t !== 'number') return undefined;
  const noun = late.slots[1];
  const isTop = noun?.t === 'word' && /^(most|largest|highest)$/.test(noun.word);
  if (isTop) return undefined;
  // The noun stays free to be linked: "over 20 trades".
  for (const token of tokens.slice(late.start, late.end)) if (token !== noun) token.used = 'rows';
  moving.start < late.start && use(tokens, moving, 'rows');
  return { count: count.value, kind: 'window' };
}
