import type { RecordBatch } from '../../values/record-batch.ts';
import type { Feed } from './feed.ts';

export type ReadRows = (rows: readonly object[], from: number, to: number, firstOffset: number) => RecordBatch;

/** A bounded array of rows. Its position is the index of the next row. */
export function arrayFeed(name: string, rows: readonly object[], read: ReadRows, batchRows: number, from: number): Feed {
  let at = from;
  return {
    name,
    mode: 'merge',
    next() {
      if (at >= rows.length) return null;
      const end = Math.min(rows.length, at + batchRows);
      const batch = read(rows, at, end, at);
      at = end;
      return { kind: 'rows', batch };
    },
    position: () => at,
    close: async () => {},
  };
}

/** A synchronous iterable, read as far as somebody asks. On restore the rows before `from` are read again and skipped. */
export function iterableFeed(name: string, rows: Iterable<object>, read: ReadRows, batchRows: number, from: number): Feed {
  const iterator = rows[Symbol.iterator]();
  let at = 0;
  return {
    name,
    mode: 'merge',
    next() {
      while (at < from) {
        if (iterator.next().done) return null;
        at++;
      }
      const chunk: object[] = [];
      while (chunk.length < batchRows) {
        const step = iterator.next();
        if (step.done) break;
        chunk.push(step.value);
      }
      if (chunk.length === 0) return null;
      at += chunk.length;
      return { kind: 'rows', batch: read(chunk, 0, chunk.length, at - chunk.length) };
    },
    position: () => at,
    close: async () => void iterator.return?.(),
  };
}
