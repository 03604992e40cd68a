import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/offline/sql-parts.ts';
import { translate } from '../../src/offline/translate.ts';
import { CHANGE_FIELDS, filled } from './change-fields.ts';

/** What the query before is and what it becomes, as far as a kind of change says; the frames are ways to ask for it. */
const KINDS: readonly (readonly [before: string, after: string, frames: string])[] = [
  [
    '',
    `WHERE {C} = '{V}'`,
    'only {V} / keep nothing but {V} / restrict that to {V} / {V} {rows} exclusively / nothing except {V} / strip it down to {V}',
  ],
  [
    '',
    `WHERE {C} != '{V}'`,
    'without {V} / leave {V} out / {V} {rows} should not be counted / everything except {V} / {V} is of no interest / throw the {V} ones away / kindly disregard {V} {rows} / save for {V}',
  ],
  ['', 'WHERE {N} >= 50', 'skip {rows} with {number} under 50 / only where {number} is at least 50 / leave out {number} below 50'],
  ['', 'HAVING COUNT(*) >= 8', 'hide {keys} with fewer than 8 {rows} / drop {keys} below 8 / only {keys} that reach 8'],
  [
    '',
    'KEYS {K}, {D}',
    'also by {dim} / subdivide by {dim} / per {key} and {dim} / additionally per {dim} / with {dim} as an additional key',
  ],
  [
    '',
    'KEYS {D}',
    'by {dim} instead / not per {key} but per {dim} / forget the {keys}, give me {dims} / {dim} instead of {key} / I meant {dim}, not {key}',
  ],
  ['', 'KEYS', 'across all {keys} / not per {key} / regardless of {key} / lump the {keys} together / just one overall number'],
  ['', 'AND AVG({M})', 'add the average {figure} / plus the average {figure} / put the average {figure} beside it'],
  ['', 'ALL TIME', 'over all time / take the window away / without windows / not per hour'],
  ['', 'ORDER BY n DESC', 'sort descending by the count / rank the {keys} by {rows} / the {keys} with most {rows} first'],
  ['', 'FINAL', 'only final figures / suppress the updates in between / nothing before the window is complete / one result per window'],
  ['ORDER BY n DESC LIMIT 10', 'ORDER BY n DESC LIMIT 4', '4 is enough / make it 4 instead of 10 / no more than 4 / 4 will be plenty'],
  ['ORDER BY n DESC LIMIT 10', 'ORDER BY n DESC', 'all of them / the full list / not just the top 10'],
  ['ORDER BY n DESC', 'ORDER BY n ASC', 'flip the order / the other way round / turn the order around'],
  ['HAVING COUNT(*) > 15', 'HAVING COUNT(*) > 8', 'change the threshold to 8 / more than 8 instead of 15 / use 8 as the bound'],
  [`WHERE {C} = '{V}'`, '', 'undo the filter / not only {V} / all {rows} again / lift the restriction to {V} / show everything again'],
  [`WHERE {C} = '{V}'`, `WHERE {C} IN ('{V}', '{W}')`, '{V} or {W} / also {W} / let {W} in as well'],
  [`WHERE {C} = '{V}'`, `WHERE {C} = '{W}'`, '{W} instead / not {V} but {W} / swap {V} for {W} / the same for {W}'],
  [`WHERE {C} = '{V}'`, `WHERE {C} != '{V}'`, 'invert the filter / everything that is not {V} / the other way round: without {V}'],
  [`WHERE {C} != '{V}'`, '', `put {V} back in / include {V} again / don't exclude {V} / with {V} after all`],
  ['FINAL', '', `show updates as they come / don't wait for the window to close / live updates please`],
];

/** Several of them in one sentence. */
const BOTH = `
  only {V}, and by {dim} instead => WHERE {C} = '{V}' KEYS {D}
  without {V}. Highest first. => WHERE {C} != '{V}' ORDER BY n DESC
  also per {dim}; hide {keys} with fewer than 8 {rows} => KEYS {K}, {D} HAVING COUNT(*) >= 8
  first add the average {figure}, then leave {V} out => WHERE {C} != '{V}' AND AVG({M})
  only final figures and without {V} => WHERE {C} != '{V}' FINAL
`;

/** A query from the parts that a kind names. */
function query(told: string): string {
  const keys = /KEYS ?((?:\{\w\}(?:, )?)*)/.exec(told)?.[1] ?? '{K}';
  const part = (pattern: RegExp): string => pattern.exec(told)?.[0] ?? '';
  return [
    `SELECT ${keys === '' ? '' : `${keys}, `}COUNT(*) AS n${told.includes('AND AVG') ? ', AVG({M}) AS a' : ''} FROM {T}`,
    part(/WHERE \{\w\} (?:!=|=|>=|IN) (?:'\{\w\}'|\d+|\([^)]*\))/),
    keys === '' ? '' : `GROUP BY ${keys}`,
    told.includes('ALL TIME') ? '' : 'WINDOW TUMBLING(1h)',
    part(/HAVING \S+ >=? \d+/),
    part(/ORDER BY n \w+/),
    part(/LIMIT \d+/),
    `EMIT ${told.includes('FINAL') ? 'FINAL' : 'CHANGES'}`,
  ]
    .filter(Boolean)
    .join(' ');
}

function partsText(sql: string): string {
  const parts = partsOf(sql);
  if (!parts) return sql;
  const figures = parts.items.filter((i) => i.isAggregate).map((i) => i.sql);
  const { where, groupBy, window = '', having, orderBy, limit = '', emit } = parts;
  return [figures, where, groupBy, window, having, orderBy, limit, emit].join(' | ').replace(/ ASC\b/g, '');
}

function missesOf(frames: readonly (readonly [before: string, after: string, said: string])[]): { misses: string[]; count: number } {
  const misses: string[] = [];
  let count = 0;
  for (const [before, after, said] of frames)
    for (const field of CHANGE_FIELDS) {
      const prompt = filled(said, field);
      const answer = translate({ prompt, schemas: field.schemas, previousSql: filled(query(before), field) });
      const given = answer.kind === 'sql' ? partsText(answer.sql) : answer.kind;
      const wanted = partsText(filled(query(after), field));
      count++;
      if (given !== wanted) misses.push(`${prompt}\n  wanted ${wanted}\n  given  ${given}`);
    }
  return { misses, count };
}

describe('changes of a query, in frames that are filled from several fields', () => {
  test('one change is read in at least 95 of 100', { timeout: 120_000 }, () => {
    const { misses, count } = missesOf(
      KINDS.flatMap(([before, after, frames]) => frames.split(' / ').map((f) => [before, after, f] as const)),
    );
    expect(1 - misses.length / count, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  test('two changes in one sentence are both made in at least 90 of 100', { timeout: 120_000 }, () => {
    const frames = BOTH.trim()
      .split('\n')
      .map((line) => line.trim().split(' => '));
    const { misses, count } = missesOf(frames.map(([said = '', after = '']) => ['', after, said] as const));
    expect(1 - misses.length / count, misses.join('\n')).toBeGreaterThanOrEqual(0.9);
  });
});
