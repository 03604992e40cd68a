import { take, type WindowRequest } from './find-window.ts';
import { type Found, findPattern, use, wordsIn } from './pattern.ts';
import { TIME_UNITS, type Token } from './token.ts';

const SESSION_GAP = [
  'inactivity|idle|timeout|gap|inactive|idleness|silence|quiet|pause gap|period|timeout|time|threshold? of|for|after|is|at|than? more|at? than|least? #dur',
  'gap|gaps|break|breaks|pause|pauses of|longer|over|exceeding|greater? than|at|about? least? #dur',
  '#dur of? user? inactivity|idle|gap|gaps|timeout|silence|quiet|pause|idleness|break session|sessions|window|windows|time|gap|period|timeout?',
  'session|sessions|sessionize|sessionise|sessionized|sessionised window|windows? with|of|using|by? a|an|the? #dur',
  '#dur session|sessions window|windows?',
  'no|without new|any|further|more? activity|events|event|action|actions|messages for|in|within the? last? #dur',
  'quiet|silent|idle|inactive|nothing|stops for|after|happens for? #dur',
];

/** Rows that belong together until nothing comes for a while, whatever the thing is called: a visit, a tour, a spree. */
const TOGETHER =
  'count|counts|counted|belong|belongs|form|forms|make|makes|are|is as|to? one|single|a|an|the same? visit|session|tour|trip|spree|spell|outbreak|burst|episode|run|group|visits|one|same';
const NEW_ONE = 'new|another one|session|visit|tour|spell|run when|if|once|after';
const IS_OVER = 'is|are over|finished|done|ended|closed|complete after|once|when';
const PAUSES = [
  'pauses|pause|gaps|gap|breaks|break|silences|silence of? no|not|shorter|longer|under|less|up|below? more|longer|than|to? than? #dur',
  'less|fewer|under|shorter|within than? #dur in? between|apart',
  'silent|idle|quiet|inactive|still for? over|more|at|longer? than|least? #dur',
  'after #dur without|of|with a|an|any|no|new?',
  '#dur without a|an|any|new?',
];

/** Said of no pause that is longer: rows belong together without a word for it. */
const UNBROKEN = [
  'with|without|having? no|without|any break|breaks|pause|pauses|gap|gaps|silence longer|more|over|above|exceeding|of than? more|than? than? #dur',
  'not|never more|longer than #dur in? between|apart',
];

/** `end after 25 idle minutes`. */
function idleSpan(tokens: readonly Token[]): { ms: number; found: Found } | undefined {
  const found = findPattern(
    tokens,
    'after|by|with|of|without #int idle|quiet|silent|inactive|still minute|minutes|second|seconds|hour|hours|day|days',
  );
  const count = found?.slots[0];
  const unit = found && wordsIn(tokens, found).at(-1);
  if (!found || count?.t !== 'number' || unit === undefined) return undefined;
  use(tokens, found, 'session');
  return { ms: count.value * (TIME_UNITS[unit] ?? 60_000), found };
}

/** `tours of a bus: boardings with no break …, boardings in each tour`: the name of what belongs together is no value and no rows. */
function useName(tokens: readonly Token[]): void {
  const colon = tokens.findIndex((t) => t.t === 'mark' && t.word === ':');
  if (colon < 1 || colon > 7) return;
  const stop = tokens.findIndex((t) => 'word' in t && /^(of|per|for|by|:)$/.test(t.word));
  const names = new Set(tokens.slice(0, stop).flatMap((t) => (t.t === 'word' ? [t.stem] : [])));
  tokens.forEach((token, i) => {
    if (token.t !== 'word' || token.used !== undefined || !names.has(token.stem)) return;
    token.used = 'session';
    const before = tokens[i - 1];
    if (i > stop && before?.t === 'word' && /^(per|each|every|a|one|the)$/.test(before.word)) before.used = 'session';
  });
}

/** Session windows: a stated gap, or the word where no column is meant by it. */
export function findSession(tokens: readonly Token[], hasSessionColumn: boolean): WindowRequest | undefined {
  const word = findPattern(tokens, 'session|sessions|sessionize|sessionise|sessionized|sessionised|sessionizing|inactivity|bursts|burst');
  const isExplicit =
    findPattern(tokens, 'session|sessions window|windows') ?? findPattern(tokens, 'sessionize|sessionise|sessionized|sessionised');
  const together = findPattern(tokens, TOGETHER) ?? findPattern(tokens, NEW_ONE) ?? findPattern(tokens, IS_OVER);
  if (!word && !together && !findPattern(tokens, 'gap|inactivity|idle') && !UNBROKEN.some((p) => findPattern(tokens, p))) return undefined;
  const idle = word ? idleSpan(tokens) : undefined;
  const closes = idle ?? ((word ?? together) ? take(tokens, PAUSES, 'session') : undefined) ?? take(tokens, UNBROKEN, 'session');
  if (closes && together) use(tokens, together, 'session');
  const gap = closes ?? (word || findPattern(tokens, 'gap|inactivity|idle') ? take(tokens, SESSION_GAP, 'session') : undefined);
  const isGrouped =
    findPattern(tokens, 'per|by|each|every|in|into|for|during|of|a|user|customer|visitor|player|device|activity session|sessions') ??
    findPattern(tokens, 'session|sessions per|by|of|for');
  if (!gap && !(isExplicit || (word && isGrouped && !hasSessionColumn && !findPattern(tokens, 'bursts|burst|inactivity'))))
    return undefined;
  for (const pattern of [
    'separated|split|divided|delimited|defined|ended|closed|closing|closes|ending|ends|with|by|after|using|when|where|that|end|close|split|a|an|the? up|into? session|sessions window|windows',
    'per|by|each|every|in|for|of|during user|customer|visitor|player|device|activity? session|sessions window|windows?',
    'session|sessions window|windows?',
    'sessionize|sessionise|sessionized|sessionised|sessionizing into?',
    'with|after|by|of|a|an inactivity|idle|gap|timeout|gaps period|time?',
    'inactivity|idle|gap|gaps|timeout|apart|ends|ended|split|bursts|burst',
  ]) {
    const found = findPattern(tokens, pattern);
    if (found && !(hasSessionColumn && !gap && !isExplicit)) useOnlyWords(tokens, found);
  }
  if (closes) useName(tokens);
  return { kind: 'session', gapMs: gap?.ms ?? 1_800_000, ...(gap ? {} : { assumed: 'a session ends after 30 minutes without events' }) };
}

/** `per user session`: the user stays a word to be linked. */
function useOnlyWords(tokens: readonly Token[], found: Found): void {
  for (const token of tokens.slice(found.start, found.end)) {
    if (token.t === 'word' && /^(user|customer|visitor|player|device|activity|per|by|each|every|for|of|in|during)$/.test(token.word))
      continue;
    token.used = 'session';
  }
}
