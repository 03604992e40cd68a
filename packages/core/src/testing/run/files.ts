import { testingError } from '../../diagnostics/codes/testing.ts';
import type { Row } from '../../protocol/query.ts';
import type { Assertion } from '../../protocol/studio/testing.ts';
import type { TestFile } from '../assert/captured-output.ts';
import { foldWord } from '../schema/loose.ts';
import { readRecords, recordFormat, writeCsv } from '../spec/read-records.ts';

/** Where a test reads files; paths are those of the spec, relative to its folder. Null: there is none. */
export interface FileReader {
  read(path: string): Promise<string | null> | string | null;
  /** Names in a folder; only needed to look schemas up. */
  list?(folder: string): Promise<readonly string[]> | readonly string[];
  /** Keeps a golden file; only with `updateGolden`. */
  write?(path: string, text: string): Promise<void> | void;
}

export const noFiles: FileReader = { read: () => null };

export async function readRequired(files: FileReader, path: string): Promise<string> {
  const text = await files.read(path);
  if (text === null) throw testingError('VS5405', { path, problem: 'there is no such file' });
  return text;
}

/** Records of a data file, by its format or its ending. */
export async function readDataFile(files: FileReader, path: string, format: string | undefined): Promise<Row[]> {
  const text = await readRequired(files, path);
  const word = format ?? (/\.jsonl$|\.ndjson$/i.test(path) ? 'json_lines' : /\.json$/i.test(path) ? 'json' : 'csv');
  try {
    return readRecords(text, word);
  } catch (error) {
    throw testingError('VS5405', { path, problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

/** Text of rows as a sink of that format would write them. */
export function fileText(rows: readonly Row[], format: unknown): string {
  const json = (row: Row): string => JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? Number(v) : v));
  switch (recordFormat(foldWord(format) === '' ? 'json_lines' : format)) {
    case 'csv':
      return writeCsv(rows);
    case 'csv_no_header':
      return writeCsv(rows).split('\n').slice(1).join('\n');
    case 'json':
      return `[${rows.map(json).join(',\n')}]\n`;
    default:
      return rows.map((row) => `${json(row)}\n`).join('');
  }
}

/** The files that assertions name: those a sink of this run wrote, else those that are there. */
export async function filesFor(
  assertions: readonly Assertion[],
  written: ReadonlyMap<string, string>,
  files: FileReader,
): Promise<Record<string, TestFile | null>> {
  const paths = new Set(
    assertions.flatMap((a) => ['path', 'actual_path', 'expected_path', 'golden'].flatMap((k) => (typeof a[k] === 'string' ? [a[k]] : []))),
  );
  const found: Record<string, TestFile | null> = {};
  for (const path of paths) {
    const own =
      written.get(path) ?? [...written].find(([p]) => baseName(p) === baseName(path) && (p.endsWith(path) || path.endsWith(p)))?.[1];
    const text = own ?? (await files.read(path));
    found[path] = text === null || text === undefined ? null : { text, bytes: new TextEncoder().encode(text).length };
  }
  return found;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
