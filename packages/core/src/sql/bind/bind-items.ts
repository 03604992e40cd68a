import type { Span } from '../../diagnostics/span.ts';
import { isDynamic, isTime } from '../../values/unify-types.ts';
import type { Expression, Name, Select, SelectItem } from '../ast/index.ts';
import { qualified } from './bind-column.ts';
import { type Binder, demand } from './binder.ts';
import type { Expr } from './expression.ts';
import { nearestName } from './nearest-name.ts';
import type { RowScope, Scope, ScopeRelation } from './scope.ts';

/** One output column before grouping is applied. */
export interface Item {
  readonly name: string;
  readonly expr: Expr;
  /** Marked as PRIMARY KEY. */
  readonly key: boolean;
  /** Came out of a `*`. */
  readonly star: boolean;
  readonly span: Span;
}

export interface Items {
  /** Output columns: of those with one name only the last. */
  readonly items: readonly Item[];
  /** By position in the list as written, stars expanded: what `ORDER BY 2` means. */
  readonly written: readonly Expr[];
  readonly aliases: ReadonlyMap<string, Expr>;
  /** `AS _EVENT_TIME`. */
  readonly eventTime: Expr | null;
  /** A `*` stands for columns that are not known. */
  readonly open: boolean;
}

/** The SELECT list from left to right; an item sees the aliases before it (§3.5). `groupColumns` are what `*` means in a grouped query. */
export function bindItems(cx: Binder, select: Select, scope: Scope, groupColumns: readonly Item[] | null): Items {
  const aliases = new Map<string, Expr>();
  const inner: Scope = { ...scope, clause: 'SELECT', aliases, aliasesFirst: true };
  for (const item of select.items) if (item.kind === 'expression' && item.alias !== undefined) scope.row.laterAliases.add(item.alias.text);
  const all: Item[] = [];
  let eventTime: Expr | null = null;
  let open = false;
  for (const [position, node] of select.items.entries()) {
    if (node.kind === 'star') {
      const star = expandStar(cx, node, inner, groupColumns);
      all.push(...star.items);
      open ||= star.open;
      continue;
    }
    const expr = cx.expression(node.expression, inner);
    if (isEventTime(node, expr)) {
      eventTime = bindEventTime(cx, node, expr) ?? eventTime;
      continue;
    }
    if (node.key && node.alias === undefined && !isPath(node.expression)) cx.report('VS2016', node.span, { name: '' });
    all.push({ name: outputName(cx, node, position), expr, key: node.key, star: false, span: node.alias?.span ?? node.span });
    if (node.alias !== undefined) {
      aliases.set(node.alias.text, expr);
      scope.row.laterAliases.delete(node.alias.text);
    }
  }
  return { items: lastOfName(cx, all), written: all.map((i) => i.expr), aliases, eventTime, open };
}

const isPath = (e: Expression): boolean => e.kind === 'column' || e.kind === 'field';

/** Alias, else the last segment of a column, the text of a call, `case_expr`, `expr_<n>` (§3.4). */
function outputName(cx: Binder, node: SelectItem & { kind: 'expression' }, position: number): string {
  const { alias, expression } = node;
  if (alias !== undefined) return alias.text;
  switch (expression.kind) {
    case 'column':
      return expression.path[expression.path.length - 1]?.text ?? `expr_${position + 1}`;
    case 'field':
      return expression.name.text;
    case 'call':
      return cx.options.sql.slice(expression.span.start, expression.span.end).replace(/\s+/g, ' ').toLowerCase();
    case 'case':
      return 'case_expr';
    default:
      return `expr_${position + 1}`;
  }
}

/** The output's event time: `x AS _EVENT_TIME`, or `_EVENT_TIME` as it is. No column comes of it (§8.2). */
function isEventTime(node: SelectItem & { kind: 'expression' }, expr: Expr): boolean {
  if (node.alias !== undefined) return !node.alias.quoted && node.alias.text.toUpperCase() === '_EVENT_TIME';
  return expr.kind === 'system' && expr.name === '_EVENT_TIME' && node.expression.kind === 'column';
}

function bindEventTime(cx: Binder, node: SelectItem & { kind: 'expression' }, expr: Expr): Expr | null {
  const { kind } = expr.type;
  if (isTime(expr.type) || kind === 'integer' || kind === 'float' || isDynamic(expr.type)) return expr;
  cx.report('VS2068', node.span, { name: cx.options.sql.slice(node.expression.span.start, node.expression.span.end) });
  return null;
}

/** Of several columns of one name the last one stays, in the place of the first. A star gives way without a warning. */
function lastOfName(cx: Binder, all: readonly Item[]): Item[] {
  const byName = new Map<string, Item>();
  for (const item of all) {
    const earlier = byName.get(item.name);
    if (earlier !== undefined && !earlier.star) cx.report('VS2011', item.span, { name: item.name });
    byName.set(item.name, item);
  }
  return [...byName.values()];
}

interface Star {
  readonly items: readonly Item[];
  readonly open: boolean;
}

function expandStar(cx: Binder, node: SelectItem & { kind: 'star' }, scope: Scope, groupColumns: readonly Item[] | null): Star {
  const { relations } = scope.row;
  if (relations.length === 0) {
    cx.report('VS2005', node.span, { what: '*' });
    return { items: [], open: false };
  }
  if (groupColumns !== null && node.qualifier === undefined) return { items: without(cx, groupColumns, node.except, false), open: false };
  const chosen = node.qualifier === undefined ? relations : chooseRelation(cx, node.qualifier, scope.row);
  const items: Item[] = [];
  const taken = new Set<string>();
  for (const relation of chosen) {
    for (const [i, field] of relation.fields.entries()) {
      const name = taken.has(field.name) && relation.alias !== '' ? `${relation.alias}_${field.name}` : field.name;
      taken.add(name);
      const expr: Expr = { kind: 'column', index: relation.offset + i, name: field.name, type: field.type, span: node.span };
      items.push({ name, expr, key: false, star: true, span: node.span });
    }
  }
  const open = chosen.some((r) => r.open);
  askFor(cx, scope.context.extras, chosen);
  return { items: without(cx, items, node.except, open), open };
}

/** Columns that the reader of this query wants of its `*`: they are asked of the first input that may have them. */
function askFor(cx: Binder, names: ReadonlySet<string>, relations: readonly ScopeRelation[]): void {
  const source = relations.find((r) => r.open);
  if (source === undefined) return;
  for (const name of names) {
    if (!relations.some((r) => r.fields.some((f) => f.name === name))) demand(cx.demands, cx.demands.columns, source.item, name);
  }
}

function chooseRelation(cx: Binder, qualifier: Name, row: RowScope): readonly ScopeRelation[] {
  const found = qualified(qualifier.text, row);
  if (found !== undefined) return [found];
  const known = row.relations.map((r) => r.alias);
  cx.report('VS2002', qualifier.span, { name: qualifier.text, known, nearest: nearestName(qualifier.text, known) });
  return [];
}

function without(cx: Binder, items: readonly Item[], except: readonly Name[], open: boolean): Item[] {
  const known = items.map((i) => i.name);
  for (const name of except) {
    if (!open && !known.includes(name.text))
      cx.report('VS2004', name.span, { name: name.text, known, nearest: nearestName(name.text, known) });
  }
  const dropped = new Set(except.map((n) => n.text));
  return items.filter((i) => !dropped.has(i.name));
}
