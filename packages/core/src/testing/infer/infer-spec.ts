import type { Assertion, DataSchema } from '../../protocol/studio/testing.ts';
import type { Expression, Select } from '../../sql/ast/index.ts';
import { namesOf } from '../../sql/bind/dependencies.ts';
import { type ParseResult, parse } from '../../sql/syntax/index.ts';
import { propertiesOf, propertyText, sinksOf, type TestableStatement, testableStatements } from '../run/query-sql.ts';
import type { InputSpec, QuerySpec, TestSpec } from '../spec/test-spec.ts';
import { collectEvidence, type ScriptEvidence } from './evidence.ts';
import { inferSchema } from './infer-from-sql.ts';

export interface InferSpecOptions {
  readonly application?: string;
  readonly records?: number;
}

const RECORDS = 1000;
const TIMEOUT_MS = 30_000;

/**
 * A first test spec of a script: each query with its inputs and with what must hold of any such query. Sums and counts are expected to
 * agree with the input where the query keeps all rows.
 */
export function inferSpec(sql: string, options: InferSpecOptions = {}): TestSpec {
  const parsed = parse(sql);
  const evidence = collectEvidence(parsed.statements);
  const schemas = inferSchema(sql);
  const statements = testableStatements(parsed);
  const records = options.records ?? RECORDS;
  return {
    application: options.application ?? parsed.application?.name ?? 'application',
    defaultTimeoutMs: TIMEOUT_MS,
    defaultRecords: records,
    seed: 1,
    config: {},
    schemas: {},
    queries: statements.map((s) => querySpec(s, { parsed, evidence, schemas, statements, records, sql })),
  };
}

interface Known {
  readonly parsed: ParseResult;
  readonly evidence: ScriptEvidence;
  readonly schemas: Readonly<Record<string, DataSchema>>;
  readonly statements: readonly TestableStatement[];
  readonly records: number;
  readonly sql: string;
}

function querySpec(target: TestableStatement, known: Known): QuerySpec {
  const name = /^stmt_\d+$/.test(target.name) ? 'select_query' : target.name;
  const reads = namesOf(target.statement).reads;
  const inputs = reads.map((source): InputSpec => {
    const maker = known.statements.find((s) => s.name === source);
    const properties = propertiesOf(known.parsed, source);
    const path = propertyText(properties, 'path');
    if (maker) return { source, fromPrevious: source };
    if (/^file_source/.test(propertyText(properties, 'type') ?? '') && path !== undefined) return { source, dataFile: path };
    return { source, records: known.schemas[source]?.recordCount ?? known.records };
  });
  return {
    name,
    derive: !inputs.some((i) => i.fromPrevious !== undefined || i.dataFile !== undefined),
    inputs,
    assertions: assertionsFor(target, known, inputs),
  };
}

function selectOf(target: TestableStatement): Select | undefined {
  const s = target.statement;
  const query =
    s.kind === 'create' || s.kind === 'query' ? s.query : s.kind === 'insert' && s.source.kind !== 'values' ? s.source : undefined;
  return query?.kind === 'select' ? query : undefined;
}

function assertionsFor(target: TestableStatement, known: Known, inputs: readonly InputSpec[]): Assertion[] {
  const select = selectOf(target);
  const base: Assertion[] = [{ type: 'record_count', operator: 'greater_than', expected: 0 }];
  if (!select) return base;
  return [
    ...base,
    ...columnAssertions(select),
    ...aggregateAssertions(select, known, inputs),
    ...joinAssertions(select, known),
    ...fileAssertions(target, known),
  ];
}

const nameOf = (item: Select['items'][number]): string | undefined =>
  item.kind === 'star'
    ? undefined
    : (item.alias?.text ?? (item.expression.kind === 'column' ? item.expression.path.at(-1)?.text : undefined));

function columnAssertions(select: Select): Assertion[] {
  const names = select.items.flatMap((i) => nameOf(i) ?? []);
  const keys = select.groupBy.flatMap((e) => (e.kind === 'column' ? (e.path.at(-1)?.text ?? []) : [])).filter((k) => names.includes(k));
  return names.length > 0
    ? [
        { type: 'schema_contains', fields: names },
        ...(keys.length > 0 && select.emit?.mode === 'FINAL' && !select.window ? [{ type: 'no_duplicates', key_fields: keys }] : []),
      ]
    : [];
}

/** Aggregates that the input itself predicts: counts and sums of queries that drop nothing, extremes within the range of their column. */
function aggregateAssertions(select: Select, known: Known, inputs: readonly InputSpec[]): Assertion[] {
  const [source, ...more] = inputs;
  if (
    !source ||
    more.length > 0 ||
    select.joins.length > 0 ||
    select.where ||
    select.having ||
    select.window?.kind === 'sliding' ||
    select.distinct ||
    select.limit
  )
    return [];
  return select.items.flatMap((item): Assertion[] => {
    const name = nameOf(item);
    if (
      item.kind !== 'expression' ||
      name === undefined ||
      item.expression.kind !== 'call' ||
      item.expression.over ||
      item.expression.filter
    )
      return [];
    const call = item.expression;
    const fn = call.name.text.toLowerCase();
    const column = columnOf(call.arguments[0]);
    const isFinal = select.emit?.mode === 'FINAL';
    // Rows that come too late are not counted, and derived data has some.
    if (fn === 'count' && call.star && isFinal && !select.window)
      return [{ type: 'aggregate_check', expression: `SUM(${name})`, expected: `{{inputs.${source.source}.count}}` }];
    if (fn === 'sum' && column !== undefined && isFinal && !select.window && source.fromPrevious === undefined)
      return [{ type: 'column_sum_reconciles', field: name, input_source: source.source, input_field: column }];
    if ((fn === 'avg' || fn === 'min' || fn === 'max') && column !== undefined) return rangeAssertion(name, column, source.source, known);
    return [];
  });
}

const columnOf = (e: Expression | undefined): string | undefined => (e?.kind === 'column' ? e.path.at(-1)?.text : undefined);

function rangeAssertion(name: string, column: string, source: string, known: Known): Assertion[] {
  const range = known.schemas[source]?.fields.find((f) => f.name === column)?.constraints?.range;
  return range?.min === undefined || range.max === undefined
    ? []
    : [{ type: 'data_quality', numeric_ranges: [{ field: name, min: Number(range.min), max: Number(range.max) }] }];
}

function joinAssertions(select: Select, known: Known): Assertion[] {
  if (select.joins.length === 0) return [];
  return known.evidence.joins
    .filter(
      (j) =>
        select.from?.kind === 'relation' && (select.from.relation.kind === 'name' ? select.from.relation.name.text : '') === j.child.source,
    )
    .slice(0, 1)
    .map((j) => ({
      type: 'join_coverage',
      left_source: j.child.source,
      right_source: j.parent.source,
      join_key: j.child.column,
      right_key: j.parent.column,
      min_match_rate: 0.5,
    }));
}

function fileAssertions(target: TestableStatement, known: Known): Assertion[] {
  return sinksOf(target).flatMap((sink): Assertion[] => {
    const properties = propertiesOf(known.parsed, sink);
    const path = propertyText(properties, 'path');
    return /file_sink/.test(propertyText(properties, 'type') ?? '') && path !== undefined
      ? [{ type: 'file_exists', path, min_size_bytes: 1 }]
      : [];
  });
}
