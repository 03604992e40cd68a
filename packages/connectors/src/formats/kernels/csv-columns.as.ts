// Columns of records whose fields end at known places, one column after the other: the loop over one kind of value does without calls and
// looks nothing up.
import { base, DECIMAL, FLOAT, INTEGER, IS_NULL, IS_VALUE, KIND, MARKS, SLOTS, setMark, TEXT, TIMESTAMP } from './layout.as.ts';
import { takeNumbers } from './numbers.as.ts';
import { endAt, startAt } from './places.as.ts';
import { floatOf, integerOf, takeField } from './scan.as.ts';

/** The wanted fields: number of the field and address of its column. */
let jobs: usize = 0;
let jobCount: i32 = 0;

export function columnsSetup(jobsAt: usize, count: i32): void {
  jobs = jobsAt;
  jobCount = count;
}

/**
 * Rows `first … first + count`. Field `f` of the first record stands between the places `f` and `f + 1` from `places` on, that of the
 * next one `step` bytes behind.
 */
export function takeColumns(places: usize, step: usize, first: i32, count: i32): void {
  for (let j = 0; j < jobCount; j++) {
    const job = jobs + (<usize>j << 3);
    const column = load<usize>(job, 4);
    memory.fill(load<usize>(column, MARKS) + <usize>first, IS_VALUE, <usize>count);
    const from = places + (<usize>load<i32>(job) << 2);
    const kind = load<i32>(column, KIND);
    if (kind == TEXT) takeTexts(column, from, step, first, count);
    else takeValues(column, from, step, first, count);
  }
}

function takeTexts(column: usize, places: usize, step: usize, first: i32, count: i32): void {
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  for (let i = 0; i < count; i++, slot += 8, place += step) {
    const s = startAt(place);
    const e = endAt(place);
    store<u32>(slot, <u32>(s - base));
    store<u32>(slot, <u32>(e - base), 4);
    if (s == e) setMark(column, first + i, IS_NULL);
  }
}

function takeValues(column: usize, places: usize, step: usize, first: i32, count: i32): void {
  const kind = load<i32>(column, KIND);
  const isNumber = kind <= DECIMAL || (kind == TIMESTAMP && load<u8>(startAt(places), 4) != 0x2d);
  const taken = isNumber ? takeNumbers(column, places, step, first, count) : 0;
  let slot = load<usize>(column, SLOTS) + (<usize>(first + taken) << 3);
  let place = places + <usize>taken * step;
  for (let i = taken; i < count; i++, slot += 8, place += step) {
    const s = startAt(place);
    const e = endAt(place);
    if (kind <= INTEGER) {
      const value = kind == FLOAT ? floatOf(s, e) : integerOf(s, e);
      if (value == value) {
        store<f64>(slot, value);
        continue;
      }
    }
    takeField(column, first + i, s, e);
  }
}
