import type { TableJoinNode } from '../../sql/plan/plan.ts';
import type { Dictionary } from '../../values/column.ts';
import { keyFunction } from '../../values/key.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { plainly } from '../compile/comparison.ts';
import { type CompileEnv, compileRow, compileScalarExpression } from '../compile/compile-expression.ts';
import { grownInts } from '../rows/slot-pool.ts';
import type { ColumnarTable } from '../tables/columnar-table.ts';

/** Slots of the table rows whose keys equal those of the input row, in insertion order. */
export type SlotLookup = (row: number) => readonly number[];

/** Finds matching table rows for rows of a batch. Bind it once per batch: the table does not change meanwhile. */
export interface TableLookup {
  bind(batch: RecordBatch): SlotLookup;
}

const NO_SLOTS: readonly number[] = [];

/** The cheapest lookup that the keys allow. `columns`: the table's column per field of the join. */
export function makeTableLookup(node: TableJoinNode, table: ColumnarTable, columns: readonly number[], env: CompileEnv): TableLookup {
  if (node.keys.length === 0) return new AllRows(table);
  const isPlain = node.keys.every((key) => key.right.kind === 'column' && plainly(key.left.type, key.right.type));
  if (!isPlain) return new CalculatedKeys(node, table, columns, env);
  const own = node.keys.map((key) => (key.right.kind === 'column' ? columns[key.right.index]! : 0));
  const [only] = node.keys;
  if (node.keys.length === 1 && only?.left.kind === 'column') return new OneColumn(table, own, only.left.index);
  return new IndexedKeys(node, table, own, env);
}

class AllRows implements TableLookup {
  private readonly table: ColumnarTable;

  constructor(table: ColumnarTable) {
    this.table = table;
  }

  bind(): SlotLookup {
    const all = Array.from(this.table.slots());
    return () => all;
  }
}

/** One column against one column: a repeated string costs one array read per row. */
class OneColumn implements TableLookup {
  private readonly table: ColumnarTable;
  private readonly columns: readonly number[];
  private readonly left: number;
  private of: Dictionary | null = null;
  private version = -1;
  /** By dictionary code: 0 not looked up, else position in `lists` + 1. */
  private places = new Int32Array(0);
  private lists: (readonly number[])[] = [];

  constructor(table: ColumnarTable, columns: readonly number[], left: number) {
    this.table = table;
    this.columns = columns;
    this.left = left;
  }

  bind(batch: RecordBatch): SlotLookup {
    const index = this.table.index(this.columns);
    const column = batch.columns[this.left]!;
    const { nulls } = column;
    if (column.lane === 'dict') return this.bindCodes(column);
    if (column.lane === 'boxed' || column.lane === 'i64') {
      const { values } = column;
      return (row) => (nulls !== null && nulls[row] === 1 ? NO_SLOTS : index.findValues([asScalar(values[row]!)]));
    }
    if (column.lane === 'bool') {
      const { values } = column;
      return (row) => (nulls !== null && nulls[row] === 1 ? NO_SLOTS : index.findValues([values[row] === 1]));
    }
    const { values } = column;
    return (row) => (nulls !== null && nulls[row] === 1 ? NO_SLOTS : index.find(values[row] as string | number));
  }

  private bindCodes(column: Extract<RecordBatch['columns'][number], { lane: 'dict' }>): SlotLookup {
    const { values, nulls, dictionary } = column;
    const index = this.table.index(this.columns);
    if (this.of !== dictionary || this.version !== this.table.version) {
      this.of = dictionary;
      this.version = this.table.version;
      this.places = new Int32Array(dictionary.size);
      this.lists = [];
    }
    if (this.places.length < dictionary.size) this.places = grownInts(this.places, Math.max(dictionary.size, this.places.length * 2));
    const { places, lists } = this;
    return (row) => {
      if (nulls !== null && nulls[row] === 1) return NO_SLOTS;
      const code = values[row]!;
      const place = places[code]!;
      if (place > 0) return lists[place - 1]!;
      const slots = index.find(dictionary.at(code));
      places[code] = lists.push(slots);
      return slots;
    };
  }
}

const asScalar = (value: Scalar | bigint): Scalar =>
  typeof value === 'bigint' && value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/** Calculated left keys, or several, against columns of the table. */
class IndexedKeys implements TableLookup {
  private readonly table: ColumnarTable;
  private readonly columns: readonly number[];
  private readonly keys: (batch: RecordBatch, row: number) => Scalar[];

  constructor(node: TableJoinNode, table: ColumnarTable, columns: readonly number[], env: CompileEnv) {
    this.table = table;
    this.columns = columns;
    this.keys = compileRow(
      node.keys.map((key) => key.left),
      env,
    );
  }

  bind(batch: RecordBatch): SlotLookup {
    const index = this.table.index(this.columns);
    return (row) => {
      const key = this.keys(batch, row);
      return key.includes(null) ? NO_SLOTS : index.findValues(key);
    };
  }
}

/**
 * Keys that an index over columns cannot answer: calculated on the table's side, or of types whose equal values differ in
 * form (decimals of other scale). The keys of all rows are calculated once per version of the table.
 */
class CalculatedKeys implements TableLookup {
  private readonly table: ColumnarTable;
  private readonly columns: readonly number[];
  private readonly leftKeys: (batch: RecordBatch, row: number) => Scalar[];
  private readonly leftTexts: readonly ((value: Scalar) => string)[];
  private readonly rightKeys: readonly ((row: readonly Scalar[]) => Scalar)[];
  private readonly rightTexts: readonly ((value: Scalar) => string)[];
  private version = -1;
  private readonly slots = new Map<string, number[]>();

  constructor(node: TableJoinNode, table: ColumnarTable, columns: readonly number[], env: CompileEnv) {
    this.table = table;
    this.columns = columns;
    this.leftKeys = compileRow(
      node.keys.map((key) => key.left),
      env,
    );
    this.leftTexts = node.keys.map((key) => keyFunction(key.left.type));
    this.rightKeys = node.keys.map((key) => compileScalarExpression(key.right, env));
    this.rightTexts = node.keys.map((key) => keyFunction(key.right.type));
  }

  bind(batch: RecordBatch): SlotLookup {
    if (this.version !== this.table.version) this.fill();
    return (row) => {
      const key = textOfKey(this.leftKeys(batch, row), this.leftTexts);
      return (key === null ? undefined : this.slots.get(key)) ?? NO_SLOTS;
    };
  }

  private fill(): void {
    this.version = this.table.version;
    this.slots.clear();
    for (const slot of this.table.slots()) {
      const whole = this.table.rowAt(slot);
      const row = this.columns.map((c) => whole[c]!);
      const key = textOfKey(
        this.rightKeys.map((evaluate) => evaluate(row)),
        this.rightTexts,
      );
      if (key === null) continue;
      const equal = this.slots.get(key);
      if (equal === undefined) this.slots.set(key, [slot]);
      else equal.push(slot);
    }
  }
}

/** null: a NULL is part of the key, which then equals nothing. */
function textOfKey(values: readonly Scalar[], texts: readonly ((value: Scalar) => string)[]): string | null {
  let text = '';
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) return null;
    text += texts[i]!(values[i]!);
  }
  return text;
}
