import type { Column } from '@velostream/core/connect/formats';
import { ColumnQueue } from '../columnar/column-queue.ts';
import { spread } from '../columnar/spread.ts';
import type { ChunkPages } from './chunk-pages.ts';
import type { LeafPage, LeafReader } from './leaf-reader.ts';

/** One wanted column of a row group, row by row in any lengths. */
export interface ColumnCursor {
  /** The next `rows` rows; the row group must have so many. */
  take(rows: number): Promise<Column>;
  skip(rows: number): Promise<void>;
}

/** A column whose values stand one per row. Holds the pages that rows were not yet taken of. */
export class FlatColumn implements ColumnCursor {
  private readonly queue = new ColumnQueue();
  private readonly pages: ChunkPages;
  private readonly leaf: LeafReader;

  constructor(pages: ChunkPages, leaf: LeafReader) {
    this.pages = pages;
    this.leaf = leaf;
  }

  async take(rows: number): Promise<Column> {
    while (this.queue.rows < rows) if (!(await this.load(() => false))) throw new RangeError('a column has fewer values than rows');
    return this.queue.take(rows);
  }

  async skip(rows: number): Promise<void> {
    const held = Math.min(rows, this.queue.rows);
    this.queue.skip(held);
    let left = rows - held;
    const pass = (entries: number): boolean => {
      if (entries > left) return false;
      left -= entries;
      return true;
    };
    while (left > 0) {
      if (!(await this.load(pass))) break;
      const now = Math.min(left, this.queue.rows);
      this.queue.skip(now);
      left -= now;
    }
    if (left > 0) throw new RangeError('a column has fewer values than rows');
  }

  private async load(canSkip: (entries: number) => boolean): Promise<boolean> {
    const page = await this.leaf.next(this.pages, canSkip);
    if (page !== undefined) this.queue.push(rowsOf(page), page.entries);
    return page !== undefined;
  }
}

function rowsOf({ definition, values, present, entries }: LeafPage): Column {
  if (definition === null || present === entries) return values;
  // A flat column has one optional level at most, so that a level is 1 for a value and 0 for NULL.
  return spread(values, definition, entries);
}
