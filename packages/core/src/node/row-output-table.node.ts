import { visible } from '../diagnostics/render.ts';
import type { Row } from '../engine/api.ts';
import { holdsInstants } from '../protocol/table-schema.ts';
import type { OutputColumn, RowOutput } from './row-output.ts';
import { isNumeric, plainText } from './value-text.node.ts';

/** Rows that are looked at for the column widths before the first one is written. */
const SAMPLE_ROWS = 100;
const CELL_CHARS_MAX = 60;
const NULL_TEXT = '∅';

const lengthOf = (text: string): number => [...text].length;

function cellText(row: Row, column: OutputColumn): string {
  const value = row[column.name] ?? null;
  const text = value === null ? NULL_TEXT : visible(plainText(value, column).replace(/[\r\n\t]/g, ' '));
  return lengthOf(text) > CELL_CHARS_MAX ? `${[...text].slice(0, CELL_CHARS_MAX - 1).join('')}…` : text;
}

/** Aligned columns for reading. Widths come from the first rows; a longer value later widens its column from there on. */
export function tableOutput(columns: readonly OutputColumn[]): RowOutput {
  const widths = columns.map(({ name }) => lengthOf(visible(name)));
  const isRight = columns.map((column) => isNumeric(column.type) && !holdsInstants(column));
  let sample: string[][] | null = [];

  const widen = (cells: readonly string[]): void => {
    for (const [i, cell] of cells.entries()) widths[i] = Math.max(widths[i] ?? 0, lengthOf(cell));
  };
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((cell, i) => {
      const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - lengthOf(cell)));
      return isRight[i] ? space + cell : cell + space;
    });
    return `${padded.join('  ').trimEnd()}\n`;
  };
  const begin = (): string => {
    if (sample === null) return '';
    const rows = sample;
    sample = null;
    for (const cells of rows) widen(cells);
    const rule = widths.map((width) => '─'.repeat(width)).join('  ');
    return `${line(columns.map(({ name }) => visible(name)))}${rule}\n${rows.map(line).join('')}`;
  };

  return {
    add(row) {
      const cells = columns.map((column) => cellText(row, column));
      if (sample === null) {
        widen(cells);
        return line(cells);
      }
      sample.push(cells);
      return sample.length < SAMPLE_ROWS ? '' : begin();
    },
    // A header without rows would have to guess its widths.
    flush: () => (sample?.length === 0 ? '' : begin()),
    end: begin,
  };
}
