import { DAY_MS, HOUR_MS } from '../../values/calendar.ts';
import { dateText } from '../../values/time-text.ts';
import type { FieldContext, Maker, RowPlace } from './field-maker.ts';

/** A time within [start, end]: rising with the rows, or at random. Whole milliseconds. */
function timeWithin(of: FieldContext, start: number, end: number): (place: RowPlace) => number {
  const { random } = of;
  const width = Math.max(0, end - start);
  if (of.field.constraints?.sequential === true)
    return ({ index, count }) => start + Math.floor(count < 2 ? 0 : (width * index) / (count - 1));
  return () => start + Math.floor(random.next() * (width + 1));
}

function boundsOf(of: FieldContext, rangeMs: number): readonly [number, number] {
  const { timestamp_range: range } = of.field.constraints ?? {};
  return [of.time(range?.start, of.now - rangeMs), of.time(range?.end, of.now)];
}

export function timestampMaker(of: FieldContext): Maker {
  const draw = timeWithin(of, ...boundsOf(of, HOUR_MS));
  return (_, place) => (Number.isNaN(place.time) ? draw(place) : place.time);
}

export function dateMaker(of: FieldContext): Maker {
  const draw = timeWithin(of, ...boundsOf(of, 30 * DAY_MS));
  return (_, place) => dateText(Math.floor((Number.isNaN(place.time) ? draw(place) : place.time) / DAY_MS) * DAY_MS);
}

/** Epoch ms in an integer field. */
export function epochMaker(of: FieldContext): Maker {
  const range = of.field.constraints?.timestamp_epoch_ms;
  const draw = timeWithin(of, of.time(range?.start, of.now - HOUR_MS), of.time(range?.end, of.now));
  return (_, place) => (Number.isNaN(place.time) ? draw(place) : place.time);
}
