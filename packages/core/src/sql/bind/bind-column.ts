import type { Span } from '../../diagnostics/span.ts';
import { ANY, INSTANT_MS, INTEGER, JSON_TYPE, mapOf, type SqlType, STRING } from '../../values/types.ts';
import type { Expression, Name } from '../ast/index.ts';
import { type Binder, demand } from './binder.ts';
import { castTo, literal, nullOf, unknownValue } from './coerce.ts';
import type { Expr, SystemColumn } from './expression.ts';
import { nearestName } from './nearest-name.ts';
import { sameExpr } from './same-expression.ts';
import { type RowScope, type Scope, type ScopeRelation, SIDE_TIME, WINDOW_END, WINDOW_START } from './scope.ts';

const SYSTEM: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ['_TIMESTAMP', INSTANT_MS],
  ['_EVENT_TIME', INSTANT_MS],
  ['_OFFSET', INTEGER],
  ['_PARTITION', INTEGER],
]);
/** Exact lower case (§8.1). */
const PSEUDO: ReadonlyMap<string, SqlType> = new Map<string, SqlType>([
  ['_key', ANY],
  ['_topic', STRING],
  ['_headers', mapOf(STRING)],
]);
const WINDOW_COLUMNS: ReadonlyMap<string, number> = new Map([
  ['_WINDOW_START', WINDOW_START],
  ['_WINDOW_END', WINDOW_END],
]);

export const systemColumn = (name: SystemColumn, span?: Span): Expr => ({
  kind: 'system',
  name,
  type: SYSTEM.get(name) ?? PSEUDO.get(name) ?? ANY,
  ...(span === undefined ? {} : { span }),
});

export const windowBound = (index: number, span?: Span): Expr => ({
  kind: 'column',
  index,
  name: index === WINDOW_START ? '_window_start' : '_window_end',
  type: { kind: 'integer', instant: 'window' },
  ...(span === undefined ? {} : { span }),
});

/** `a`, `t.a`, `a.b.c`: finds which part is the relation, which the column and which a path into it (§4.9, §4.12). */
export function bindColumn(cx: Binder, node: Expression & { kind: 'column' }, scope: Scope): Expr {
  const found = resolve(cx, node.path, scope, node.span);
  if (found !== undefined) return found;
  reportMissing(cx, node.path, scope, node.span);
  return unknownValue(node.span);
}

/** The meaning of a path in `scope` or one around it; undefined when there is none. */
function resolve(cx: Binder, path: readonly Name[], scope: Scope, span: Span): Expr | undefined {
  const inner = path.length === 1 ? resolveName(cx, path[0]!, scope, span) : resolvePath(cx, path, scope, span);
  if (inner !== undefined) return inner;
  const { outer } = scope.row;
  if (outer === null) return undefined;
  const value = resolve(cx, path, outer, span);
  return value === undefined ? undefined : outerValue(scope.row, value);
}

/** A value of the row around, as a column behind the inner ones. */
function outerValue(row: RowScope, value: Expr): Expr {
  let at = row.outerValues.findIndex((e) => sameExpr(e, value));
  if (at < 0) at = row.outerValues.push(value) - 1;
  const name = value.kind === 'column' ? value.name : value.kind === 'system' ? value.name : `outer_${at}`;
  return { kind: 'column', index: row.width + at, name, type: value.type, ...(value.span === undefined ? {} : { span: value.span }) };
}

function resolveName(cx: Binder, name: Name, scope: Scope, span: Span): Expr | undefined {
  const alias = scope.aliases?.get(name.text);
  if (alias !== undefined && scope.aliasesFirst) return alias;
  const system = name.quoted ? undefined : resolveSystem(name.text, scope, span);
  if (system !== undefined) return system;
  const field = findField(cx, name.text, scope.row, span);
  if (field !== undefined) {
    const isAlias = scope.clause === 'WHERE' && scope.row.laterAliases.has(name.text);
    if (isAlias && isAsked(cx, name.text, scope.row)) cx.report('VS2009', span, { name: name.text, where: 'WHERE' }, 'warning');
    return field;
  }
  if (alias !== undefined) return alias;
  if (scope.row.windowed && /^window_(start|end)$/i.test(name.text)) {
    return windowBound(/start$/i.test(name.text) ? WINDOW_START : WINDOW_END, span);
  }
  return openColumn(cx, name.text, scope, span);
}

function resolveSystem(text: string, scope: Scope, span: Span): Expr | undefined {
  if (!text.startsWith('_') || scope.row.relations.length === 0) return undefined;
  const name = text.toUpperCase();
  const bound = WINDOW_COLUMNS.get(name);
  if (bound !== undefined) {
    if (scope.row.windowed) return windowBound(bound, span);
    // An earlier statement may have put its window's bounds into the payload under this very name.
    return scope.row.relations.some((r) => r.fields.some((f) => f.name === text)) ? undefined : nullOf(INTEGER, span);
  }
  // Rows of a table in a sub-query have no metadata of their own: the record that is looked at is meant.
  if (scope.row.outer !== null) return undefined;
  if (SYSTEM.has(name)) return systemColumn(name as SystemColumn, span);
  return PSEUDO.has(text) ? systemColumn(text as SystemColumn, span) : undefined;
}

/** The event time of one side, while two are being joined. */
function sideTime(relation: ScopeRelation, name: string, scope: Scope, span: Span): Expr | undefined {
  if (scope.clause !== 'JOIN ON' || name.toUpperCase() !== '_EVENT_TIME') return undefined;
  return { kind: 'column', index: SIDE_TIME + relation.offset, name: `${relation.alias}._EVENT_TIME`, type: INTEGER, span };
}

/** A declared column of any input. Two of them are ambiguous, unless unknown columns make that unprovable: then the left one is meant. */
function findField(cx: Binder, name: string, row: RowScope, span: Span): Expr | undefined {
  let found: { relation: ScopeRelation; expr: Expr } | undefined;
  for (const relation of row.relations) {
    const expr = fieldOf(relation, name, span);
    if (expr === undefined) continue;
    if (found !== undefined && !found.relation.open && !relation.open) {
      cx.report('VS2003', span, { name, choices: [`${found.relation.alias}.${name}`, `${relation.alias}.${name}`] });
      return unknownValue(span);
    }
    found ??= { relation, expr };
  }
  return found?.expr;
}

function fieldOf(relation: ScopeRelation, name: string, span: Span): Expr | undefined {
  const at = relation.fields.findIndex((f) => f.name === name);
  return at < 0 ? undefined : { kind: 'column', index: relation.offset + at, name, type: relation.fields[at]!.type, span };
}

/** A column of an input whose columns are not known; it exists once the statement is bound again. */
function openColumn(cx: Binder, name: string, scope: Scope, span: Span): Expr | undefined {
  const relation = scope.row.relations.find((r) => r.open && !mustDeclare(cx, r));
  if (relation === undefined) return undefined;
  demand(cx.demands, cx.demands.columns, relation.item, name);
  return unknownValue(span);
}

/** Whether a column is there only because the statement asks for it. */
const isAsked = (cx: Binder, name: string, row: RowScope): boolean => row.relations.some((r) => cx.demands.columns.get(r.item)?.has(name));

/** `missingFields: 'error'`: where some columns are known, others are taken for mistakes. */
const mustDeclare = (cx: Binder, relation: ScopeRelation): boolean =>
  cx.options.missingFields === 'error' && (cx.options.catalog?.find(relation.name ?? '')?.fields.length ?? 0) > 0;

function resolvePath(cx: Binder, path: readonly Name[], scope: Scope, span: Span): Expr | undefined {
  const [first, second] = path as [Name, Name];
  const relation = qualified(first.text, scope.row);
  if (relation !== undefined) {
    const system = second.quoted ? undefined : (sideTime(relation, second.text, scope, span) ?? resolveSystem(second.text, scope, span));
    const whole = path
      .slice(1)
      .map((n) => n.text)
      .join('.');
    const base = system ?? fieldOf(relation, whole, span) ?? fieldOf(relation, second.text, span);
    if (base !== undefined) return base.kind === 'column' && base.name === whole ? base : steps(cx, base, path.slice(2));
    if (!relation.open || mustDeclare(cx, relation)) return undefined;
    demand(cx.demands, cx.demands.columns, relation.item, second.text);
    return unknownValue(span);
  }
  const dotted = findField(cx, path.map((n) => n.text).join('.'), scope.row, span);
  if (dotted !== undefined) return dotted;
  const alias = scope.aliasesFirst ? scope.aliases?.get(first.text) : undefined;
  const base = alias ?? findField(cx, first.text, scope.row, span) ?? openBase(cx, first, scope);
  if (alias === undefined && isAsked(cx, first.text, scope.row) && scope.row.relations[0]?.explicitAlias) {
    cx.report('VS2014', first.span, { name: first.text });
  }
  return base === undefined ? undefined : steps(cx, base, path.slice(1));
}

/** The first step of a path over a single input with unknown columns. Where several inputs are joined, it must be an alias. */
function openBase(cx: Binder, name: Name, scope: Scope): Expr | undefined {
  const [only, other] = scope.row.relations;
  if (only === undefined || other !== undefined || !only.open || mustDeclare(cx, only) || scope.row.outer !== null) return undefined;
  return openColumn(cx, name.text, scope, name.span);
}

/** An input by its alias, else by the name of its relation where only one has it. */
export function qualified(name: string, row: RowScope): ScopeRelation | undefined {
  const aliased = row.relations.find((r) => r.alias === name);
  if (aliased !== undefined) return aliased;
  const [named, other] = row.relations.filter((r) => r.name === name);
  return other === undefined ? named : undefined;
}

function steps(cx: Binder, base: Expr, names: readonly Name[]): Expr {
  return names.reduce((e, name) => elementOf(cx, e, literal(name.text, STRING, name.span), name.span), base);
}

/** `arg[key]`, `arg.key`: NULL where there is none. Text is read as JSON. */
export function elementOf(cx: Binder, arg: Expr, key: Expr, span: Span): Expr {
  const { type } = arg;
  const element = (of: Expr, result: SqlType): Expr => ({ kind: 'element', arg: of, key, type: result, span });
  switch (type.kind) {
    case 'array':
      return element(arg, type.element);
    case 'map':
      return element(arg, type.value);
    case 'struct':
      return element(arg, type.fields.find((f) => key.kind === 'literal' && f.name === key.value)?.type ?? ANY);
    case 'string':
      return element(castTo(arg, JSON_TYPE), ANY);
    case 'json':
    case 'any':
    case 'null':
      return element(arg, ANY);
    default:
      cx.report('VS2027', span, { type: type.kind.toUpperCase() });
      return unknownValue(span);
  }
}

/** Names that could have been meant: columns, qualified where several inputs are joined, and aliases in sight. */
function namesInScope(scope: Scope): string[] {
  const several = scope.row.relations.length > 1;
  const columns = scope.row.relations.flatMap((r) => r.fields.map((f) => (several ? `${r.alias}.${f.name}` : f.name)));
  return [...new Set([...columns, ...(scope.aliases?.keys() ?? [])])];
}

function reportMissing(cx: Binder, path: readonly Name[], scope: Scope, span: Span): void {
  const [first, second] = path as [Name, Name | undefined];
  const { relations, laterAliases } = scope.row;
  const name = first.text;
  if (second !== undefined && relations.length > 0) reportMissingPath(cx, path, scope);
  else if (relations.length === 0 && scope.row.outer === null) {
    cx.report('VS2005', span, { what: `column "${path.map((n) => n.text).join('.')}"` });
  } else if (laterAliases.has(name) && scope.clause === 'SELECT') cx.report('VS2010', span, { name });
  else if (laterAliases.has(name)) cx.report('VS2009', span, { name, where: scope.clause });
  else {
    const plain = relations.flatMap((r) => r.fields.map((f) => f.name));
    const nearest = nearestName(name, [...plain, ...(scope.aliases?.keys() ?? [])]);
    cx.report('VS2004', span, { name, known: namesInScope(scope), nearest });
  }
}

function reportMissingPath(cx: Binder, path: readonly Name[], scope: Scope): void {
  const [first, second] = path as [Name, Name];
  const relation = qualified(first.text, scope.row);
  if (relation !== undefined) {
    const known = relation.fields.map((f) => f.name);
    cx.report('VS2004', second.span, { name: second.text, known, nearest: nearestName(second.text, known) });
    return;
  }
  const known = scope.row.relations.map((r) => r.alias);
  cx.report('VS2002', first.span, { name: first.text, known, nearest: nearestName(first.text, known) });
}
