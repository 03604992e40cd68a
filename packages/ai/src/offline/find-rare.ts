import type { RowsRequest, SinkRequest } from './find-modifiers.ts';
import { findPattern, matchAt, use, wordIn, wordsIn } from './pattern.ts';
import type { Token } from './token.ts';

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
    // "per route in the last hour": a noun.
    const isNoun = pattern === SINKS[1] && found && /^(by|per|each|every|of|a|an|which|for|across)$/.test(wordIn(tokens, found.start - 1));
    if (!found || !last || isNoun) continue;
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
    const words = wordsIn(tokens, found);
    use(tokens, { start: found.start, end }, 'sink');
    const lead = matchAt(tokens, end, 'with|of|that|which|containing|from|for|as|holding has|have|holds|contains|is|are?');
    if (lead && !/^(with|for|from)$/.test(wordIn(tokens, end))) use(tokens, lead, 'sink');
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

/** `over the last 10 trades`, `20-tick moving average`. */
export function findRows(tokens: readonly Token[], hasAggregate: boolean): RowsRequest | undefined {
  const moving = findPattern(tokens, 'moving|rolling|sliding|running|trailing|smooth|smoothed|smoothing');
  const patterns = [
    'over|of|for|across|from|using|in|on|and|with its|their|the|each|a|window|windows? window? of? the? last|latest|previous|past|preceding|prior|most|trailing|recent recent? -? #int',
    'the|its|their? last|latest|previous|past|preceding|trailing|prior|most recent? #int',
    'over|of|across|from the|its|their? #int most|last|latest recent|previous?',
    '#int -? row|event|record|point|sample|period|tick|trade|reading|order|message|item|measurement rows? moving|rolling|sliding|running|window',
  ];
  for (const pattern of patterns) {
    const found = findPattern(tokens, pattern);
    const count = found?.slots[0];
    if (!found || count?.t !== 'number' || count.value < 1 || wordIn(tokens, found.start - 1) === 'at') continue;
    use(tokens, found, 'rows');
    if (moving) use(tokens, moving, 'rows');
    return { count: count.value, kind: hasAggregate || moving ? 'window' : 'newest' };
  }
  const smooths = moving && /^smooth/.test(wordIn(tokens, moving.start));
  if (!moving || !(hasAggregate || smooths)) return undefined;
  const late =
    findPattern(tokens, 'over|of|with|using|for|across a|window|windows|the? window? of|size? #int #word') ??
    findPattern(tokens, '#int -? #word moving|rolling|sliding|running|trailing');
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
