import { compareFloats } from '../../values/compare.ts';
import type { Exact } from '../../values/exact.ts';

/** Lowest (`direction` -1) or highest (1) value of a range of rows that moves forward: rows that cannot become it are dropped at once. */
export class ExtremeDeque {
  private readonly direction: 1 | -1;
  private rows: number[] = [];
  private values: Exact[] = [];
  private head = 0;

  constructor(direction: 1 | -1) {
    this.direction = direction;
  }

  /** 0 when there is none. */
  get value(): Exact {
    return this.values[this.head] ?? 0;
  }

  push(row: number, value: Exact): void {
    while (this.values.length > this.head && this.direction * compared(value, this.values.at(-1)!) >= 0) {
      this.rows.pop();
      this.values.pop();
    }
    this.rows.push(row);
    this.values.push(value);
  }

  dropBefore(row: number): void {
    while (this.head < this.rows.length && this.rows[this.head]! < row) this.head++;
    if (this.head > 32 && this.head * 2 > this.rows.length) {
      this.rows = this.rows.slice(this.head);
      this.values = this.values.slice(this.head);
      this.head = 0;
    }
  }

  clear(): void {
    this.rows = [];
    this.values = [];
    this.head = 0;
  }
}

const compared = (a: Exact, b: Exact): number =>
  typeof a === 'number' && typeof b === 'number' ? compareFloats(a, b) : a < b ? -1 : a > b ? 1 : 0;
