import type { Field } from '../../../values/column.ts';
import type { Expr } from '../../bind/expression.ts';
import type { FilterNode, PlanNode } from '../plan.ts';
import { replaceColumns } from '../tree/expr-tree.ts';

/**
 * What makes two rows of a result the same row. `append`: rows never change. `key`: these columns do.
 * `row`: all columns together, as a multiset.
 */
export type Identity =
  | { readonly kind: 'append' }
  | { readonly kind: 'key'; readonly columns: readonly number[] }
  | { readonly kind: 'row' };

export const APPEND: Identity = { kind: 'append' };
export const WHOLE_ROW: Identity = { kind: 'row' };

/**
 * A plan node and where the binder's columns stand on it. A node may carry hidden columns more (keys and window
 * bounds of an inner query), so column `i` of the bound row is column `at[i]` of the node.
 */
export interface BuiltRow {
  readonly node: PlanNode;
  readonly at: readonly number[];
  readonly identity: Identity;
  /** The rows come from a join within the query's window, which has settled the event time of both sides. */
  readonly inWindow?: boolean;
  /** Of a join within SLIDING or SESSION windows: columns of the node that hold the times of the left and right row. */
  readonly sideTimes?: readonly [left: number, right: number];
}

/** A whole query: the first `visible` columns of the node are its result, the rest is hidden. */
export interface BuiltQuery {
  readonly node: PlanNode;
  readonly visible: number;
  readonly identity: Identity;
  /** Columns that hold window start and end. */
  readonly window: readonly [start: number, end: number] | null;
  readonly messageKey: readonly number[];
}

/** An expression over the bound row as one over the node. */
export const place = (row: { readonly at: readonly number[] }, e: Expr): Expr =>
  replaceColumns(e, (index, column) => {
    const at = row.at[index] as number;
    return at === index ? column : ({ ...column, index: at } as Expr);
  });

export const identityOn = (fields: readonly Field[]): readonly number[] => fields.map((_, i) => i);

export function filtered(row: BuiltRow, predicate: Expr, clause: FilterNode['clause']): BuiltRow {
  const node: PlanNode = {
    kind: 'filter',
    input: row.node,
    predicate: place(row, predicate),
    clause,
    fields: row.node.fields,
    changes: 'append',
  };
  return { ...row, node };
}

export const columnOf = (field: Field, index: number): Expr => ({ kind: 'column', index, name: field.name, type: field.type });
