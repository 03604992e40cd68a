import { describe, expect, test } from 'vitest';
import { missesOf, type Probe } from './answer-parts.ts';
import { FIELDS } from './filter-fields.ts';
import { ASKED, DRESSED, type Frame, PLAIN } from './filter-frames.ts';

const PUNCTUATION = / (?=,)/g;

/** Each condition of each field, asked for in turn in each way. */
const rowProbes = (frames: readonly Frame[]): Probe[] =>
  FIELDS.flatMap((field, f) =>
    frames.map((frame, i) => {
      const ask = ASKED[(i + f) % ASKED.length] as (rows: string) => string;
      return {
        prompt: ask(`${field.rows} ${frame.said(field)}`.replace(PUNCTUATION, '')),
        schemas: field.schemas,
        gold: `SELECT * FROM ${field.table} WHERE ${frame.where(field)}`,
      };
    }),
  );

/** The same conditions on what is counted. */
const countProbes = (frames: readonly Frame[]): Probe[] =>
  FIELDS.flatMap((field) =>
    frames.map((frame) => ({
      prompt: `how many ${field.rows} ${frame.said(field)} per ${field.name.name}`.replace(PUNCTUATION, ''),
      schemas: field.schemas,
      gold: `SELECT ${field.name.column}, COUNT(*) AS n FROM ${field.table} WHERE ${frame.where(field)} GROUP BY ${field.name.column}`,
    })),
  );

const shareOf = (probes: readonly Probe[], misses: readonly string[]): number => 1 - misses.length / probes.length;

describe('conditions in frames that are filled from several fields', () => {
  test('plain ones are all read', () => {
    const probes = rowProbes(PLAIN);
    expect(missesOf(probes)).toEqual([]);
    expect(probes.length).toBe(FIELDS.length * PLAIN.length);
  });

  test('those in other clothes are read in at least 95 of 100', () => {
    const probes = rowProbes(DRESSED);
    const misses = missesOf(probes);
    expect(shareOf(probes, misses), misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  test('on what is counted as well', () => {
    const probes = countProbes(PLAIN);
    const misses = missesOf(probes);
    expect(shareOf(probes, misses), misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
