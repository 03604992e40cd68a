import type { GeneratedColumn } from '../../values/generate/generator.ts';
import { defineOptions, type OptionsIn } from '../options/define-options.ts';
import { amount, count, custom, text } from '../options/option.ts';

/** Columns as values, or as JSON text (the way of SQL and URIs). */
function readColumns(input: unknown): readonly GeneratedColumn[] | undefined {
  if (typeof input !== 'string') return Array.isArray(input) ? (input as readonly GeneratedColumn[]) : undefined;
  try {
    return readColumns(JSON.parse(input));
  } catch {
    return undefined;
  }
}

export const DATAGEN_OPTIONS = defineOptions({
  preset: text({ about: 'Ready-made columns: `trades`, `sensors` or `clicks`.', aliases: ['name', 'table'] }),
  columns: custom(readColumns, { about: 'Columns to generate, instead of a preset.', takes: 'list of columns, or its JSON text' }),
  rows: count({ about: 'Rows in all. Without it the source never ends.', aliases: ['number_of_rows', 'max_records'] }),
  rows_per_second: amount({
    about: 'Pace by the clock. Without it rows come as fast as they are read.',
    min: 0.001,
    unit: 'rows per second',
  }),
  history: count({ about: 'Rows that come at once before the pace sets in, so that a first picture is not empty.', default: 0 }),
  seed: count({ about: 'The same seed gives the same rows.', default: 1 }),
  start: custom((input) => (typeof input === 'number' || typeof input === 'string' ? input : undefined), {
    about: 'First time of timestamp columns; `now` for the time at which reading starts.',
    takes: 'ISO text, ms since the epoch, or `now`',
  }),
});

export type DatagenOptions = OptionsIn<typeof DATAGEN_OPTIONS>;
