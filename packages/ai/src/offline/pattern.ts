import type { Token } from './token.ts';
import { TIME_UNITS } from './token.ts';

/** One place of a pattern: words, or a class of tokens. */
type Step = { readonly optional: boolean; readonly words?: ReadonlySet<string>; readonly kind?: string };

export interface Found {
  readonly start: number;
  /** Behind the last token. */
  readonly end: number;
  /** Tokens that stood for `#…` steps, in order. */
  readonly slots: readonly Token[];
}

interface Compiled {
  readonly steps: readonly Step[];
  /** Words of the steps that have to be there. */
  readonly needed: readonly ReadonlySet<string>[];
  /** Words that a place can begin with; absent where a class of tokens can. */
  readonly firsts?: ReadonlySet<string>;
}

const cache = new Map<string, Compiled>();

function compile(pattern: string): Compiled {
  const known = cache.get(pattern);
  if (known) return known;
  const steps = pattern
    .trim()
    .split(/\s+/)
    .map((text): Step => {
      const optional = text.endsWith('?') && text.length > 1;
      const body = optional ? text.slice(0, -1) : text;
      return body.startsWith('#') ? { optional, kind: body } : { optional, words: new Set(body.split('|')) };
    });
  const leading = steps.slice(0, steps.findIndex((s) => !s.optional) + 1 || steps.length);
  const made = {
    steps,
    needed: steps.flatMap((s) => (s.words && !s.optional ? [s.words] : [])),
    ...(leading.every((s) => s.words) ? { firsts: new Set(leading.flatMap((s) => [...(s.words ?? [])])) } : {}),
  };
  cache.set(pattern, made);
  return made;
}

/** Words that a place where the pattern stands can begin with; `undefined` where a class of tokens can. */
export const firstWords = (pattern: string): ReadonlySet<string> | undefined => compile(pattern).firsts;

/** One of a unit; "by hours" speaks of a number of them. */
const isUnit = (token: Token): boolean =>
  token.t === 'word' && token.word.length > 2 && token.word in TIME_UNITS && !token.word.endsWith('s');

function fits(step: Step, token: Token): boolean {
  if (token.used !== undefined) return false;
  if (step.words) return 'word' in token && step.words.has(token.word);
  switch (step.kind) {
    case '#dur':
      return token.t === 'duration';
    case '#dur|#unit':
      return token.t === 'duration' || isUnit(token);
    case '#num':
      return token.t === 'number';
    case '#int':
      return token.t === 'number' && token.unit === undefined && Number.isInteger(token.value);
    case '#text':
      return token.t === 'text';
    case '#unit':
      return isUnit(token);
    case '#word':
      return token.t === 'word';
    case '#name':
      return token.t === 'word' || token.t === 'text';
    default:
      return false;
  }
}

function from(tokens: readonly Token[], at: number, steps: readonly Step[], k: number): { end: number; slots: Token[] } | undefined {
  const step = steps[k];
  if (!step) return { end: at, slots: [] };
  const token = tokens[at];
  if (token && fits(step, token)) {
    const rest = from(tokens, at + 1, steps, k + 1);
    if (rest) return step.kind ? { end: rest.end, slots: [token, ...rest.slots] } : rest;
  }
  return step.optional ? from(tokens, at, steps, k + 1) : undefined;
}

/**
 * Whether the pattern stands at a place: words with alternatives (`every|each`), `#dur`, `#num`, `#int`, `#unit`, `#text`, `#word`;
 * a trailing `?` makes a step optional. Tokens that something has explained already do not match.
 */
export function matchAt(tokens: readonly Token[], at: number, pattern: string): Found | undefined {
  const { steps, firsts } = compile(pattern);
  const token = tokens[at];
  // Most patterns stand nowhere near.
  if (!token || (firsts && !('word' in token && firsts.has(token.word)))) return undefined;
  const found = from(tokens, at, steps, 0);
  return found && found.end > at ? { start: at, ...found } : undefined;
}

const wordLists = new WeakMap<readonly Token[], readonly string[]>();

/** The words of a sentence, once each; tokens change what they are used for, never their words. */
function wordsOf(tokens: readonly Token[]): readonly string[] {
  const known = wordLists.get(tokens);
  if (known) return known;
  const words = [...new Set(tokens.flatMap((t) => ('word' in t ? [t.word] : [])))];
  wordLists.set(tokens, words);
  return words;
}

/** First place where the pattern stands. */
export function findPattern(tokens: readonly Token[], pattern: string): Found | undefined {
  const { needed } = compile(pattern);
  if (needed.length > 0) {
    const words = wordsOf(tokens);
    for (const step of needed) if (!words.some((word) => step.has(word))) return undefined;
  }
  for (let at = 0; at < tokens.length; at++) {
    const found = matchAt(tokens, at, pattern);
    if (found) return found;
  }
  return undefined;
}

/** The word at a place, also one that something has explained. */
export const wordIn = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token && 'word' in token ? token.word : '';
};

/** What stands from one place to another, word by word; empty where a token is no word. */
export const wordsIn = (tokens: readonly Token[], { start, end }: { start: number; end: number }): string[] =>
  tokens.slice(start, end).map((t) => ('word' in t ? t.word : ''));

/** Says what a run of tokens became. */
export function use(tokens: readonly Token[], { start, end }: { start: number; end: number }, as: string): void {
  for (const token of tokens.slice(start, end)) token.used = as;
}

/** How far before and behind its place one reading can use tokens; whole copies would make long texts slow. */
const REACH = { before: 40, behind: 80 };

/** Keeps what the tokens around a place, or all, are used for now; called, it is so again. */
export function keepUses(tokens: readonly Token[], at?: number): () => void {
  const start = at === undefined ? 0 : Math.max(0, at - REACH.before);
  const kept = tokens.slice(start, at === undefined ? undefined : at + REACH.behind);
  const uses = kept.map((t) => t.used);
  return () =>
    kept.forEach((token, i) => {
      const before = uses[i];
      if (before === undefined) delete token.used;
      else token.used = before;
    });
}
