import type { AppStatement, BoundApp, BoundAppQuery } from '../../apps/bind-app.ts';
import { relationLabel } from '../../apps/relation-label.ts';
import type { RelationName, Statement } from '../../sql/ast/index.ts';
import { printStatement } from '../../sql/syntax/index.ts';
import type { Field } from '../../values/column.ts';
import { streamUri } from './stream-connector.ts';

/** One query as the engine runs it. */
export interface JobScript {
  readonly sql: string;
  /** Name of the statement whose output is the job's. */
  readonly main: string;
  /** Streams of the deployment that it reads, by the name in its SQL. */
  readonly reads: ReadonlyMap<string, string>;
  /** Stream that it writes; undefined: nobody of the deployment reads it as one, or it goes to a system outside. */
  readonly writes: { readonly topic: string; readonly fields: readonly Field[] } | undefined;
}

/** How a target adds to the address of a sink, e.g. the id of its transactions. */
export type CompleteSink = (uri: string, job: string) => string;

/**
 * SQL of a job. What other queries of the application write is read from a stream of the deployment, or from the system outside that it
 * went to; the output goes to its sink: a URI, or a stream of the deployment.
 */
export function jobScript(app: BoundApp, query: BoundAppQuery, job: string, completeSink: CompleteSink = (uri) => uri): JobScript {
  const makers = new Map(
    app.queries.flatMap((q) => q.statements.flatMap((s) => s.outputs.map((name) => [relationLabel(name), { q, s }] as const))),
  );
  const reads = new Map<string, string>();
  for (const statement of query.statements) {
    for (const name of statement.reads) {
      const maker = makers.get(relationLabel(name));
      if (maker === undefined || maker.q.id === query.id) continue;
      const outside = maker.s.outputs.find((output) => output.includes('://'));
      if (outside === undefined) reads.set(name, streamUri(topicOf(maker.s), job));
      else if (!name.includes('://')) reads.set(name, outside);
    }
  }
  const { main } = query;
  const isRead = app.queries.some(
    (q) =>
      q.id !== query.id &&
      q.statements.some((s) => s.reads.some((name) => main?.outputs.some((o) => relationLabel(o) === relationLabel(name)))),
  );
  const isOutside = main?.outputs.some((name) => name.includes('://')) === true;
  const inside = main !== undefined && !isOutside && (isRead || !hasSink(main.statement));
  const writes = inside && main.bound !== null ? { topic: topicOf(main), fields: main.bound.query.fields } : undefined;
  const statements = query.parsed.statements.map((parsed, index) => {
    const own = query.statements.find((s) => s.index === index);
    if (own === undefined) return parsed;
    return own.isMain ? withTargets(own, job, writes?.topic, completeSink) : own.statement;
  });
  return {
    sql: `${statements.map((s) => printStatement(s)).join(';\n')};`,
    main: main === undefined ? '' : mainName(main),
    reads,
    writes,
  };
}

const topicOf = (statement: AppStatement): string => relationLabel(statement.outputs[0] ?? statement.queryId);

const mainName = ({ statement, index }: AppStatement): string => (statement.kind === 'create' ? statement.name.text : `stmt_${index}`);

/** Whether the properties of a statement already say where its rows go. */
function hasSink(statement: Statement): boolean {
  const query = statement.kind === 'create' || statement.kind === 'query' ? statement.query : undefined;
  return query?.properties.some((p) => p.key.endsWith('.type') && /_sink$/.test(String(p.value))) === true;
}

function withTargets(own: AppStatement, job: string, topic: string | undefined, completeSink: CompleteSink): Statement {
  const { statement } = own;
  if (statement.kind !== 'create' && statement.kind !== 'query') return statement;
  const { query } = statement;
  if (query === undefined) return statement;
  const uri = (text: string): RelationName => ({ kind: 'uri', uri: text, span: query.span });
  const written = query.into.map((target): RelationName => (target.kind === 'uri' ? uri(completeSink(target.uri, job)) : target));
  const known = new Set(query.into.map((target) => (target.kind === 'uri' ? target.uri : target.name.text)));
  const further = own.outputs.filter((name) => name.includes('://') && !known.has(name)).map((name) => uri(completeSink(name, job)));
  const stream = topic === undefined ? [] : [uri(streamUri(topic, job))];
  return { ...statement, query: { ...query, into: [...written, ...further, ...stream] } } as Statement;
}
