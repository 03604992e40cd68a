import type { OutputColumn, RowOutput } from './row-output.ts';
import { plainText } from './value-text.node.ts';

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** RFC 4180 with a header line. What the SQL types INTEGER stays a number, also where it is a time. NULL is an empty field, the empty text is `""`. */
export function csvOutput(columns: readonly OutputColumn[]): RowOutput {
  let header = `${columns.map(({ name }) => quoted(name)).join(',')}\r\n`;
  const takeHeader = (): string => {
    const text = header;
    header = '';
    return text;
  };
  return {
    add: (row) =>
      `${takeHeader()}${columns.map(({ name, type }) => (row[name] === '' ? '""' : quoted(plainText(row[name] ?? null, { type })))).join(',')}\r\n`,
    flush: takeHeader,
    end: takeHeader,
  };
}
