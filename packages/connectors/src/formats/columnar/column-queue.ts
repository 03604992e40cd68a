import { type Column, type Scalar, scalarAt, sliceColumn } from '@velostream/core/connect/formats';

interface Piece {
  readonly column: Column;
  readonly from: number;
  readonly to: number;
}

/** Columns of one field one behind the other, taken out again in other lengths. Pieces are views; only what crosses a seam is copied. */
export class ColumnQueue {
  private pieces: Piece[] = [];
  rows = 0;

  push(column: Column, rows: number): void {
    if (rows === 0) return;
    this.pieces.push({ column, from: 0, to: rows });
    this.rows += rows;
  }

  /** The next `rows` rows; there must be so many. */
  take(rows: number): Column {
    const taken: Piece[] = [];
    let left = rows;
    while (left > 0) {
      const piece = this.pieces[0] as Piece;
      const length = Math.min(left, piece.to - piece.from);
      taken.push({ column: piece.column, from: piece.from, to: piece.from + length });
      left -= length;
      if (piece.from + length === piece.to) this.pieces.shift();
      else this.pieces[0] = { ...piece, from: piece.from + length };
    }
    this.rows -= rows;
    const [only] = taken;
    return only !== undefined && taken.length === 1 ? cut(only) : joined(taken, rows);
  }

  skip(rows: number): void {
    if (rows > 0) this.take(rows);
  }
}

const cut = ({ column, from, to }: Piece): Column => sliceColumn(column, from, to);

function joined(pieces: readonly Piece[], rows: number): Column {
  const nulls = pieces.some(({ column }) => column.nulls !== null) ? new Uint8Array(rows) : null;
  const [first] = pieces;
  const lanes = new Set(pieces.map(({ column }) => column.lane));
  const lane = first?.column.lane;
  if (nulls !== null) each(pieces, (piece, at) => piece.column.nulls !== null && nulls.set(cut(piece).nulls as Uint8Array, at));
  if (lanes.size === 1 && (lane === 'f64' || lane === 'i64' || lane === 'bool')) return sameLane(pieces, lane, rows, nulls);
  if (first?.column.lane === 'dict' && pieces.every(({ column }) => column.lane === 'dict' && sameDictionary(column, first.column))) {
    const values = new Int32Array(rows);
    each(pieces, (piece, at) => values.set(cut(piece).values as Int32Array, at));
    return { lane: 'dict', values, nulls, dictionary: first.column.dictionary };
  }
  return mixed(pieces, lanes, rows, nulls);
}

const sameDictionary = (a: Column, b: Column): boolean => a.lane === 'dict' && b.lane === 'dict' && a.dictionary === b.dictionary;

function each(pieces: readonly Piece[], visit: (piece: Piece, at: number) => void): void {
  let at = 0;
  for (const piece of pieces) {
    visit(piece, at);
    at += piece.to - piece.from;
  }
}

function sameLane(pieces: readonly Piece[], lane: 'f64' | 'i64' | 'bool', rows: number, nulls: Uint8Array | null): Column {
  // `lanes` has one member, so that every piece has the lane that is asked for.
  if (lane === 'f64') {
    const values = new Float64Array(rows);
    each(pieces, (piece, at) => values.set(cut(piece).values as Float64Array, at));
    return { lane, values, nulls };
  }
  if (lane === 'i64') {
    const values = new BigInt64Array(rows);
    each(pieces, (piece, at) => values.set(cut(piece).values as BigInt64Array, at));
    return { lane, values, nulls };
  }
  const values = new Uint8Array(rows);
  each(pieces, (piece, at) => values.set(cut(piece).values as Uint8Array, at));
  return { lane, values, nulls };
}

/** Pieces in several lanes: wide integers win over doubles, plain text over dictionaries. */
function mixed(pieces: readonly Piece[], lanes: ReadonlySet<string>, rows: number, nulls: Uint8Array | null): Column {
  const scalars: Scalar[] = [];
  for (const { column, from, to } of pieces) for (let i = from; i < to; i++) scalars.push(scalarAt(column, i));
  if ([...lanes].every((lane) => lane === 'str' || lane === 'dict')) {
    return { lane: 'str', values: scalars.map((value) => (value as string | null) ?? ''), nulls };
  }
  if ([...lanes].every((lane) => lane === 'f64' || lane === 'i64')) {
    const values = new BigInt64Array(rows);
    scalars.forEach((value, i) => {
      values[i] = BigInt((value as number | bigint | null) ?? 0);
    });
    return { lane: 'i64', values, nulls };
  }
  return { lane: 'boxed', values: scalars, nulls };
}
