import { describe, expect, test } from 'vitest';
import { columnAfter, firstColumn } from './column-keys.ts';
import { placed } from './layout.ts';

const PLACES = placed({
  nodes: [
    { id: 'trades', type: 'source', label: 'trades', columns: ['symbol', 'price'] },
    { id: 'sum', type: 'transform', label: 'sum', columns: ['symbol', 'total', 'count'] },
    { id: 'quiet', type: 'transform', label: 'quiet' },
    { id: 'out', type: 'sink', label: 'out', columns: ['symbol'] },
  ],
  edges: [
    { from: 'trades', to: 'sum' },
    { from: 'sum', to: 'quiet' },
    { from: 'quiet', to: 'out' },
  ],
  lineage: [],
});
const after = (node: string, column: string, key: string): string => {
  const next = columnAfter(PLACES, { node, column }, key);
  return next ? `${next.node}.${next.column}` : 'nowhere';
};

describe('keys in the graph', () => {
  test('Tab reaches the first column of the first source', () => {
    expect(firstColumn(PLACES)).toEqual({ node: 'trades', column: 'symbol' });
    expect(firstColumn([])).toBeNull();
  });

  test.each([
    ['trades', 'symbol', 'ArrowDown', 'trades.price'],
    ['trades', 'price', 'ArrowDown', 'nowhere'],
    ['trades', 'price', 'ArrowUp', 'trades.symbol'],
    ['trades', 'price', 'ArrowRight', 'sum.total'],
    ['sum', 'count', 'ArrowLeft', 'trades.price'],
    ['sum', 'count', 'ArrowRight', 'out.symbol'],
    ['out', 'symbol', 'ArrowRight', 'nowhere'],
    ['sum', 'total', 'Home', 'trades.symbol'],
    ['trades', 'price', 'End', 'out.symbol'],
    ['trades', 'price', 'x', 'nowhere'],
    ['gone', 'price', 'Home', 'nowhere'],
  ])('%s.%s and %s lead to %s', (node, column, key, wanted) => expect(after(node, column, key)).toBe(wanted));

  test('within a rank, up and down go on to the node above and below', () => {
    const two = placed({
      nodes: [
        { id: 'a', type: 'source', label: 'a', columns: ['x', 'y'] },
        { id: 'b', type: 'source', label: 'b', columns: ['z'] },
      ],
      edges: [],
      lineage: [],
    });
    const [upper, lower] = two.toSorted((one, other) => one.y - other.y).map(({ node }) => node);
    const last = upper?.columns?.at(-1) ?? '';
    const first = lower?.columns?.[0] ?? '';
    expect(columnAfter(two, { node: upper?.id ?? '', column: last }, 'ArrowDown')).toEqual({ node: lower?.id, column: first });
    expect(columnAfter(two, { node: lower?.id ?? '', column: first }, 'ArrowUp')).toEqual({ node: upper?.id, column: last });
  });
});
