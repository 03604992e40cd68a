import fc from 'fast-check';

/** One piece of SQL in our dialect and in the reference's. */
export interface SqlPair {
  readonly ours: string;
  readonly theirs: string;
}

type Part = SqlPair | string;
const side = (part: Part, which: keyof SqlPair): string => (typeof part === 'string' ? part : part[which]);

/** Tagged template that builds both texts at once. */
export function pair(strings: TemplateStringsArray, ...parts: readonly Part[]): SqlPair {
  const build = (which: keyof SqlPair) =>
    strings.reduce((text, s, i) => text + s + (i < parts.length ? side(parts[i] as Part, which) : ''), '');
  return { ours: build('ours'), theirs: build('theirs') };
}

export const joined = (parts: readonly SqlPair[], separator: string): SqlPair => ({
  ours: parts.map((p) => p.ours).join(separator),
  theirs: parts.map((p) => p.theirs).join(separator),
});

export const both = (text: string): SqlPair => ({ ours: text, theirs: text });
export const oneOf = (...texts: readonly string[]): fc.Arbitrary<SqlPair> => fc.constantFrom(...texts.map(both));
