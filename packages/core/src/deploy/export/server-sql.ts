import { type BoundApp, type BoundAppQuery, bindApp } from '../../apps/bind-app.ts';
import { metricsOfQuery } from '../../apps/metrics-of.ts';
import { relationLabel } from '../../apps/relation-label.ts';
import { qualifiersIn } from '../../apps/rename/qualifiers.ts';
import { safeName, slugOf } from '../../observability/prometheus-name.ts';
import type { AppInput } from '../../protocol/studio/app.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { FromItem, Name, Property, Query, RelationName, Statement } from '../../sql/ast/index.ts';
import { printStatement } from '../../sql/syntax/index.ts';

export interface ServerSqlOptions {
  readonly schemas?: Readonly<Record<string, TableSchema>>;
  /** Brokers for topics that the SQL names without an address. */
  readonly brokers?: string;
  /** Address of a relation that the SQL knows by name alone. */
  readonly uris?: Readonly<Record<string, string>>;
}

export interface ServerSql {
  readonly sql: string;
  /** What the reference server cannot do, by query. */
  readonly blockers: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * An application in the form that a Velostream server reads: every query a named stream, every source and sink configured in WITH,
 * fields of metrics written out, and the header block with settings.
 */
export function serverSql(app: AppInput, options: ServerSqlOptions = {}): ServerSql {
  const bound = bindApp(app.queries, options.schemas ?? {});
  const notes: Notes = { blockers: [], warnings: [] };
  const statements = [...new Set(bound.ordered.map((s) => s.queryId))].map((id) => {
    const query = bound.queries.find((each) => each.id === id) as BoundAppQuery;
    return statementsOf(query, bound, options, notes);
  });
  return { sql: `${[headerOf(app, bound), ...statements].join('\n\n')}\n`, blockers: notes.blockers, warnings: notes.warnings };
}

interface Notes {
  readonly blockers: string[];
  readonly warnings: string[];
}

/** Settings as `annotate` of the reference writes them. */
export function headerOf(app: AppInput, bound: BoundApp, known: { readonly version?: string; readonly measured?: boolean } = {}): string {
  const name = slugOf(app.name);
  const selects = bound.queries.flatMap((q) => q.statements.flatMap((s) => (s.bound?.query.kind === 'select' ? [s.bound.query] : [])));
  const aggregates = selects.some((s) => s.group !== null);
  const traced = selects.some((s) => s.group?.window != null || s.from?.kind === 'join');
  const measured = known.measured ?? bound.queries.some((q) => q.parsed.annotations.metrics.length > 0);
  return [
    `-- SQL Application: ${app.name.replace(/\s+/g, ' ')}`,
    `-- Version: ${known.version ?? '1.0.0'}`,
    ...(app.description === undefined ? [] : [`-- Description: ${app.description.replace(/\s+/g, ' ').trim()}`]),
    '-- @phase: production',
    `-- @deployment.node_id: \${POD_NAME:${name}-1}`,
    `-- @deployment.node_name: ${name}`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the dialect
    '-- @deployment.region: ${REGION:local}',
    `-- @observability.metrics.enabled: ${measured}`,
    `-- @observability.tracing.enabled: ${traced}`,
    `-- @observability.profiling.enabled: ${aggregates ? 'prod' : 'off'}`,
    '-- @observability.error_reporting.enabled: true',
    `-- @batch_size: ${aggregates ? 1000 : 100}`,
    '-- @num_partitions: 8',
    `-- @partitioning_strategy: ${selects.some((s) => (s.group?.keys.length ?? 0) > 0) ? 'hash' : 'sticky'}`,
  ].join('\n');
}

function statementsOf(query: BoundAppQuery, app: BoundApp, options: ServerSqlOptions, notes: Notes): string {
  return query.parsed.statements
    .map((parsed, index) => {
      const own = query.statements.find((s) => s.index === index);
      if (own === undefined) return `${printStatement(parsed, 'velostream')};`;
      const annotated = query.parsed.annotations.metrics.some((m) => m.statement === index);
      if (annotated && own.statement.kind === 'create' && own.statement.object === 'TABLE')
        notes.warnings.push(`${query.name}: the server ignores metrics of CREATE TABLE`);
      const statement = configured(own.statement, own.outputs, { query, app, options, notes });
      return `${annotationsOf(query, index)}${printStatement({ ...statement, comments: [] }, 'velostream')};`;
    })
    .join('\n\n');
}

/** The comments of a statement, with the job mode and the fields that metrics measure. */
function annotationsOf(query: BoundAppQuery, index: number): string {
  const parsed = query.parsed.statements[index];
  const bound = query.statements.find((s) => s.index === index)?.bound?.query;
  const lines = (parsed?.comments ?? []).filter((c) => c.span.end <= (parsed?.span.start ?? 0)).map((c) => `-- ${c.text.trim()}`);
  const known = new Map(metricsOfQuery(query).map((metric) => [metric.name, metric]));
  const written = new Set(query.parsed.annotations.metrics.filter((m) => m.field !== undefined).map((m) => m.name));
  const completed = lines.flatMap((line) => {
    const name = /^-- @metric:\s*([A-Za-z_:][\w:]*)/i.exec(line)?.[1];
    const field = name === undefined || written.has(name) ? undefined : known.get(name)?.field;
    return field === undefined ? [line] : [line, `-- @metric_field: ${field}`];
  });
  const isAggregate = bound?.kind === 'select' && bound.group !== null;
  const mode = lines.some((line) => /@job_mode/i.test(line)) ? [] : [`-- @job_mode: ${isAggregate ? 'adaptive' : 'simple'}`];
  const all = [`-- @name: ${slugOf(query.name)}`, ...mode, ...completed];
  return `${all.join('\n')}\n`;
}

interface Place {
  readonly query: BoundAppQuery;
  readonly app: BoundApp;
  readonly options: ServerSqlOptions;
  readonly notes: Notes;
}

/** The server has no hyphens in names and no URIs without quotes. */
const serverName = (name: string): string => safeName(relationLabel(name).replace(/^.*\//, ''));

function configured(statement: Statement, outputs: readonly string[], place: Place): Statement {
  if (statement.kind !== 'create' || statement.query === undefined) {
    if (statement.kind !== 'query') return statement;
    const name: Name = { text: slugOf(place.query.name), quoted: false, span: statement.span };
    return configured(
      {
        ...statement,
        kind: 'create',
        object: 'STREAM',
        name,
        orReplace: false,
        ifNotExists: false,
        columns: [],
        primaryKey: [],
        properties: [],
      },
      outputs,
      place,
    );
  }
  const { span } = statement;
  const made = new Set(place.app.queries.flatMap((q) => q.statements.flatMap((s) => s.outputs)).map(relationLabel));
  const properties = new Map<string, string>(statement.query.properties.map((p) => [p.key, String(p.value)]));
  const query = renamed(statement.query, (name) => {
    const short = serverName(name);
    if (!made.has(relationLabel(name)) && !properties.has(`${short}.type`))
      for (const [key, value] of sourceSettings(name, short, place)) properties.set(key, value);
    if (made.has(relationLabel(name)))
      for (const [key, value] of kafkaSettings(short, relationLabel(name), 'source', undefined, place)) properties.set(key, value);
    return short;
  });
  const sink = outputs.find((name) => name.includes('://')) ?? outputs[0] ?? statement.name.text;
  const own = serverName(statement.name.text);
  if (!properties.has(`${own}.type`)) for (const [key, value] of sinkSettings(sink, own, place)) properties.set(key, value);
  const list = [...properties].map(([key, value]): Property => ({ key, value, keySpan: span, valueSpan: span, span }));
  return {
    ...statement,
    orReplace: false,
    name: { ...statement.name, text: own, quoted: false },
    query: { ...query, into: [], properties: list },
  } as Statement;
}

type Settings = readonly (readonly [string, string])[];

function sourceSettings(name: string, short: string, place: Place): Settings {
  const uri = name.includes('://') ? name : place.options.uris?.[name];
  if (uri === undefined) return kafkaSettings(short, name, 'source', undefined, place);
  return settingsOf(uri, short, 'source', place);
}

function sinkSettings(sink: string, short: string, place: Place): Settings {
  return sink.includes('://')
    ? settingsOf(sink, short, 'sink', place)
    : kafkaSettings(short, relationLabel(sink), 'sink', undefined, place);
}

function kafkaSettings(short: string, topic: string, role: 'source' | 'sink', brokers: string | undefined, place: Place): Settings {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the dialect
  const servers = brokers ?? place.options.brokers ?? '${VELOSTREAM_KAFKA_BROKERS:localhost:9092}';
  return [
    [`${short}.type`, `kafka_${role}`],
    [`${short}.bootstrap.servers`, servers],
    [`${short}.topic`, topic],
    [`${short}.value.format`, 'json'],
  ];
}

function settingsOf(uri: string, short: string, role: 'source' | 'sink', place: Place): Settings {
  const [, scheme = '', rest = ''] = /^([a-z0-9+.-]+):\/\/(.*)$/i.exec(uri) ?? [];
  if (scheme === 'kafka') {
    const [brokers, ...path] = rest.replace(/\?.*$/, '').split('/');
    return kafkaSettings(short, path.join('/'), role, brokers, place);
  }
  if (scheme === 'file') {
    const path = rest.replace(/\?.*$/, '');
    const format = /\.(\w+)(\.gz)?$/.exec(path)?.[1] ?? 'json';
    if (format !== 'csv' && !/^jsonl?$/.test(format))
      place.notes.blockers.push(`${place.query.name}: the server reads no ${format} files ("${uri}")`);
    return [
      [`${short}.type`, `file_${role}`],
      [`${short}.path`, path],
      [`${short}.format`, format],
    ];
  }
  place.notes.blockers.push(`${place.query.name}: the server has no ${scheme} ${role} ("${uri.replace(/\/\/[^@/]*@/, '//')}")`);
  return [];
}

/** The query with every relation called by its server name; where columns are qualified by the old one, it stays as the alias. */
function renamed(query: Query, nameOf: (name: string) => string): Query {
  const relation = (name: RelationName): { readonly to: RelationName; readonly old: string } => {
    const old = name.kind === 'uri' ? name.uri : name.name.text;
    return { old, to: { kind: 'name', name: { text: nameOf(old), quoted: false, span: name.span }, span: name.span } };
  };
  const qualifiers = qualifiersIn(query);
  const item = (from: FromItem): FromItem => {
    if (from.kind === 'derived') return { ...from, query: renamed(from.query, nameOf) };
    if (from.kind !== 'relation') return from;
    const { to, old } = relation(from.relation);
    const isRenamed = to.kind === 'name' && to.name.text !== old;
    const alias = from.alias ?? (isRenamed && qualifiers.has(old) ? { text: serverName(old), quoted: false, span: from.span } : undefined);
    return { ...from, relation: to, properties: [], ...(alias === undefined ? {} : { alias }) };
  };
  const ctes = query.ctes.map((cte) => ({ ...cte, query: renamed(cte.query, nameOf) }));
  if (query.kind === 'union') return { ...query, ctes, left: renamed(query.left, nameOf), right: renamed(query.right, nameOf) };
  return {
    ...query,
    ctes,
    ...(query.from === undefined ? {} : { from: item(query.from) }),
    joins: query.joins.map((join) => ({ ...join, right: item(join.right) })),
  };
}
