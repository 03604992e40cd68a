import { describe, expect, test } from 'vitest';
import { missesOf, type Probe } from './answer-parts.ts';
import { FIGURE_FIELDS, type FigureField } from './figure-fields.ts';
import { DRESSED_FRAMES, PLAIN_FRAMES } from './figure-frames.ts';

const WINDOWS = [
  ['per hour', '1h'],
  ['every day', '1d'],
  ['in 10 minute windows', '10m'],
  ['each week', '7d'],
] as const;

function figure(name: string, { columns }: FigureField): string {
  const ways: Record<string, string> = {
    COUNT: 'COUNT(*)',
    NOTED: 'COUNT(*)',
    DISTINCT: `COUNT(DISTINCT ${columns.thing})`,
    SUM: `SUM(${columns.sum})`,
    P90: `PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY ${columns.mean})`,
  };
  return ways[name] ?? `${name}(${columns.mean})`;
}

/** A frame filled from a field, with the query that answers it. */
function probe(line: string, field: FigureField, window: readonly [string, string]): Probe {
  const [said = '', told = ''] = line.split(' => ');
  const filled = said.replace(/\{(\w+)\}/g, (_, word: string) => (word === 'w' ? window[0] : (field.words[word] ?? word)));
  const [names = '', bound] = told.split(/ (?=[<>^v])/);
  const figures = names.split(', ').map((name) => figure(name, field));
  const rank = /^([\^v])(\d)$/.exec(bound ?? '');
  const where = [...(said.includes('{SOME}') ? [field.some] : []), ...(names === 'NOTED' ? [`${field.columns.note} IS NOT NULL`] : [])];
  const gold = [
    `SELECT ${field.columns.key}, ${figures.map((f, i) => `${f} AS f${i}`).join(', ')} FROM ${field.table}`,
    where.length > 0 ? `WHERE ${where.join(' AND ')}` : '',
    `GROUP BY ${field.columns.key} WINDOW TUMBLING(${window[1]})`,
    bound !== undefined && !rank ? `HAVING ${figures.at(-1)} ${bound}` : '',
    rank ? `ORDER BY f0${rank[1] === '^' ? ' DESC' : ''} LIMIT ${rank[2]}` : '',
  ];
  return { prompt: filled, schemas: field.schemas, gold: gold.filter(Boolean).join(' ') };
}

const probesOf = (frames: string): Probe[] =>
  frames
    .trim()
    .split('\n')
    .flatMap((line, l) => FIGURE_FIELDS.map((field, f) => probe(line, field, WINDOWS[(l + f) % WINDOWS.length] ?? WINDOWS[0])));

describe('figures of groups, in frames that are filled from several fields', () => {
  test('plain ones are all read', { timeout: 30_000 }, () => {
    expect(missesOf(probesOf(PLAIN_FRAMES))).toEqual([]);
  });

  test('those in other clothes are read in at least 95 of 100', { timeout: 30_000 }, () => {
    const probes = probesOf(DRESSED_FRAMES);
    const misses = missesOf(probes);
    expect(1 - misses.length / probes.length, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
