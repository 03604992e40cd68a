import { keyOf } from '../../values/key.ts';
import { ANY, type Scalar } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import type { RowSpan } from '../windows/session-set.ts';

export interface KeptRow extends RowSpan {
  readonly inputs: readonly Scalar[];
  readonly sequence: number;
}

/** The rows of each session, kept where rows may be taken back: without one of them a session may fall apart. */
export class KeptRows {
  private readonly byGroup: (KeptRow[] | undefined)[] = [];

  add(group: number, row: KeptRow): void {
    const rows = this.byGroup[group];
    if (rows === undefined) this.byGroup[group] = [row];
    else rows.push(row);
  }

  rowsOf(group: number): readonly KeptRow[] {
    return this.byGroup[group] ?? [];
  }

  /** Joins the rows of a session with those of one that was merged into it, in order of arrival. */
  move(into: number, from: number): void {
    this.byGroup[into] = [...(this.byGroup[into] ?? []), ...this.take(from)].sort((a, b) => a.sequence - b.sequence);
  }

  /** Removes the oldest equal row; false when there is none. */
  remove(group: number, { time, since }: RowSpan, inputs: readonly Scalar[]): boolean {
    const rows = this.byGroup[group] ?? [];
    const wanted = textOf(inputs);
    const at = rows.findIndex((row) => row.time === time && row.since === since && textOf(row.inputs) === wanted);
    if (at >= 0) rows.splice(at, 1);
    return at >= 0;
  }

  /** The rows of a group, which is forgotten. */
  take(group: number): readonly KeptRow[] {
    const rows = this.byGroup[group] ?? [];
    this.byGroup[group] = undefined;
    return rows;
  }

  write(writer: StateWriter, groups: readonly number[]): void {
    writer.section('kept-rows');
    for (const group of groups) {
      const rows = this.byGroup[group] ?? [];
      writer.scalar(rows.map((row): Scalar => [row.time, row.sequence, [...row.inputs], row.since]));
    }
  }

  read(reader: StateReader, groups: number): void {
    reader.section('kept-rows');
    for (let group = 0; group < groups; group++) {
      // `write` wrote exactly this shape.
      const rows = reader.scalar() as unknown as [number, number, Scalar[], number][];
      this.byGroup[group] = rows.map(([time, sequence, inputs, since]) => ({ time, sequence, inputs, since }));
    }
  }
}

const textOf = (inputs: readonly Scalar[]): string => inputs.map((value) => keyOf(ANY, value)).join('');
