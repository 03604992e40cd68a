// docs/spec-coverage.md says for each row which test shows it. A test that was renamed or removed must not stay named there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, read } from './tidy/repository.ts';

const PAGE = 'docs/spec-coverage.md';
const text = read(PAGE);
const rows = text.split('\n').filter((line) => /^\| (?!What \||---)/.test(line));
const citations = [...text.matchAll(/`([^`]+?\.tsx?) › ([^`]+)`/g)].map(([, file = '', name = '']) => ({ file, name }));

/** Whether a file makes a test of this name, as it is written there. */
function holds(file: string, name: string): boolean {
  const quoted = [`'${name.replaceAll("'", "\\'")}'`, `"${name}"`, `\`${name}\``];
  const source = read(file);
  return quoted.some((literal) => source.includes(literal));
}

describe('the page of what is covered', () => {
  test('names at least one test for each row, or says what is missing and why', () => {
    const open = rows.filter((row) => !/\| `[^`]+ › [^`]+`|\| \*\*missing\*\*: \S/.test(row));
    expect(open).toEqual([]);
    expect(rows.length).toBeGreaterThan(100);
  });

  test('counts its rows as they are', () => {
    const missing = rows.filter((row) => row.includes('**missing**')).length;
    expect(text).toContain(`${rows.length - missing} rows are shown by a test, ${missing} are missing.`);
  });

  test('names tests that are there', () => {
    const gone = citations.filter(({ file, name }) => !existsSync(join(ROOT, file)) || !holds(file, name));
    expect(gone).toEqual([]);
    expect(citations.length).toBeGreaterThan(150);
  });
});
