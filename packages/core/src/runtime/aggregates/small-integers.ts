/** Whether a value is an integer of 32 bits, as numbers of people and things mostly are. */
export const isSmallInteger = (value: unknown): value is number => typeof value === 'number' && (value | 0) === value;

/** Distinct integers of 32 bits in order of first arrival: a table of places that is at most half full. */
export class SmallIntegers implements Iterable<number> {
  size = 0;
  private values = new Int32Array(256);
  /** Place of a value + 1; 0 is free. */
  private places = new Int32Array(512);

  add(value: number): void {
    const { values, places } = this;
    const mask = places.length - 1;
    let at = slotOf(value) & mask;
    for (let place = places[at] as number; place !== 0; place = places[at] as number) {
      if (values[place - 1] === value) return;
      at = (at + 1) & mask;
    }
    values[this.size] = value;
    places[at] = ++this.size;
    if (this.size === values.length) this.grow();
  }

  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.size; i++) yield this.values[i] as number;
  }

  private grow(): void {
    const values = new Int32Array(this.values.length * 2);
    values.set(this.values);
    const places = new Int32Array(values.length * 2);
    const mask = places.length - 1;
    for (let i = 0; i < this.size; i++) {
      let at = slotOf(values[i] as number) & mask;
      while (places[at] !== 0) at = (at + 1) & mask;
      places[at] = i + 1;
    }
    this.values = values;
    this.places = places;
  }
}

/** Spreads numbers that follow one another, or are multiples of something. */
const slotOf = (value: number): number => {
  const mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 15);
};
