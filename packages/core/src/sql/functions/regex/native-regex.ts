import type { Regex } from '../regex.ts';
import { linearPattern } from './linear-pattern.ts';

/** Longer texts go to the library: JavaScript's matcher keeps a place for each step of a loop. */
const TEXT_MAX = 1 << 20;

/** A pattern by JavaScript's own matcher, where that is sure to be linear; null otherwise. `library` serves what it is not fit for. */
export function nativeRegex(pattern: string, library: () => Regex): Regex | null {
  const linear = linearPattern(pattern);
  if (linear === undefined) return null;
  const expression = new RegExp(linear.source, 'u');
  const every = new RegExp(linear.source, 'gu');
  return {
    test: (text) => (text.length > TEXT_MAX ? library().test(text) : expression.test(text)),
    extract(text, group) {
      if (text.length > TEXT_MAX) return library().extract(text, group);
      const found = expression.exec(text);
      return found === null ? null : (found[group] ?? null);
    },
    replace(text, by, all) {
      // The two differ in where an empty match may stand.
      if (linear.matchesEmpty || text.length > TEXT_MAX) return library().replace(text, by, all);
      return text.replace(all ? every : expression, (...found: unknown[]) => expand(by, found as (string | undefined)[]));
    },
  };
}

/** `$0` … `$9` and `$$` of a replacement; groups that took no part are empty. The arguments of a replacer go on behind its groups. */
function expand(template: string, found: readonly (string | undefined)[]): string {
  const groups = found.findIndex((each) => typeof each === 'number');
  return template.replace(/\$(\$|\d)/g, (_, what: string) =>
    what === '$' ? '$' : Number(what) < groups ? (found[Number(what)] ?? '') : '',
  );
}
