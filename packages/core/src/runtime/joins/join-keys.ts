import type { Expr } from '../../sql/bind/expression.ts';
import { type Exact, shiftUp } from '../../values/exact.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { isExactType, scaleOf } from '../compile/comparison.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { type KeyConversion, type KeyReader, makeKeyReader } from '../rows/key-columns.ts';
import { KeyTable } from '../rows/key-table.ts';
import { grownBytes, grownInts } from '../rows/slot-pool.ts';

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
 * are counted per row held, and released some time after the last.
 */
export class JoinKeys {
  readonly table: KeyTable;
  private readonly readers: readonly [KeyReader, KeyReader];
  private readonly isKeyless: boolean;
  private ids = new Int32Array(4096);
  private holders = new Int32Array(256);
  /** Ids that nobody may hold; each once, as `isListed` says. */
  private readonly unheld: number[] = [];
  private isListed = new Uint8Array(256);

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

  /** The result is valid until the next call. A new key is held by nobody yet. */
  read(port: number, batch: RecordBatch, from: number, to: number): RowKeys {
    if (to - from > this.ids.length) this.ids = new Int32Array(to - from);
    const { ids } = this;
    if (this.isKeyless) return { ids: ids.fill(0, 0, to - from), failed: null };
    const { columns, offset, failed } = this.readers[port]!(batch, from, to);
    const { table } = this;
    const lookup = table.bind(columns);
    for (let row = from; row < to; row++) {
      const id = failed?.has(row) ? -1 : lookup(row - offset, true);
      ids[row - from] = id;
      if (table.wasAdded && id >= 0) this.list(id);
    }
    return { ids, failed };
  }

  hold(id: number): void {
    if (id >= 0 && !this.isKeyless) this.holders[id]!++;
  }

  drop(id: number): void {
    if (id >= 0 && !this.isKeyless && --this.holders[id]! === 0) this.list(id);
  }

  /** At the end of a turn, when no ids that were read are in use: releases the keys that nobody holds, once they are many. */
  settle(): void {
    const { unheld, holders } = this;
    if (unheld.length < Math.max(UNHELD_MIN, this.table.size >> 1)) return;
    for (const id of unheld) {
      this.isListed[id] = 0;
      if (holders[id] === 0) this.table.release(id);
    }
    unheld.length = 0;
  }

  clear(): void {
    this.table.clear();
    this.holders.fill(0);
    this.isListed.fill(0);
    this.unheld.length = 0;
  }

  private list(id: number): void {
    if (id >= this.holders.length) {
      this.holders = grownInts(this.holders, Math.max(id + 1, this.holders.length * 2));
      this.isListed = grownBytes(this.isListed, this.holders.length);
    }
    if (this.isListed[id] === 1) return;
    this.isListed[id] = 1;
    this.unheld.push(id);
  }
}

/** So many keys without a row are kept at least, for rows to come. */
const UNHELD_MIN = 1024;

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
