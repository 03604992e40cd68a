import { describe, expect, test } from 'vitest';
import { partsOf } from '../../src/offline/sql-parts.ts';
import { translate } from '../../src/offline/translate.ts';
import { FIELDS, type RelationField } from './relation-fields.ts';
import { DRESSED, PLAIN, type RelationFrame } from './relation-frames.ts';

type Dress = 'bare' | 'before' | 'behind';

const filled = (said: string, f: RelationField): string =>
  said
    .replaceAll('{row}', f.row)
    .replaceAll('{rows}', f.rows)
    .replaceAll('{key}', f.key.name)
    .replaceAll('{level}', f.level.name)
    .replaceAll('{amount}', f.amount.name)
    .replaceAll('{who}', f.who.name)
    .replaceAll('{part}', f.part)
    .replace(/\ba (?=[aeio])/g, 'an ');

function promptOf({ said }: RelationFrame, f: RelationField, dress: Dress): string {
  const plain = filled(said, f);
  if (dress === 'before') return `considering only ${f.rows} ${f.only.clause}, ${plain}`;
  return dress === 'behind' ? `${plain.replace(/[?.]$/, '')}, only ${f.only.adjective} ${f.rows}` : plain;
}

const plainSql = (text: string): string =>
  text
    .replace(/\b\w+\.(?=\w)/g, '')
    .replace(/INTERVAL '(\d+)' (\w)\w*/g, (_, n: string, unit: string) => `${n}${unit.toLowerCase()}`)
    .replace(/\s+/g, ' ')
    .trim();

/** What is wrong with the answer; empty where its figures, groups, window and conditions are those that are asked for. */
function fault(prompt: string, frame: RelationFrame, f: RelationField, dress: Dress): string {
  const answer = translate({ prompt, schemas: f.schemas });
  const parts = answer.kind === 'sql' ? partsOf(answer.sql) : undefined;
  if (!parts) return answer.kind;
  const given = parts.items.map((item) => plainSql(item.sql));
  const isOver = frame.items(f).some((item) => item.includes(' OVER '));
  const isRight =
    parts.base === f.table &&
    parts.joins.length === 0 &&
    frame.items(f).every((item) => given.includes(item)) &&
    parts.groupBy.map(plainSql).join() === (isOver ? '' : f.key.column) &&
    plainSql(parts.window ?? '') === (frame.window ?? '') &&
    parts.where.map(plainSql).join() === (dress === 'bare' ? '' : f.only.where) &&
    parts.having.length === 0 &&
    parts.limit === undefined;
  return isRight ? '' : plainSql(answer.kind === 'sql' ? answer.sql : '');
}

/** How many questions there are, and those that were misread. */
function asked(frames: readonly RelationFrame[], dressOf: (i: number) => Dress): { readonly count: number; readonly misses: string[] } {
  const misses = FIELDS.flatMap((f, n) =>
    frames.flatMap((frame, i) => {
      const dress = dressOf(i + n);
      const prompt = promptOf(frame, f, dress);
      const why = fault(prompt, frame, f, dress);
      return why === '' ? [] : [`${prompt}\n  ${why}`];
    }),
  );
  return { count: FIELDS.length * frames.length, misses };
}

/** Some hundred questions on a machine that does other things as well. */
const AT_MOST_MS = 90_000;
const DRESSES: readonly Dress[] = ['bare', 'before', 'behind'];

describe('rows beside others, rows that belong together and windows that move on, in several fields', () => {
  test(
    'plain questions are all read',
    () => {
      const { count, misses } = asked(PLAIN, () => 'bare');
      expect(misses).toEqual([]);
      expect(count).toBe(FIELDS.length * PLAIN.length);
    },
    AT_MOST_MS,
  );

  test(
    'other clothes, with a condition or without, are read in at least 95 of 100',
    () => {
      const { count, misses } = asked(DRESSED, (i) => DRESSES[i % DRESSES.length] as Dress);
      expect(1 - misses.length / count, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
    },
    AT_MOST_MS,
  );
});
