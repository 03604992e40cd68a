import { type Scalar, type SqlType, textReader, textWriter, typeText } from '@velostream/core/connect/formats';

export const isSame = (a: SqlType, b: SqlType): boolean => a === b || typeText(a) === typeText(b);

export const shown = (value: Scalar, type: SqlType): string => (value === null ? 'NULL' : (textWriter(type)(value) ?? String(value)));

/** Values in scalar form from one type to another; undefined for one that does not fit. */
export function conversion(from: SqlType, to: SqlType): (value: Scalar) => Scalar | undefined {
  if (to.kind === 'any' || to.kind === 'json' || from.kind === 'any') return (value) => value;
  if (from.kind === 'integer' && to.kind === 'float') return (value) => Number(value);
  const isTime = (type: SqlType): boolean => type.kind === 'timestamp' || type.kind === 'date';
  if (isTime(from) && to.kind === 'integer') return (value) => (Number.isInteger(value) ? value : undefined);
  const write = textWriter(from);
  const read = textReader(to);
  return (value) => {
    const text = write(value);
    return text === undefined ? undefined : read(text);
  };
}
