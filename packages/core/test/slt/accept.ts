import type { Expected } from './parse-file.ts';

/** Lines to stand where expected ones do. */
export interface Replacement {
  readonly expected: Expected;
  readonly lines: readonly string[];
}

/** The text of a file with expectations replaced. */
export function accepted(text: string, replacements: readonly Replacement[]): string {
  const lines = text.split('\n');
  // From the end, so that places before stay what they are.
  for (const { expected, lines: actual } of [...replacements].sort((a, b) => b.expected.from - a.expected.from)) {
    lines.splice(expected.from, expected.to - expected.from, ...actual.map((line) => (expected.before ?? '') + line));
  }
  return lines.join('\n');
}
