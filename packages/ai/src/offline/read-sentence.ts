import type { TableSchema } from '@velostream/core/protocol';
import { findWindow } from './find-window.ts';
import { emptyFrame, type Frame, type Scan } from './frame.ts';
import { reachable } from './join-path.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { type BaseChoice, linkFrom, rankBases } from './link.ts';
import { findPattern, use } from './pattern.ts';
import { rare } from './rare-kinds.ts';
import { scanSentence } from './scan.ts';
import { type Token, tokenise } from './token.ts';
import { aggregateOf, isStopWord } from './vocabulary.ts';

export interface Sentence {
  readonly scan: Scan;
  readonly ranked: readonly BaseChoice[];
  readonly corrected: readonly string[];
  /** Content words that nothing explained. */
  readonly ignored: readonly string[];
  /** Explained share of the content words. */
  readonly coverage: number;
}

const POLITE = [
  'can|could|would|will you please? show|give|tell|list|get|find|calculate|compute|build|write|make? me|us?',
  'i|we would|d? like|want|need|wanna to? see|know|have|get|track|monitor|view|find|watch? the?',
  'please? show|give|tell|list|get|find|display|calculate|compute|fetch|select|return|write|build|generate|make|create me|us? a|an|the? query|sql|stream? that|which|to|for|of|showing? shows|computes|calculates|returns|counts?',
  'please|pls|hi|hello|hey|thanks|ok|okay',
  'what|whats is|are|was|were|s? the?',
  'how much|does|do',
];

const JOIN_WORDS = 'join|joined|match|matched|matching|correlate|correlated|pair|paired|apart|followed|enrich|other|alongside';

/** Words of an edit that a base says nothing about. */
export function readSentence(
  input: string,
  schemas: Readonly<Record<string, TableSchema>>,
  options: { readonly glossary?: Readonly<Record<string, string>>; readonly base?: string; readonly previous?: Scan['previous'] } = {},
): Sentence | undefined {
  const lexicon = lexiconOf(schemas, options.glossary);
  if (lexicon.tables.length === 0) return undefined;
  const corrected: string[] = [];
  const tokens = tokenise(input, (raw) => {
    const fixed = rare.correctTyping?.(raw, lexicon);
    corrected.push(...(fixed?.corrected ?? []));
    return fixed?.tokens ?? raw;
  });
  const frame = emptyFrame();
  readSettings(tokens, frame, lexicon, input);
  const ranked = rankBases(tokens, lexicon);
  const chosen = options.base === undefined ? ranked[0] : (ranked.find((r) => r.table === options.base) ?? ranked[0]);
  const base = chosen && lexicon.table(chosen.table);
  if (!chosen || !base) return undefined;
  const { links } = chosen.isAlone ? linkFrom(tokens, lexicon, base.name) : chosen;
  const scan: Scan = {
    input,
    tokens,
    lexicon,
    base,
    hops: reachable(lexicon, base.name),
    links: new Map(links.map((l) => [l.start, l])),
    frame,
    ...(options.previous ? { previous: options.previous } : {}),
  };
  rare.placeRank?.(scan);
  scanSentence(scan);
  rare.settleDenials?.(scan);
  rare.settlePresence?.(scan);
  rare.settleAmounts?.(scan);
  rare.settleColumns?.(scan);
  rare.settleShare?.(scan);
  rare.settlePrevious?.(scan);
  rare.settleOnce?.(scan);
  rare.settlePivot?.(scan);
  rare.settleOpen?.(scan);
  rare.settleRanking?.(scan);
  const content = tokens.filter(
    (t) =>
      (t.t === 'word' && !t.glued && !(isStopWord(t.word) && t.used === undefined)) ||
      t.t === 'number' ||
      t.t === 'text' ||
      t.t === 'duration',
  );
  const left = content.filter((t) => t.used === undefined);
  const coverage = content.length === 0 ? 0 : 1 - left.length / content.length;
  return { scan, ranked, corrected, ignored: left.map((t) => t.raw).filter((raw, i, all) => all.indexOf(raw) === i), coverage };
}

/** `hourly rate`, `daily budget`: words of time that are part of a name. */
function timeNames(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const part = findPattern(tokens, 'hour|hours of the? day') ?? findPattern(tokens, 'day of the? week|month');
  if (part) return tokens.slice(part.start, part.end).filter((t) => t.used === undefined) as Token[];
  return tokens.flatMap((token, i) => {
    const next = tokens[i + 1];
    if (token.t === 'word' && /^[qrte]ps$/.test(token.word) && lexicon.byFirst.has(token.stem)) return [token];
    // "nightly builds" of is_nightly
    if (
      token.t === 'word' &&
      /^(nightly|hourly|daily|weekly)$/.test(token.word) &&
      token.used === undefined &&
      (lexicon.byFirst.get(token.stem) ?? []).some(
        ({ target, stems, score }) =>
          stems.length === 1 && score > 0.8 && (target.kind === 'value' || (target.kind === 'column' && target.ref.kind === 'boolean')),
      )
    )
      return [token];
    if (
      token.t !== 'word' ||
      next?.t !== 'word' ||
      token.used !== undefined ||
      !/^(hourly|daily|weekly|monthly|nightly|hour|day|minute)$/.test(token.word)
    )
      return [];
    return (lexicon.byFirst.get(token.stem) ?? []).some(({ target, stems }) => target.kind === 'column' && stems[1] === next.stem)
      ? [token, next]
      : [];
  });
}

/** `calls over 10 minutes`: rows that have one span of time. */
const rowsWithSpan = (lexicon: Lexicon, stem: string): boolean =>
  (lexicon.byFirst.get(stem) ?? []).some(
    ({ target }) =>
      target.kind === 'table' &&
      lexicon.table(target.table)?.columns.some((c) => c.kind === 'number' && /^(s|min|h|d)$/.test(c.unit ?? '')),
  );

/** The word names a number of the span's kind: `wait over 5 min`, and `depth over 300 m`, where an "m" is no minute. */
const holdsSpan = (lexicon: Lexicon, span: Token, ...stems: readonly (string | undefined)[]): boolean =>
  stems.some((s) =>
    (lexicon.byFirst.get(s ?? '') ?? []).some(
      ({ target, score }) =>
        target.kind === 'column' &&
        score > 0.7 &&
        target.ref.kind === 'number' &&
        (span.raw.endsWith('m') ? /^(ms|s|min|h|d|meter)$/ : /^(ms|s|min|h|d)$/).test(target.ref.unit ?? ''),
    ),
  );

function readSettings(tokens: readonly Token[], frame: Frame, lexicon: Lexicon, input: string): void {
  // "tell me when" is no politeness.
  const isNoun = ['alarm', 'alert'].some((w) => lexicon.rawWords.has(w) || lexicon.rawWords.has(`${w}s`));
  const alert = rare.findAlert?.(tokens, isNoun);
  if (alert) frame.alert = alert;
  for (const pattern of POLITE) {
    const found = findPattern(tokens, pattern);
    if (found && found.start <= 1 && !pattern.startsWith('what'))
      for (const token of tokens.slice(found.start, found.end))
        if (token.t === 'word' && aggregateOf(token.word) === undefined && !/^[A-Z]{2,}$/.test(token.raw)) token.used = 'polite';
  }
  const sink = rare.findSink?.(tokens, input);
  if (sink) frame.sink = sink;
  const emit = rare.findEmit?.(tokens);
  if (emit) frame.emit = emit;
  const hasSessionColumn = lexicon.tables.some((t) => /session/i.test(t.name) || t.columns.some((c) => c.words.includes('session')));
  const session = rare.findSession?.(tokens, hasSessionColumn);
  const hasAggregate =
    tokens.some(
      (t) => t.t === 'word' && aggregateOf(t.word) !== undefined && !/^(last|latest|first|recent|newest|current)$/.test(t.word),
    ) || findPattern(tokens, 'compute|difference|change|moving|rolling') !== undefined;
  if (!session) {
    const rows = rare.findRows?.(tokens, hasAggregate);
    if (rows) frame.rows = rows;
  }
  const top = rare.findRank?.(tokens, frame);
  if (top) frame.top = top;
  // "most viewed pages" of view among other actions: those rows only.
  for (const token of tokens)
    if (
      token.t === 'word' &&
      token.used === 'top' &&
      /(ed|en)$/.test(token.word) &&
      (lexicon.byFirst.get(token.stem) ?? []).some(
        (e) => e.score > 0.8 && (e.target.kind === 'value' || (e.target.kind === 'column' && e.target.ref.kind === 'boolean')),
      )
    )
      delete token.used;
  const keepWithin = findPattern(tokens, JOIN_WORDS) !== undefined && lexicon.tables.filter((t) => !t.isTable).length > 1;
  const isRowQuestion =
    !hasAggregate && !findPattern(tokens, 'per|by|each|every|how|count|number|rate|share|percentage|top|most|volume|sum|alert');
  const named = [...timeNames(tokens, lexicon), ...(rare.heldSpans?.(tokens, lexicon) ?? [])];
  for (const token of named) token.used = 'hold';
  const window =
    session ??
    findWindow(
      tokens,
      keepWithin,
      (token, span) =>
        token?.t === 'word' &&
        (holdsSpan(lexicon, span, token.stem, token.alt) ||
          (isRowQuestion && tokens.some((t) => t.t === 'word' && rowsWithSpan(lexicon, t.stem)))),
    );
  for (const token of named) delete token.used;
  if (window) frame.window = window;
  const recent = findPattern(tokens, 'the? most recent|latest|newest');
  const isGrouped = findPattern(tokens, 'per|each|every|by') !== undefined;
  if (recent && !frame.rows && !hasAggregate && !frame.top && !isGrouped) use(tokens, recent, 'rows');
}
