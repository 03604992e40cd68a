import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/index.ts';
import { ORACLE_SEED, oracleRuns } from './oracle-run.ts';

const GAP = 5000;
const schema = {
  columns: [
    { name: 'k', type: 'STRING' },
    { name: 'ts', type: 'TIMESTAMP' },
  ],
  eventTime: 'ts',
} as const;

interface Row {
  readonly k: string;
  readonly ts: number;
}

const rows = fc.array(fc.record({ k: fc.constantFrom('a', 'b'), ts: fc.integer({ min: 0, max: 60 }).map((n) => n * 1000) }), {
  maxLength: 14,
});

/** Rows of a key, both sides, split where a gap is longer than allowed. */
function sessions(left: readonly Row[], right: readonly Row[]): unknown[][] {
  return ['a', 'b'].flatMap((k) => {
    const all = [...left.map((row) => ({ ...row, side: 0 })), ...right.map((row) => ({ ...row, side: 1 }))]
      .filter((row) => row.k === k)
      .sort((a, b) => a.ts - b.ts);
    const parts: (typeof all)[] = [];
    for (const row of all) {
      const last = parts.at(-1);
      if (last === undefined || row.ts > (last.at(-1)?.ts ?? 0) + GAP) parts.push([row]);
      else last.push(row);
    }
    return parts.flatMap((part) => {
      const pairs = part.filter((row) => row.side === 0).length * part.filter((row) => row.side === 1).length;
      return pairs === 0 ? [] : [[k, pairs, part[0]?.ts, (part.at(-1)?.ts ?? 0) + GAP]];
    });
  });
}

const sorted = (list: readonly unknown[][]): string[] => list.map((row) => JSON.stringify(row)).sort();

describe('SESSION windows over a join', () => {
  test('hold all pairs of a session, from its first row to its last', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        rows,
        fc.constantFrom('FINAL', 'CHANGES'),
        fc.constantFrom(1, 3, 4096),
        async (left, right, emit, batchRows) => {
          const source = (list: readonly Row[]) => ({ rows: list, schema, watermarkDelayMs: 1_000_000 });
          const engine = createEngine({ sources: { l: source(left), r: source(right) } });
          const sql = `SELECT l.k, COUNT(*) AS n, _window_start AS s, _window_end AS e FROM l JOIN r ON l.k = r.k
          GROUP BY l.k WINDOW SESSION(5s) EMIT ${emit}`;
          const table = await engine.run(sql, { batchRows }).table();
          await engine.close();
          expect(sorted(table.map((row) => Object.values(row)))).toEqual(sorted(sessions(left, right)));
        },
      ),
      { numRuns: oracleRuns(300), seed: ORACLE_SEED },
    );
  });
});
