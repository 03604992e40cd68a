import { describe, expect, test } from 'vitest';
import { missesOf, type Probe } from './answer-parts.ts';
import { FIELDS, type Field } from './filter-fields.ts';

type Make = (field: Field) => readonly [prompt: string, gold: string];

const joined = (f: Field): string => `FROM ${f.table} a JOIN ${f.other.table} b ON a.${f.other.key} = b.${f.other.key}`;
const share = (condition: string, factor = '1.0'): string =>
  `${factor} * SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) / COUNT(*) AS share`;

const JOINS: readonly Make[] = [
  (f) => [
    `${f.rows} whose ${f.other.noun} has ${f.other.kind.name} ${f.other.kind.value}`,
    `SELECT a.* ${joined(f)} WHERE b.${f.other.kind.column} = '${f.other.kind.value}'`,
  ],
  (f) => [
    `how many ${f.rows} per ${f.other.kind.name} of the ${f.other.noun}`,
    `SELECT b.${f.other.kind.column}, COUNT(*) AS n ${joined(f)} GROUP BY b.${f.other.kind.column}`,
  ],
  (f) => [
    `count of ${f.flag.name} ${f.rows}, broken down by the ${f.other.kind.name} of the ${f.other.noun}`,
    `SELECT b.${f.other.kind.column}, COUNT(*) AS n ${joined(f)} WHERE a.${f.flag.column} = TRUE GROUP BY b.${f.other.kind.column}`,
  ],
  (f) => [
    `average ${f.number.name} depending on the ${f.other.noun}'s ${f.other.kind.name}`,
    `SELECT b.${f.other.kind.column}, AVG(a.${f.number.column}) AS v ${joined(f)} GROUP BY b.${f.other.kind.column}`,
  ],
  (f) => [`enrich ${f.rows} with the ${f.other.noun}'s ${f.other.kind.name}`, `SELECT a.*, b.${f.other.kind.column} ${joined(f)}`],
  (f) => [
    `all ${f.rows} together with the ${f.other.kind.name} of the ${f.other.noun}`,
    `SELECT a.*, b.${f.other.kind.column} ${joined(f)}`,
  ],
];

const SHARES: readonly Make[] = [
  (f) => [`share of ${f.rows} that are ${f.flag.name}`, `SELECT ${share(`${f.flag.column} = TRUE`)} FROM ${f.table}`],
  (f) => [
    `what percentage of ${f.rows} were ${f.flag.name} per ${f.name.name}`,
    `SELECT ${f.name.column}, ${share(`${f.flag.column} = TRUE`, '100.0')} FROM ${f.table} GROUP BY ${f.name.column}`,
  ],
  (f) => [
    `rate of ${f.flag.name} ${f.rows} by ${f.name.name}`,
    `SELECT ${f.name.column}, ${share(`${f.flag.column} = TRUE`)} FROM ${f.table} GROUP BY ${f.name.column}`,
  ],
  (f) => [
    `how large a part of the ${f.rows} is ${f.flag.name}, per ${f.name.name}`,
    `SELECT ${f.name.column}, ${share(`${f.flag.column} = TRUE`)} FROM ${f.table} GROUP BY ${f.name.column}`,
  ],
  (f) => [
    `${f.rows} whose ${f.number.name} stays under ${f.number.amount}, in percent of all ${f.rows}`,
    `SELECT ${share(`${f.number.column} < ${f.number.amount}`, '100.0')} FROM ${f.table}`,
  ],
  (f) => [
    `percentage of ${f.rows} without a ${f.note.name}, by ${f.name.name}`,
    `SELECT ${f.name.column}, ${share(`${f.note.column} IS NULL`, '100.0')} FROM ${f.table} GROUP BY ${f.name.column}`,
  ],
];

const probesOf = (makes: readonly Make[]): Probe[] =>
  FIELDS.flatMap((field) =>
    makes.map((make) => {
      const [prompt, gold] = make(field);
      return { prompt, gold, schemas: field.schemas };
    }),
  );

describe('joins and shares in frames that are filled from several fields', () => {
  test.each([
    ['what another relation tells', JOINS],
    ['shares', SHARES],
  ])('%s', (_, makes) => {
    const probes = probesOf(makes);
    const misses = missesOf(probes);
    expect(1 - misses.length / probes.length, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});
