import { describe, expect, test } from 'vitest';
import { catalogOf, catalogRelation } from '../catalog/create-catalog.ts';
import { explain } from './explain.ts';

const columns = ['k STRING', 'v INTEGER', 'ts INTEGER'].map((c) => ({ name: c.split(' ')[0] as string, type: c.split(' ')[1] as string }));
const timed = catalogOf([catalogRelation('timed', { columns, eventTime: 'ts' })]);

const line = (sql: string): string | undefined =>
  explain(sql, { stage: 'physical', workers: 2, ...(sql.includes('timed') && { catalog: timed }) })
    .split('\n')
    .find((text) => text.startsWith('-- workers'));

describe('plans over parts of their input', () => {
  test('run up to the lowest aggregation', () => {
    expect(line('SELECT k, COUNT(*) AS n FROM t WHERE v > 1 GROUP BY k HAVING COUNT(*) > 2 EMIT FINAL')).toBe(
      '-- workers: 2 threads run parts of t up to Aggregate',
    );
    const windowed = "SELECT k, STDDEV(v) AS d FROM timed GROUP BY k WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL";
    expect(line(windowed)).toBe('-- workers: 2 threads run parts of timed up to WindowAggregate');
  });

  test('say why they cannot', () => {
    const reasons: readonly (readonly [string, string])[] = [
      ['SELECT k FROM t', 'there is no aggregation, and rows keep their order'],
      ['SELECT k, COUNT(*) AS n FROM t GROUP BY k EMIT CHANGES', 'EMIT CHANGES gives a row for each record, in their order'],
      ['SELECT k, FIRST(v) AS n FROM t GROUP BY k EMIT FINAL', 'FIRST_VALUE takes its rows in order'],
      ['SELECT k, COUNT(*) AS n FROM t WHERE RANDOM() > 0 GROUP BY k EMIT FINAL', 'RANDOM depends on more than its row'],
      [
        "SELECT k, COUNT(*) AS n FROM t GROUP BY k WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL",
        'windows over the time of reading follow one clock',
      ],
      [
        "SELECT k, COUNT(*) AS n FROM t GROUP BY k WINDOW SESSION(INTERVAL '1' MINUTE) EMIT FINAL",
        'a session may reach from one part of the input into the next',
      ],
      ['SELECT a.k FROM a JOIN b ON a.k = b.k', 'rows of several inputs meet in one order'],
    ];
    for (const [sql, reason] of reasons) expect(line(sql), sql).toBe(`-- workers: 1, because ${reason}; 2 threads may decode`);
  });
});
