import { describe, expect, test } from 'vitest';
import { VeloError } from '../../diagnostics/velo-error.ts';
import { outline } from './explain/outline.ts';
import { type ExplainStage, explain } from './explain.ts';
import { CATALOG } from './sql.fixture.ts';

const at = (stage: ExplainStage, sql: string): string[] => explain(sql, { stage, catalog: CATALOG }).split('\n');

describe('explain', () => {
  test('ast: the tree as it was read', () => {
    expect(at('ast', 'SELECT symbol AS s FROM trades WHERE qty > 5')).toEqual([
      'query',
      '  query: select',
      '    items:',
      '      - expression',
      '          expression: column',
      '            path:',
      '              - text: symbol',
      '          alias:',
      '            text: s',
      '    from: relation',
      '      relation: name',
      '        name:',
      '          text: trades',
      '    where: binary',
      '      operator: >',
      '      left: column',
      '        path:',
      '          - text: qty',
      '      right: integer',
      '        value: 5',
    ]);
  });

  test('bound: names and types are known', () => {
    const sql =
      'SELECT symbol, SUM(qty) AS s, LAG(qty) OVER (PARTITION BY symbol) AS l FROM trades WHERE price > 1.5 GROUP BY symbol ORDER BY s DESC';
    const text = at('bound', sql).map((line) => line.trim());
    for (const line of [
      'relation: stream trades',
      '- qty INTEGER',
      'where: price > 1.5  BOOLEAN',
      '- sum(qty)',
      '- s = sum(qty)  INTEGER',
      '- sum(qty) DESC',
    ]) {
      expect(text).toContain(line);
    }
    expect(text.some((line) => line.startsWith('- lag(qty) OVER'))).toBe(true);
  });

  test('logical, then optimised with the rules that changed something, then physical', () => {
    const sql = 'SELECT symbol FROM trades WHERE qty > 2 + 3';
    expect(at('logical', sql).map((line) => line.trim())).toEqual([
      'Project  items=[symbol]',
      'Filter  where=qty > 2 + 3',
      'Watermark  column=ts delay=0s',
      'Source  relation=trades columns=[symbol, qty, price, ts]',
    ]);
    expect(
      at('optimised', sql)
        .slice(0, 3)
        .map((line) => line.trim()),
    ).toEqual(['-- rules: fold-constants, narrow-columns', 'Project  items=[symbol]', 'Filter  where=qty > 5']);
    expect(at('optimised', 'SELECT * FROM quotes')[0]).toBe('-- rules: remove-identity-projects');
    expect(at('physical', sql).at(-1)?.trim()).toBe('Source  relation=trades columns=[symbol, qty, ts]');
  });

  test('each statement of a script stands beneath its name; EXPLAIN explains its statement', () => {
    const text = at('physical', 'CREATE STREAM big AS SELECT * FROM trades WHERE qty > 9; EXPLAIN SELECT symbol FROM big; DROP STREAM big');
    expect(text.filter((line) => line.startsWith('--'))).toEqual(['-- big', '-- stmt_1', '-- stmt_2']);
    expect(text.at(-1)).toBe('command');
  });

  test('works without a catalog', () => {
    expect(explain('SELECT a FROM anywhere', { stage: 'physical' })).toBe(
      'Source  relation=anywhere columns=[a]'.replace(/^/, 'Watermark  delay=0s\n  '),
    );
  });

  test.each([
    ['SELECT FROM', 1],
    ['SELECT nothing FROM trades', 2],
    ['SELECT DISTINCT symbol FROM trades ORDER BY qty', 3],
  ])('%s is an error with its code and place', (sql, area) => {
    for (const stage of ['logical', 'optimised', 'physical'] as const) {
      try {
        at(stage, sql);
        expect.unreachable();
      } catch (error) {
        expect(VeloError.is(error)).toBe(true);
        expect((error as VeloError).code).toMatch(new RegExp(`^VS${area}`));
        expect((error as VeloError).message).toContain('line 1, column');
      }
    }
  });
});

describe('outline', () => {
  test('leaves out what is not there, and shows maps, lists and scalars', () => {
    const tree = {
      kind: 'x',
      span: { start: 0, end: 1 },
      none: null,
      off: false,
      on: true,
      empty: [],
      map: new Map([['k', 1n]]),
      list: [[1, 2], 'a'],
      f: () => 1,
      none2: new Map(),
    };
    expect(outline(tree)).toBe('x\n  on: true\n  map:\n    k: 1\n  list:\n    - - 1\n      - 2\n    - a');
    expect(outline(null)).toBe('null');
  });

  test('ends in an ellipsis where a tree is too deep', () => {
    let tree: object = {};
    for (let i = 0; i < 300; i++) tree = { t: tree };
    expect(outline(tree)).toContain('…');
  });
});
