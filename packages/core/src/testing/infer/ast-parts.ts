import type { Expression, FromItem, Query, Select } from '../../sql/ast/index.ts';
import type { ColumnPlace } from './evidence.ts';

export const samePlace = (a: ColumnPlace, b: ColumnPlace): boolean => a.source === b.source && a.column === b.column;
export const firstSelect = (query: Query): Select => (query.kind === 'select' ? query : firstSelect(query.left));

export function itemNamed(query: Query, name: string): Select['items'][number] | undefined {
  return firstSelect(query).items.find(
    (i) =>
      i.kind === 'expression' &&
      (i.alias?.text === name || (!i.alias && i.expression.kind === 'column' && i.expression.path.at(-1)?.text === name)),
  );
}

export function namesOfItem(item: FromItem): string[] {
  const alias = item.alias?.text;
  if (item.kind !== 'relation') return alias === undefined ? [''] : [alias];
  const name = item.relation.kind === 'name' ? item.relation.name.text : item.relation.uri;
  return alias === undefined ? [name] : [alias, name];
}

/** The value of a literal; undefined for anything else. */
export function operandOf(e: Expression): number | string | boolean | undefined {
  switch (e.kind) {
    case 'integer':
      return Number(e.value);
    case 'decimal':
      return Number(e.text);
    case 'float':
    case 'string':
    case 'boolean':
      return e.value;
    case 'typed-string':
      return e.value;
    case 'unary': {
      const inner = e.operator === '-' ? operandOf(e.operand) : undefined;
      return typeof inner === 'number' ? -inner : undefined;
    }
    default:
      return undefined;
  }
}

export const isTimeLiteral = (e: Expression): boolean =>
  e.kind === 'typed-string' || (e.kind === 'string' && /^\d{4}-\d\d-\d\d/.test(e.value));

/** Expressions directly beneath one, by shape. */
export function childExpressions(e: Expression): Expression[] {
  const found: Expression[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const { kind } = value as { readonly kind?: unknown };
      if (kind === 'select' || kind === 'union') return;
      if (typeof kind === 'string' && 'span' in value) found.push(value as Expression);
      else for (const [key, inner] of Object.entries(value)) if (key !== 'span' && key !== 'name' && key !== 'path') visit(inner);
    }
  };
  for (const [key, value] of Object.entries(e)) if (key !== 'span' && key !== 'name' && key !== 'path' && key !== 'type') visit(value);
  return found;
}
