import type { Field } from '../../../values/column.ts';
import { typeText } from '../../../values/type-text.ts';
import type { SqlType } from '../../../values/types.ts';
import type { BoundStatement } from '../../bind/bound.ts';
import type { AggregateCall, Expr, OverCall, SortKey } from '../../bind/expression.ts';
import { showAggregate, showExpr, showOver, showSortKey } from '../../bind/show-expression.ts';
import type { CatalogRelation } from '../../catalog/catalog.ts';
import { outline } from './outline.ts';

/** A bound statement as indented text: expressions in one line, columns with their types. */
export const showBound = (statement: BoundStatement): string => outline(statement, showPart);

function showPart(value: object): string | undefined {
  if ('frame' in value) return showOver(value as OverCall);
  if ('fn' in value && 'descending' in value) return showAggregate(value as AggregateCall);
  if ('expr' in value && 'descending' in value) return showSortKey(value as SortKey);
  if ('columns' in value && 'origin' in value) return relationText(value as CatalogRelation);
  if ('type' in value && 'nullable' in value) return fieldText(value as Field);
  if ('type' in value && 'kind' in value) return `${showExpr(value as Expr)}  ${typeText((value as Expr).type)}`;
  if ('name' in value && 'expr' in value) {
    const item = value as { readonly name: string; readonly expr: Expr };
    return `${item.name} = ${showExpr(item.expr)}  ${typeText(item.expr.type as SqlType)}`;
  }
  return undefined;
}

const fieldText = (field: Field): string => `${field.name} ${typeText(field.type)}${field.nullable ? '' : ' NOT NULL'}`;
const relationText = (relation: CatalogRelation): string => `${relation.kind} ${relation.name}`;
