import { COLUMNS_SHOWN, type Placed } from './layout.ts';

/** A column of a node that is drawn. */
export interface ColumnPlace {
  readonly node: string;
  readonly column: string;
}

interface Stack {
  readonly node: string;
  readonly x: number;
  readonly middle: number;
  readonly columns: readonly string[];
}

const stacksOf = (places: readonly Placed[]): readonly Stack[] =>
  places
    .map(({ node, x, y, width, height }) => ({
      node: node.id,
      x: Math.round(x + width / 2),
      middle: y + height / 2,
      columns: (node.columns ?? []).slice(0, COLUMNS_SHOWN),
    }))
    .filter(({ columns }) => columns.length > 0)
    .sort((a, b) => a.x - b.x || a.middle - b.middle);

/** The column that Tab reaches: the first one of the first source. */
export function firstColumn(places: readonly Placed[]): ColumnPlace | null {
  const first = stacksOf(places)[0];
  return first?.columns[0] === undefined ? null : { node: first.node, column: first.columns[0] };
}

/**
 * Where a key leads from a column: up and down through the columns of a rank, left and right to the nearest node of the rank beside it,
 * Home and End to the first and the last. `null` for other keys, and where there is nothing that way.
 */
export function columnAfter(places: readonly Placed[], { node, column }: ColumnPlace, key: string): ColumnPlace | null {
  const stacks = stacksOf(places);
  const here = stacks.find((stack) => stack.node === node);
  if (!here) return null;
  const row = here.columns.indexOf(column);
  const at = (stack: Stack | undefined, index: number): ColumnPlace | null => {
    const name = stack?.columns[Math.max(0, Math.min(index, stack.columns.length - 1))];
    return stack && name !== undefined ? { node: stack.node, column: name } : null;
  };
  const rank = stacks.filter(({ x }) => x === here.x);
  const inRank = rank.indexOf(here);
  const nearest = (x: number | undefined): Stack | undefined =>
    stacks.filter((stack) => stack.x === x).sort((a, b) => Math.abs(a.middle - here.middle) - Math.abs(b.middle - here.middle))[0];
  const ranks = [...new Set(stacks.map(({ x }) => x))];
  const rankAt = ranks.indexOf(here.x);
  switch (key) {
    case 'ArrowDown':
      return row < here.columns.length - 1 ? at(here, row + 1) : at(rank[inRank + 1], 0);
    case 'ArrowUp':
      return row > 0 ? at(here, row - 1) : at(rank[inRank - 1], COLUMNS_SHOWN);
    case 'ArrowRight':
      return at(nearest(ranks[rankAt + 1]), row);
    case 'ArrowLeft':
      return at(nearest(ranks[rankAt - 1]), row);
    case 'Home':
      return at(stacks[0], 0);
    case 'End':
      return at(stacks.at(-1), COLUMNS_SHOWN);
    default:
      return null;
  }
}
