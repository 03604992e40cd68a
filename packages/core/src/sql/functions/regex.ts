import { assert } from '../../diagnostics/assert.ts';
import { valueError } from '../../diagnostics/codes/values.ts';

/** A compiled pattern in RE2 semantics: linear time, no back-references, no look-around. */
export interface Regex {
  /** Whether it matches anywhere in the text. */
  test(text: string): boolean;
  /** A group of the first match, 0 being the whole; null where it took no part, is not in the pattern, or nothing matches. */
  extract(text: string, group: number): string | null;
  /** Replaces the first match or all; `$1` … `$9` in `by` are groups, `$0` the match, `$$` a dollar sign. */
  replace(text: string, by: string, all: boolean): string;
}

const PATTERN_MAX = 1024;
const CACHE_MAX = 256;

type Library = typeof import('re2js');
let library: Library | undefined;
let native: typeof import('./regex/native-regex.ts').nativeRegex | undefined;
let loading: Promise<void> | undefined;

/** Loads the library that matches in linear time; queries without patterns never pay for it. */
export function loadRegex(): Promise<void> {
  loading ??= Promise.all([import('re2js'), import('./regex/native-regex.ts')]).then(([loaded, { nativeRegex }]) => {
    library = loaded;
    native = nativeRegex;
  });
  return loading;
}

const cache = new Map<string, Regex>();
const cacheIgnoringCase = new Map<string, Regex>();

/** Compiles a pattern. Throws `bad-pattern` for what RE2 does not know; patterns are at most 1024 characters. */
export function compileRegex(pattern: string, ignoreCase = false): Regex {
  const known = (ignoreCase ? cacheIgnoringCase : cache).get(pattern);
  return known ?? remember(ignoreCase ? cacheIgnoringCase : cache, pattern, compile(pattern, ignoreCase));
}

/** Patterns may come from rows: the oldest goes when the cache is full. */
function remember(known: Map<string, Regex>, pattern: string, compiled: Regex): Regex {
  if (known.size >= CACHE_MAX) known.delete(known.keys().next().value as string);
  known.set(pattern, compiled);
  return compiled;
}

function compile(pattern: string, ignoreCase: boolean): Regex {
  let slow: Regex | undefined;
  const byLibrary = (): Regex => {
    slow ??= compileByLibrary(pattern, ignoreCase);
    return slow;
  };
  return (ignoreCase || pattern.length > PATTERN_MAX ? null : native?.(pattern, byLibrary)) ?? byLibrary();
}

function compileByLibrary(pattern: string, ignoreCase: boolean): Regex {
  assert(library !== undefined, 'loadRegex() has resolved before a pattern is compiled');
  const { RE2JS } = library;
  if (pattern.length > PATTERN_MAX) throw valueError('VS5107', { pattern, problem: `it is longer than ${PATTERN_MAX} characters` });
  let compiled: ReturnType<typeof RE2JS.compile>;
  try {
    compiled = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    throw valueError('VS5107', { pattern, problem: error instanceof Error ? error.message : String(error) });
  }
  const groupsOf = (matcher: ReturnType<typeof compiled.matcher>): (string | null)[] =>
    Array.from({ length: compiled.groupCount() + 1 }, (_, i) => matcher.group(i));
  return {
    test: (text) => compiled.matcher(text).find(),
    extract(text, group) {
      const matcher = compiled.matcher(text);
      return matcher.find() && group >= 0 && group <= compiled.groupCount() ? matcher.group(group) : null;
    },
    replace(text, by, all) {
      const matcher = compiled.matcher(text);
      let out = '';
      let from = 0;
      while (matcher.find()) {
        out += text.slice(from, matcher.start()) + expand(by, groupsOf(matcher));
        from = matcher.end();
        if (!all) break;
      }
      return out + text.slice(from);
    },
  };
}

const expand = (template: string, groups: readonly (string | null)[]): string =>
  template.replace(/\$(\$|\d)/g, (_, what: string) => (what === '$' ? '$' : (groups[Number(what)] ?? '')));
