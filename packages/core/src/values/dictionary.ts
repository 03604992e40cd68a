import type { Dictionary } from './column.ts';

/** Strings by code, append-only. One dictionary is usually shared by all batches of a column. Codes are 0 … size-1. */
export function createDictionary(initial: readonly string[] = []): Dictionary {
  const texts: string[] = [];
  const codes = new Map<string, number>();
  const dictionary: Dictionary = {
    get size() {
      return texts.length;
    },
    at: (code) => texts[code] as string,
    find: (text) => codes.get(text) ?? -1,
    add(text) {
      const known = codes.get(text);
      if (known !== undefined) return known;
      const code = texts.length;
      texts.push(text);
      codes.set(text, code);
      return code;
    },
  };
  for (const text of initial) dictionary.add(text);
  return dictionary;
}
