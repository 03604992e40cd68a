import { describe, expect, test } from 'vitest';
import { selectOf } from './bind.fixture.ts';
import type { Expr } from './expression.ts';
import { exprHash } from './expression-hash.ts';
import { childrenOf, columnsOf, conjuncts, mapChildren, shiftColumns, walkExpr } from './expression-tree.ts';
import { sameExpr } from './same-expression.ts';
import { showExpr } from './show-expression.ts';

const bind = (text: string, from = 'trades'): Expr => selectOf(`SELECT ${text} AS x FROM ${from}`).items[0]!.expr;

/** One expression of each kind. */
const KINDS = [
  '1',
  "'a'",
  'qty',
  '_offset',
  'qty + 1',
  '-qty',
  'qty > 1',
  'live AND live',
  'live OR qty > 2',
  'NOT live',
  'qty IS NULL',
  'live IS NOT TRUE',
  'qty BETWEEN 1 AND 2',
  'qty IN (1, 2)',
  "side LIKE 'a%'",
  "side ILIKE 'a%'",
  'CASE WHEN live THEN 1 ELSE qty END',
  'CASE WHEN live THEN 1 END',
  'COALESCE(side, symbol)',
  'CAST(qty AS STRING)',
  'TRY_CAST(side AS INTEGER)',
  'UPPER(side)',
  'side || symbol',
  'qty AND live',
];

describe('expression trees', () => {
  test('every expression equals itself, whatever its place in the text, and no other', () => {
    const first = KINDS.map((text) => bind(text));
    const again = KINDS.map((text) => bind(`  ${text}`));
    for (const [i, a] of first.entries()) {
      for (const [j, b] of again.entries()) {
        expect([KINDS[i], KINDS[j], sameExpr(a, b)]).toEqual([KINDS[i], KINDS[j], i === j]);
        if (i === j) expect(exprHash(a)).toBe(exprHash(b));
      }
    }
  });

  test('a sub-query equals only itself', () => {
    const a = bind('(SELECT MAX(id) FROM users)');
    expect(sameExpr(a, a)).toBe(true);
    expect(sameExpr(a, bind('(SELECT MAX(id) FROM users)'))).toBe(false);
  });

  test('children are mapped in place', () => {
    for (const text of [...KINDS, 'qty IN (SELECT id FROM users WHERE id = fee)', 'EXISTS (SELECT 1 FROM users WHERE id = fee)']) {
      const e = bind(text);
      const moved = mapChildren(e, (child) => shiftColumns(child, 0));
      expect(showExpr(moved)).toBe(showExpr(e));
      expect(childrenOf(moved)).toHaveLength(childrenOf(e).length);
    }
  });

  test('columns are found, shifted and walked', () => {
    const e = bind('CASE WHEN qty > 1 THEN fee ELSE price END');
    expect([...columnsOf(e)].sort()).toEqual([1, 2, 3]);
    expect([...columnsOf(shiftColumns(e, 10))].sort()).toEqual([11, 12, 13]);
    let count = 0;
    walkExpr(e, () => count++);
    expect(count).toBe(7);
  });

  test('a conjunction falls into its terms', () => {
    expect(conjuncts(bind('live AND (live AND qty > 1) AND NOT live')).map(showExpr)).toEqual(['live', 'live', 'qty > 1', 'NOT live']);
    expect(conjuncts(bind('live OR live'))).toHaveLength(1);
  });
});

describe('showExpr', () => {
  test.each<[Expr, string]>([
    [{ kind: 'literal', value: 1n << 60n, type: { kind: 'integer' } }, '1152921504606846976'],
    [{ kind: 'literal', value: -50, type: { kind: 'decimal', precision: 4, scale: 2 } }, '-0.50'],
    [{ kind: 'literal', value: ['a'], type: { kind: 'array', element: { kind: 'string' } } }, '["a"]'],
    [{ kind: 'literal', value: 1e18, type: { kind: 'float' } }, '1000000000000000000'],
  ])('%s', (e, text) => {
    expect(showExpr(e)).toBe(text);
  });
});
