/** A table of FlatBuffers, read with every place checked: the library takes lengths and offsets as they stand, however large. */
export class FlatTable {
  private readonly view: DataView;
  private readonly at: number;
  private readonly fields: number;
  private readonly vtable: number;

  constructor(view: DataView, at: number) {
    this.view = view;
    this.at = at;
    this.vtable = at - view.getInt32(at, true);
    const size = view.getUint16(this.vtable, true);
    if (size < 4 || this.vtable + size > view.byteLength) throw outside();
    this.fields = (size - 4) / 2;
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(field: number): number {
    const at = this.place(field);
    return at === 0 ? 0 : this.view.getUint8(at);
  }

  /** A count or length of 64 bits. */
  long(field: number): number {
    const at = this.place(field);
    const value = at === 0 ? 0 : Number(this.view.getBigInt64(at, true));
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`a length of ${value}`);
    return value;
  }

  table(field: number): FlatTable | undefined {
    const at = this.place(field);
    return at === 0 ? undefined : new FlatTable(this.view, at + this.view.getUint32(at, true));
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.vector(field, 4);
    return Array.from({ length }, (_, i) => new FlatTable(this.view, start + i * 4 + this.view.getUint32(start + i * 4, true)));
  }

  /** Start and length of a vector whose elements have so many bytes; it lies within the bytes. */
  vector(field: number, elementBytes: number): { readonly start: number; readonly length: number } {
    const at = this.place(field);
    if (at === 0) return { start: 0, length: 0 };
    const start = at + this.view.getUint32(at, true);
    const length = this.view.getUint32(start, true);
    if (start + 4 + length * elementBytes > this.view.byteLength) throw outside();
    return { start: start + 4, length };
  }

  intAt(place: number): number {
    return this.view.getInt32(place, true);
  }

  longAt(place: number): number {
    return Number(this.view.getBigInt64(place, true));
  }

  private place(field: number): number {
    if (field >= this.fields) return 0;
    const offset = this.view.getUint16(this.vtable + 4 + field * 2, true);
    return offset === 0 ? 0 : this.at + offset;
  }
}

const outside = (): RangeError => new RangeError('its metadata points outside of itself');
