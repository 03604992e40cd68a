import { connectorError, type VeloError } from '@velostream/core/connect';
import { type Field, typeText } from '@velostream/core/connect/formats';
import { createUtf8 } from './utf8.ts';

const SAMPLE_CHARACTERS = 200;
const VALUE_CHARACTERS = 60;
const LINE_FEED = 0x0a;

const UTF8 = createUtf8();
const LOSSY = new TextDecoder('utf-8', { ignoreBOM: true });

/** At most 200 characters of `bytes[start … end)`; what is no UTF-8 shows as U+FFFD. */
export function sampleOf(bytes: Uint8Array, start: number, end: number): string {
  const text = LOSSY.decode(bytes.subarray(start, Math.min(end, start + SAMPLE_CHARACTERS * 4))).replace(/\r?\n$/, '');
  return text.length <= SAMPLE_CHARACTERS ? text : text.slice(0, SAMPLE_CHARACTERS);
}

/** The line around a byte, `from … to` at most. */
export function lineAround(bytes: Uint8Array, at: number, from: number, to: number): string {
  const before = at > from ? bytes.lastIndexOf(LINE_FEED, at - 1) : -1;
  const after = bytes.indexOf(LINE_FEED, at);
  return sampleOf(bytes, Math.max(from, before + 1), after < 0 || after > to ? to : after);
}

/** A value that its column cannot hold: names the column, the value and the way out. */
export function misfit(field: Field, bytes: Uint8Array, start: number, end: number): VeloError {
  if (UTF8.read(bytes, start, end) === undefined) return notUtf8(field);
  const text = sampleOf(bytes, start, end);
  return connectorError('VS4301', {
    column: field.name,
    value: text.length <= VALUE_CHARACTERS ? text : `${text.slice(0, VALUE_CHARACTERS)}…`,
    type: typeText(field.type),
    way: wayOut(field),
  });
}

export const notUtf8 = (field: Field): VeloError => connectorError('VS4306', { column: field.name });

function wayOut({ name, type }: Field): string {
  switch (type.kind) {
    case 'integer':
      return `Declare column "${name}" as FLOAT, DECIMAL or STRING if such values are meant.`;
    case 'decimal':
      return `Declare column "${name}" with more digits, or as STRING, if such values are meant.`;
    default:
      return `Declare column "${name}" as STRING if such values are meant, and cast it in the query.`;
  }
}
