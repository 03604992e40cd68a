import type { Row, Value } from '../../protocol/query.ts';
import { foldWord, isMap } from '../schema/loose.ts';

export type RecordFormat = 'csv' | 'csv_no_header' | 'json_lines' | 'json';

/** A format in any spelling (`Csv`, `csv-no-header`, `jsonl`); CSV where it is not known. */
export function recordFormat(word: unknown): RecordFormat {
  switch (foldWord(word)) {
    case 'csvnoheader':
      return 'csv_no_header';
    case 'jsonlines':
    case 'jsonl':
    case 'ndjson':
      return 'json_lines';
    case 'json':
      return 'json';
    default:
      return 'csv';
  }
}

/** Records of a test file. CSV values are typed one by one: integer, float, boolean, else text; empty is NULL. */
export function readRecords(text: string, format: unknown): Row[] {
  switch (recordFormat(format)) {
    case 'json': {
      const value: unknown = JSON.parse(text);
      return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isMap).map((r) => ({ ...r }) as Row);
    }
    case 'json_lines':
      return text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Row);
    case 'csv_no_header':
      return csvRows(text).map((cells) => Object.fromEntries(cells.map((cell, i) => [`column_${i + 1}`, csvValue(cell)])));
    default: {
      const [header, ...rows] = csvRows(text);
      return rows.map((cells) => Object.fromEntries((header ?? []).map((name, i) => [name.trim(), csvValue(cells[i] ?? '')])));
    }
  }
}

/** Cells by line (RFC 4180). */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n') endRow();
    else if (c !== '\r') cell += c;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

function csvValue(cell: string): Value {
  const text = cell.trim();
  if (text === '') return null;
  if (/^[+-]?\d+$/.test(text)) {
    const n = Number(text);
    return Number.isSafeInteger(n) ? n : BigInt(text);
  }
  if (/^[+-]?\d*\.\d+([eE][+-]?\d+)?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : cell;
}

/** Rows as CSV with a header; times of `timestamps` as ISO text. */
export function writeCsv(rows: readonly Row[]): string {
  const names = [...new Set(rows.slice(0, 1000).flatMap((row) => Object.keys(row)))];
  const quote = (value: Value | undefined): string => {
    if (value === null || value === undefined) return '';
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [names.map((n) => quote(n)).join(','), ...rows.map((row) => names.map((n) => quote(row[n])).join(','))].join('\n').concat('\n');
}
