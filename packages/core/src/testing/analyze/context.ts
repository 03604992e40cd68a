import type { Row, Value } from '../../protocol/query.ts';
import type { Assertion, AssertionResult, DataSchema, TestReport } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { Expression, Query, Select, Statement } from '../../sql/ast/index.ts';
import { parse } from '../../sql/syntax/index.ts';
import { schemaOfRows, tableSchemaOf } from '../generate/table-schema.ts';
import { childExpressions } from '../infer/ast-parts.ts';
import { describeRows, sourceHints } from '../run/describe-rows.ts';
import type { TestRun } from '../run/run-test.ts';
import { readDataSchema } from '../schema/read-schema.ts';

/** What the search for causes knows of a failed test. */
export interface FailureContext {
  readonly sql: string;
  readonly report: TestReport;
  readonly assertions: readonly Assertion[];
  readonly failed: readonly { readonly assertion: Assertion; readonly result: AssertionResult }[];
  /** Absent where the query could not run. */
  readonly run: TestRun | undefined;
  readonly inputs: Readonly<Record<string, readonly Row[]>>;
  readonly rows: readonly Row[];
  readonly statements: readonly Statement[];
  /** Every SELECT of the script, sub-queries and parts of a UNION included. */
  readonly selects: readonly Select[];
  /** What is known of relations, read or not: of the rows that went in, else of the schemas that rows are made by. */
  readonly tables: Readonly<Record<string, TableSchema>>;
  /** Relations that the query reads and nobody knows; their rows were made up by what the query does with them. */
  readonly unknown: readonly string[];
}

/** What a failed test was given. */
interface Given {
  readonly assertions: readonly Assertion[];
  readonly run: TestRun | undefined;
  readonly schemas: Readonly<Record<string, DataSchema>>;
  readonly inputs: Readonly<Record<string, readonly Row[]>> | undefined;
}

export function failureContext(report: TestReport, { assertions, run, schemas, inputs: given }: Given): FailureContext {
  const { sql } = report;
  const { statements } = parse(sql);
  const failed = report.assertions.flatMap((result, i) => {
    const assertion = assertions[i];
    return result.passed || !assertion ? [] : [{ assertion, result }];
  });
  const inputs = given ?? report.inputSamples;
  const hints = sourceHints(sql);
  const made = Object.entries(schemas).map(([name, schema]): [string, TableSchema] => [name, tableSchemaOf(readDataSchema(schema).schema)]);
  const read = Object.entries(inputs).map(([name, rows]): [string, TableSchema] => [
    name,
    schemaOfRows(rows) ?? describeRows(rows, hints(name)),
  ]);
  const known = Object.fromEntries(made);
  return {
    sql,
    report,
    assertions,
    failed,
    run,
    inputs,
    tables: { ...known, ...Object.fromEntries(read) },
    unknown: made.length === 0 ? [] : (run?.plan.external ?? []).filter((name) => !known[name]),
    rows: run?.query.rows ?? report.output.rows,
    statements,
    selects: statements.flatMap((s) => {
      const query =
        s.kind === 'query' || s.kind === 'create' ? s.query : s.kind === 'insert' && s.source.kind !== 'values' ? s.source : undefined;
      return query ? selectsOf(query) : [];
    }),
  };
}

export function selectsOf(query: Query): Select[] {
  const inner = query.ctes.flatMap((c) => selectsOf(c.query));
  if (query.kind === 'union') return [...inner, ...selectsOf(query.left), ...selectsOf(query.right)];
  const derived = [...(query.from ? [query.from] : []), ...query.joins.map((j) => j.right)].flatMap((f) =>
    f.kind === 'derived' ? selectsOf(f.query) : [],
  );
  return [...inner, ...derived, query];
}

/** Every expression of a SELECT with the clause that it stands in. */
export function expressionsOf(
  select: Select,
): { readonly clause: 'item' | 'where' | 'having' | 'group' | 'on'; readonly expression: Expression }[] {
  return [
    ...select.items.flatMap((i) => (i.kind === 'expression' ? [{ clause: 'item' as const, expression: i.expression }] : [])),
    ...(select.where ? [{ clause: 'where' as const, expression: select.where }] : []),
    ...(select.having ? [{ clause: 'having' as const, expression: select.having }] : []),
    ...select.groupBy.map((expression) => ({ clause: 'group' as const, expression })),
    ...select.joins.flatMap((j) => (j.on ? [{ clause: 'on' as const, expression: j.on }] : [])),
  ];
}

export function walk(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  for (const child of childExpressions(e)) walk(child, visit);
}

/** Values of a column in whichever input has it. */
export function inputValues(ctx: FailureContext, column: string): Value[] {
  const rows = Object.values(ctx.inputs).find((list) => list[0] !== undefined && column in list[0]) ?? [];
  return rows.map((row) => row[column] ?? null);
}

/** Columns of all relations that are known, with the kind of value that they hold. */
export function inputColumns(
  ctx: FailureContext,
): { readonly source: string; readonly name: string; readonly kind: 'number' | 'text' | 'boolean' | 'time' | 'none' }[] {
  const known = Object.keys(ctx.tables).filter((name) => !ctx.inputs[name]);
  return [...Object.entries(ctx.inputs), ...known.map((name) => [name, []] as const)].flatMap(([source, rows]) => {
    const schema = ctx.tables[source];
    const names = [...new Set([...(schema?.columns.map((c) => c.name) ?? []), ...rows.slice(0, 50).flatMap((r) => Object.keys(r))])];
    return names.map((name) => ({ source, name, kind: kindOf(rows, name, schema?.columns.find((c) => c.name === name)?.type) }));
  });
}

function kindOf(rows: readonly Row[], name: string, type: string | undefined): 'number' | 'text' | 'boolean' | 'time' | 'none' {
  if (rows.length === 0 && type === 'STRING') return 'text';
  if (type?.startsWith('TIMESTAMP')) return 'time';
  if (type !== undefined && /^(INT|FLOAT|DECIMAL|DOUBLE|BIGINT)/.test(type)) return 'number';
  const value = rows.find((r) => (r[name] ?? null) !== null)?.[name];
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'string' ? 'text' : 'none';
}

/** Name of a select item in the output. */
export const itemName = (item: Select['items'][number]): string | undefined =>
  item.kind === 'star'
    ? undefined
    : (item.alias?.text ?? (item.expression.kind === 'column' ? item.expression.path.at(-1)?.text : undefined));

/** Text of a node. */
export const textOf = (sql: string, node: { readonly span: { readonly start: number; readonly end: number } }): string =>
  sql.slice(node.span.start, node.span.end);

/** The SQL with the text of one node replaced. */
export const replaced = (sql: string, node: { readonly span: { readonly start: number; readonly end: number } }, text: string): string =>
  sql.slice(0, node.span.start) + text + sql.slice(node.span.end);
