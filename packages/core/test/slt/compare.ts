import { sameCell } from './cells.ts';
import type { Expected } from './parse-file.ts';
import type { Observation, OutputRow } from './run-case.ts';
import { type Token, tokenize, tokenText } from './tokens.ts';

const OPS = new Set(['+', '~', '-']);

interface ExpectedRow {
  readonly op: string | null;
  readonly cells: readonly Token[];
}

const expectedRows = (expected: Expected): ExpectedRow[] =>
  expected.lines
    .map(tokenize)
    .filter((tokens) => tokens.length > 0)
    .map(([first, ...rest]) =>
      first && !first.quoted && OPS.has(first.text) ? { op: first.text, cells: rest } : { op: null, cells: first ? [first, ...rest] : [] },
    );

/** Null when a step showed what it expects; else both as text. */
export function difference(
  seen: Observation,
  expected: Expected,
  ordered = true,
): { readonly actual: string; readonly expected: string } | null {
  if (seen.lines) {
    const [actual, wanted] = [trimmed(seen.lines), trimmed(expected.lines)];
    return actual === wanted ? null : { actual, expected: wanted };
  }
  const wanted = expectedRows(expected);
  const withOps = wanted.length === 0 || wanted.some((row) => row.op !== null);
  const rows = (seen.rows ?? []).filter((row) => withOps || row.op !== '-');
  const types = seen.types ?? [];
  const isSame = (ordered ? inOrder : anyOrder)(rows, wanted, types);
  return isSame ? null : { actual: rows.map((row) => showRow(row, withOps)).join('\n'), expected: trimmed(expected.lines) };
}

const trimmed = (lines: readonly string[]): string => lines.map((line) => line.trimEnd()).join('\n');

export const showRow = (row: OutputRow, withOp: boolean): string => [...(withOp ? [row.op] : []), ...row.cells.map(tokenText)].join(' ');

const sameRow = (row: OutputRow, wanted: ExpectedRow, types: readonly string[]): boolean =>
  (wanted.op === null || wanted.op === row.op) &&
  row.cells.length === wanted.cells.length &&
  row.cells.every((cell, i) => sameCell(cell, wanted.cells[i] as Token, types[i] ?? ''));

const inOrder = (rows: readonly OutputRow[], wanted: readonly ExpectedRow[], types: readonly string[]): boolean =>
  rows.length === wanted.length && rows.every((row, i) => sameRow(row, wanted[i] as ExpectedRow, types));

function anyOrder(rows: readonly OutputRow[], wanted: readonly ExpectedRow[], types: readonly string[]): boolean {
  const left = [...wanted];
  for (const row of rows) {
    const at = left.findIndex((each) => sameRow(row, each, types));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return left.length === 0;
}
