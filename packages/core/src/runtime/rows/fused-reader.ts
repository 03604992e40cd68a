import type { Column, Field } from '../../values/column.ts';
import { createDictionary } from '../../values/dictionary.ts';
import { newFunction } from '../compile/new-function.ts';

/** Reads columns of rows `from` to `to`; null when some value is not of its column's type, or a row is no object. */
export type FusedReader = (rows: readonly object[], from: number, to: number) => readonly Column[] | null;

/** One column while rows are read into it. Its names are part of the generated source. */
interface Target {
  values: Float64Array | Int32Array;
  nulls: Uint8Array | null;
  isNull(row: number): void;
  codeOf(text: string): number;
}

type Generated = (rows: readonly object[], from: number, to: number, targets: readonly Target[]) => boolean;

const TYPES: Readonly<Partial<Record<Field['type']['kind'], 'number' | 'integer' | 'text'>>> = {
  float: 'number',
  timestamp: 'number',
  integer: 'integer',
  string: 'text',
};
/** Distinct texts of a column; above it they stay texts, which this reader does not make. */
const TEXTS_MAX = 1 << 16;

/**
 * Reader that looks at every object once, with a property access of its own for each column, which stays fast because it always asks
 * for the same name. Null where a column needs more than a check of its type. `lent`: the columns are good until the next call.
 */
export function fusedReader(fields: readonly Field[], lent: boolean): FusedReader | null {
  const kinds = fields.map((field) => (field.name in Object.prototype ? undefined : TYPES[field.type.kind]));
  if (kinds.length === 0 || kinds.includes(undefined)) return null;
  const source = kinds.map((kind, c) => `const v${c} = r[k${c}];\n${STORE[kind as keyof typeof STORE].replaceAll('#', String(c))}`);
  const body = `${fields.map((_, c) => `const k${c} = K[${c}];`).join(' ')}
return function (rows, from, to, t) {
${fields.map((_, c) => `const t${c} = t[${c}], a${c} = t${c}.values;`).join('\n')}
for (let i = from, j = 0; i < to; i++, j++) {
const r = rows[i];
if (typeof r !== 'object' || r === null) return false;
${source.join('\n')}
}
return true;
};`;
  const run = newFunction<Generated>(body)(fields.map((field) => field.name));
  const columns = kinds.map((kind) => new ReadColumn(kind === 'text', lent));
  return (rows, from, to) => {
    if (columns.some((column) => column.isFull)) return null;
    for (const column of columns) column.begin(to - from);
    return run(rows, from, to, columns) ? columns.map((column) => column.finish(to - from)) : null;
  };
}

const STORE = {
  number: `if (typeof v# === 'number') a#[j] = v#; else if (v# === null || v# === undefined) t#.isNull(j); else return false;`,
  // Adding zero turns -0 into 0.
  integer: `if (typeof v# === 'number' && Number.isSafeInteger(v#)) a#[j] = v# + 0; else if (v# === null || v# === undefined) t#.isNull(j); else return false;`,
  text: `if (typeof v# === 'string') a#[j] = t#.codeOf(v#); else if (v# === null || v# === undefined) t#.isNull(j); else return false;`,
};

const RECENT = 1024;

class ReadColumn implements Target {
  values: Float64Array | Int32Array = new Float64Array(0);
  nulls: Uint8Array | null = null;
  private readonly dictionary = createDictionary();
  private readonly isText: boolean;
  private readonly lent: boolean;
  /** Texts seen lately, by a few of their characters: mostly spares the look-up by all of them. */
  private readonly recent: (string | undefined)[] = new Array<string | undefined>(RECENT).fill(undefined);
  private readonly codes = new Int32Array(RECENT);
  private length = 0;

  constructor(isText: boolean, lent: boolean) {
    this.isText = isText;
    this.lent = lent;
    if (isText) this.values = new Int32Array(0);
  }

  get isFull(): boolean {
    return this.dictionary.size > TEXTS_MAX;
  }

  begin(length: number): void {
    this.length = length;
    this.nulls = null;
    if (this.lent && this.values.length >= length) return;
    this.values = this.isText ? new Int32Array(length) : new Float64Array(length);
  }

  isNull(row: number): void {
    this.nulls ??= new Uint8Array(this.length);
    this.nulls[row] = 1;
    this.values[row] = 0;
  }

  codeOf(text: string): number {
    const n = text.length;
    const at =
      n === 0 ? 0 : ((text.charCodeAt(n - 1) * 31 + text.charCodeAt(n >> 1)) * 31 + text.charCodeAt(n >> 2) * 7 + n) & (RECENT - 1);
    if (this.recent[at] === text) return this.codes[at] as number;
    const code = this.dictionary.add(text);
    this.recent[at] = text;
    this.codes[at] = code;
    return code;
  }

  finish(length: number): Column {
    const { values, nulls, dictionary } = this;
    const part = values.length === length ? values : values.subarray(0, length);
    if (part instanceof Int32Array) return { lane: 'dict', values: part, nulls, dictionary };
    return { lane: 'f64', values: part, nulls };
  }
}
