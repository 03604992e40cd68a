import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/offline/sql-parts.ts';
import { translate } from '../../src/offline/translate.ts';
import { CHANGE_FIELDS, type ChangeField, filled } from './change-fields.ts';

/** Ways in which somebody is told; `{c}` is of what. */
const CALLS =
  'alert me when {c} / tell {whom} as soon as {c} / if {c}, call {whom} / whenever {c}, notify me / I must be told when {c} / drop {whom} a line once {c} / light the red lamp while {c} / do not let me miss it when {c} / as soon as {c} I need a message / in case {c}, warn {whom} / inform {whom}: {c} / a push to my pager when {c}';

/** Conditions, and what is computed, kept, grouped and compared for them. */
const CONDITIONS: readonly (readonly [said: string, told: string])[] = [
  ['the number of {V} {rows} per {key} exceeds 8 in 30 minutes', `COUNT(*) > 8 | {C} = '{V}' | {K} | 30m`],
  ['a {key} has fewer than 5 {rows} within 2 hours', 'COUNT(*) < 5 |  | {K} | 2h'],
  ['in 2 hours a {key} reports more than 5 {V} {rows}', `COUNT(*) > 5 | {C} = '{V}' | {K} | 2h`],
  ['the average {number} of a {key} goes above 90 over 1 hour', 'AVG({N}) > 90 |  | {K} | 1h'],
  ['the highest {figure} per {key} passes 40 within 1 day', 'MAX({M}) > 40 |  | {K} | 1d'],
  ['the mean {number} stays below 20 for 15 minutes', 'AVG({N}) < 20 |  |  | 15m'],
  ['{number} drops below 20', '{N} < 20 |  |  | '],
  ['a {V} {row} with {figure} above 60 comes in', `{M} > 60 | {C} = '{V}' |  | `],
];

function toldBy(prompt: string, { schemas }: ChangeField): string {
  const answer = translate({ prompt, schemas });
  const parts = answer.kind === 'sql' ? partsOf(answer.sql) : undefined;
  if (answer.kind !== 'sql' || !parts) return answer.kind;
  const alert = /@alert: (.+)/.exec(answer.sql)?.[1]?.trim() ?? 'no alert';
  const named = parts.items.find((i) => i.alias !== undefined && alert.startsWith(`${i.alias} `));
  const bound = named ? alert.replace(named.alias as string, named.sql) : alert;
  const span = /INTERVAL '(\d+)' (\w)/.exec(parts.window ?? '');
  return [bound, parts.where.join(' AND '), parts.groupBy.join(', '), span ? `${span[1]}${span[2]?.toLowerCase()}` : ''].join(' | ');
}

describe('alerts, in frames that are filled from several fields', () => {
  test('whoever is told, of whatever, in at least 95 of 100', { timeout: 120_000 }, () => {
    const calls = CALLS.split(' / ');
    const misses: string[] = [];
    let count = 0;
    for (const [c, [said, told]] of CONDITIONS.entries())
      for (const [n, call] of calls.entries()) {
        const field = CHANGE_FIELDS[(c + n) % CHANGE_FIELDS.length] as ChangeField;
        const prompt = filled(call.replace('{c}', said), field);
        const given = toldBy(prompt, field);
        count++;
        if (given !== filled(told, field)) misses.push(`${prompt}\n  wanted ${filled(told, field)}\n  given  ${given}`);
      }
    expect(1 - misses.length / count, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });

  test('a sentence that asks for rows or figures is no alert', () => {
    const asked = [
      '{rows} whose {number} is over 50',
      'count the {rows} per {key} when {number} is above 50',
      'average {number} per {key}',
    ];
    const alerts = CHANGE_FIELDS.flatMap((field) =>
      asked.map((a) => filled(a, field)).filter((p) => !toldBy(p, field).startsWith('no alert')),
    );
    expect(alerts).toEqual([]);
  });
});
