import type { SqlType } from '../../values/types.ts';

/** A name as Flink reads it, whatever it is made of. */
export const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** A text literal; nothing but the quote has a meaning in it. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A column type of Flink; undefined for what has none there. Times count milliseconds, in UTC. */
export function flinkType(type: SqlType): string | undefined {
  switch (type.kind) {
    case 'boolean':
      return 'BOOLEAN';
    case 'integer':
    case 'interval':
      return 'BIGINT';
    case 'float':
      return 'DOUBLE';
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'string':
    case 'json':
    case 'null':
      return 'STRING';
    case 'bytes':
      return 'BYTES';
    case 'date':
      return 'DATE';
    case 'time':
      return 'TIME(0)';
    case 'timestamp':
      return 'TIMESTAMP(3)';
    case 'array':
      return wrapped(flinkType(type.element), (element) => `ARRAY<${element}>`);
    case 'map':
      return wrapped(flinkType(type.value), (value) => `MAP<STRING, ${value}>`);
    case 'struct': {
      const fields = type.fields.map((field) => wrapped(flinkType(field.type), (text) => `${quoteName(field.name)} ${text}`));
      return fields.every((field) => field !== undefined) ? `ROW<${fields.join(', ')}>` : undefined;
    }
    default:
      return undefined;
  }
}

const wrapped = (text: string | undefined, wrap: (text: string) => string): string | undefined =>
  text === undefined ? undefined : wrap(text);

const UNITS = [
  ['DAY', 86_400_000],
  ['HOUR', 3_600_000],
  ['MINUTE', 60_000],
  ['SECOND', 1000],
] as const;

/** `INTERVAL '5' MINUTE`; what is no whole number of a unit below 100 is written with all of them. */
export function intervalText(ms: number): string {
  const sign = ms < 0 ? '-' : '';
  const size = Math.abs(ms);
  const unit = UNITS.find(([, length]) => size % length === 0 && size / length < 100);
  if (unit !== undefined && size > 0) return `INTERVAL '${sign}${size / unit[1]}' ${unit[0]}`;
  if (size > 0 && size < 100_000) return `INTERVAL '${sign}${(size / 1000).toFixed(3)}' SECOND`;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const millis = String(size % 1000).padStart(3, '0');
  const clock = `${two((size / 3_600_000) % 24)}:${two((size / 60_000) % 60)}:${two((size / 1000) % 60)}.${millis}`;
  return `INTERVAL '${sign}${Math.floor(size / 86_400_000)} ${clock}' DAY(3) TO SECOND(3)`;
}

/** `2024-02-29 12:00:00.123` */
export const timeText = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
