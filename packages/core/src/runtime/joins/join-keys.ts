import type { Expr } from '../../sql/bind/expression.ts';
import { type Exact, shiftUp } from '../../values/exact.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { isExactType, scaleOf } from '../compile/comparison.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { type KeyConversion, type KeyReader, makeKeyReader } from '../rows/key-columns.ts';
import { KeyTable } from '../rows/key-table.ts';
import { grownInts } from '../rows/slot-pool.ts';

interface KeyPair {
  readonly left: Expr;
  readonly right: Expr;
}

/** Key ids of rows `from` … `to` at index 0 …; -1: a NULL is part of the key. */
export interface RowKeys {
  readonly ids: Int32Array;
  readonly failed: ReadonlyMap<number, unknown> | null;
}

/**
 * Numbers the keys of both sides of a join alike: equal values get one id, across dictionaries, lanes and decimal scales. Ids
 * are counted per row held, and released with the last.
 */
export class JoinKeys {
  readonly table: KeyTable;
  private readonly readers: readonly [KeyReader, KeyReader];
  private readonly isKeyless: boolean;
  private ids = new Int32Array(4096);
  private holders = new Int32Array(256);
  private readonly unheld: number[] = [];

  constructor(keys: readonly KeyPair[], env: CompileEnv) {
    this.isKeyless = keys.length === 0;
    const types = keys.map((key) => commonType(key.left.type, key.right.type));
    this.table = new KeyTable(types, { nulls: 'never' });
    const reader = (side: 'left' | 'right') =>
      makeKeyReader(
        keys.map((key) => key[side]),
        env,
        keys.map((key, i) => toType(key[side].type, types[i]!)),
      );
    this.readers = [reader('left'), reader('right')];
  }

  /** The result is valid until the next call. */
  read(port: number, batch: RecordBatch, from: number, to: number): RowKeys {
    if (to - from > this.ids.length) this.ids = new Int32Array(to - from);
    const { ids } = this;
    if (this.isKeyless) return { ids: ids.fill(0, 0, to - from), failed: null };
    const { columns, offset, failed } = this.readers[port]!(batch, from, to);
    const lookup = this.table.bind(columns);
    for (let row = from; row < to; row++) {
      const id = failed?.has(row) ? -1 : lookup(row - offset, true);
      ids[row - from] = id;
      if (id >= 0 && id >= this.holders.length) this.holders = grownInts(this.holders, Math.max(id + 1, this.holders.length * 2));
    }
    return { ids, failed };
  }

  hold(id: number): void {
    if (id >= 0 && !this.isKeyless) this.holders[id]!++;
  }

  /** The id may still be among the keys that were read: it is released by `settle` if nobody holds it then. */
  drop(id: number): void {
    if (id >= 0 && !this.isKeyless && --this.holders[id]! === 0) this.unheld.push(id);
  }

  /** Releases the ids that nobody holds any more, and those among the keys read for the first `count` rows that nobody came to hold. */
  settle(read: RowKeys | null, count: number): void {
    if (this.isKeyless) return;
    const { unheld, holders } = this;
    for (let i = 0; read !== null && i < count; i++) {
      const id = read.ids[i]!;
      if (id >= 0 && holders[id] === 0) unheld.push(id);
    }
    for (const id of unheld) {
      // An id may stand in the list more than once.
      if (holders[id] !== 0) continue;
      holders[id] = RELEASED;
      this.table.release(id);
    }
    for (const id of unheld) if (holders[id] === RELEASED) holders[id] = 0;
    unheld.length = 0;
  }

  clear(): void {
    this.table.clear();
    this.holders.fill(0);
    this.unheld.length = 0;
  }
}

/** Mark of an id that was released just now. */
const RELEASED = -1;

/** Type under which both sides' values are held: exact types of the higher scale, else the left one. */
function commonType(left: SqlType, right: SqlType): SqlType {
  if (!isExactType(left) || !isExactType(right))
    return left.kind === 'any' || left.kind === 'json' ? left : right.kind === 'any' ? right : left;
  return scaleOf(left) >= scaleOf(right) ? left : right;
}

function toType(from: SqlType, to: SqlType): KeyConversion {
  if (!isExactType(from) || !isExactType(to) || scaleOf(from) === scaleOf(to)) return null;
  const by = scaleOf(to) - scaleOf(from);
  return (value: Scalar) => shiftUp(value as Exact, by);
}
