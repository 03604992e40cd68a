import type { Row } from '../../protocol/query.ts';
import { readRecords } from '../spec/read-records.ts';
import type { TestFile } from './captured-output.ts';
import { type Check, type CheckContext, fieldOf } from './check.ts';
import { sameValue, show } from './operators.ts';
import { diffRows, diffText, isSame } from './row-diff.ts';

function fileOf(of: CheckContext, path: string): TestFile | undefined {
  const files = of.output.files;
  if (!files || !(path in files)) return undefined;
  return files[path] ?? undefined;
}

const missing = (of: CheckContext, path: string) =>
  of.result(false, `${of.type}: there is no file "${path}"`, { expected: path, actual: 'no file' });

function recordsOf(of: CheckContext, path: string, file: TestFile): Row[] {
  const format = of.text('format') ?? (/\.jsonl$/i.test(path) ? 'json_lines' : /\.json$/i.test(path) ? 'json' : 'csv');
  return readRecords(file.text, format);
}

const fileExists: Check = (of) => {
  const path = of.require('path');
  const file = fileOf(of, path);
  if (!file) return missing(of, path);
  const min = of.number('min_size_bytes') ?? 0;
  const max = of.number('max_size_bytes') ?? Number.POSITIVE_INFINITY;
  return of.result(file.bytes >= min && file.bytes <= max, `file_exists: "${path}" has ${file.bytes} bytes`, {
    expected: `[${min}, ${max}] bytes`,
    actual: file.bytes,
  });
};

const fileRowCount: Check = (of) => {
  const path = of.require('path');
  const file = fileOf(of, path);
  if (!file) return missing(of, path);
  const isCsv = /csv/i.test(of.text('format') ?? path);
  const lines = file.text.split(/\r?\n/).filter((l) => l.trim() !== '').length;
  const count = of.raw('skip_header') === false && isCsv ? lines : recordsOf(of, path, file).length;
  return of.judge(`file_row_count "${path}"`, count, of.limits('expected', 'value'));
};

const fileContains: Check = (of) => {
  const path = of.require('path');
  const file = fileOf(of, path);
  if (!file) return missing(of, path);
  const field = of.text('field');
  const wanted = of.list('expected_values', 'values', 'value') ?? [];
  const rows = field === undefined ? [] : recordsOf(of, path, file);
  const has = (value: unknown): boolean =>
    field === undefined
      ? file.text.includes(String(value))
      : rows.some((row) => sameValue(fieldOf(row, field), value) || String(fieldOf(row, field)) === String(value));
  const absent = wanted.filter((v) => !has(v));
  const passed = /any/i.test(of.text('mode') ?? 'all') ? absent.length < wanted.length : absent.length === 0;
  return of.result(passed, `file_contains: "${path}" ${passed ? 'has what is expected' : `lacks ${absent.map(show).join(', ')}`}`, {
    expected: wanted,
    actual: passed ? 'found' : { missing: absent },
  });
};

const fileMatches: Check = (of) => {
  const actualPath = of.require('actual_path', 'path');
  const expectedPath = of.require('expected_path', 'golden');
  const actualFile = fileOf(of, actualPath);
  const expectedFile = fileOf(of, expectedPath);
  if (!actualFile) return missing(of, actualPath);
  if (!expectedFile) return missing(of, expectedPath);
  const actual = recordsOf(of, actualPath, actualFile);
  const expected = recordsOf(of, expectedPath, expectedFile);
  if (actual.length !== expected.length)
    return of.result(false, `file_matches: "${actualPath}" has ${actual.length} rows, "${expectedPath}" ${expected.length}`, {
      expected: expected.length,
      actual: actual.length,
    });
  const columns = of.texts('compare_fields');
  const ignore = of.texts('ignore_fields');
  const diff = diffRows(expected, actual, {
    ordered: !of.flag('ignore_order', true),
    tolerance: of.number('numeric_tolerance', 'tolerance') ?? 0.0001,
    ...(columns ? { columns } : {}),
    ...(ignore ? { ignore } : {}),
  });
  return of.result(
    isSame(diff),
    isSame(diff)
      ? `file_matches: "${actualPath}" is as "${expectedPath}"`
      : `file_matches of "${actualPath}":\n${diffText(diff, expected, actual)}`,
    {
      expected: `${expected.length} rows`,
      actual: isSame(diff) ? 'the same rows' : `${diff.cells.length + diff.missing.length + diff.extra.length} differences`,
      ...(isSame(diff) ? {} : { details: { cells: diff.cells.slice(0, 100) } }),
    },
  );
};

export const FILE_CHECKS: Readonly<Record<string, Check>> = {
  file_exists: fileExists,
  file_row_count: fileRowCount,
  file_contains: fileContains,
  file_matches: fileMatches,
};
