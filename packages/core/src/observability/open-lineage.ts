import type { App, Topology } from '../protocol/studio/app.ts';

/** An event of the OpenLineage standard, as its receivers take it (`POST /api/v1/lineage`). */
export type LineageEvent = Readonly<Record<string, unknown>>;

export interface LineageOptions {
  /** Namespace of the jobs, e.g. the name of the cluster. */
  readonly namespace: string;
  /** Namespace of a relation, e.g. `kafka://broker:9092`; the jobs' by default. */
  readonly datasetNamespace?: (relation: string) => string;
  /** Who says it: a URI of this software. */
  readonly producer?: string;
  /** Types of columns, by relation. */
  readonly schemas?: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
}

export type RunState = 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL';

const SPEC = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
const FACETS = 'https://openlineage.io/spec/facets';
const PRODUCER = 'https://github.com/velostream/velostream-studio';

/** Events of all queries of an application at one moment: inputs and outputs with columns, which column is computed from which, the SQL. */
export function lineageEvents(
  app: App,
  state: RunState,
  run: { readonly at: number; readonly runIds: Readonly<Record<string, string>> },
  options: LineageOptions,
): LineageEvent[] {
  return app.queries.flatMap((query) => {
    const runId = run.runIds[query.id];
    return runId === undefined ? [] : [eventOf(app, query.id, state, { at: run.at, runId }, options)];
  });
}

function eventOf(
  app: App,
  queryId: string,
  state: RunState,
  run: { readonly at: number; readonly runId: string },
  options: LineageOptions,
): LineageEvent {
  const producer = options.producer ?? PRODUCER;
  const query = app.queries.find((each) => each.id === queryId);
  const facet = (name: string, version: string, content: object) => ({
    _producer: producer,
    _schemaURL: `${FACETS}/${version}/${name}.json`,
    ...content,
  });
  const { nodes, edges } = app.topology;
  const mine = nodes.filter((node) => node.type === 'transform' && node.queryId === queryId).map((node) => node.id);
  const inputs = [...new Set(edges.filter((edge) => mine.includes(edge.to)).map((edge) => edge.from))];
  const outputs = [...new Set(edges.filter((edge) => mine.includes(edge.from)).map((edge) => edge.to))];
  const dataset = (id: string, facets: object) => ({ namespace: options.datasetNamespace?.(id) ?? options.namespace, name: id, facets });
  const schema = (id: string) => {
    const known = options.schemas?.[id];
    const columns = known ?? (nodes.find((node) => node.id === id)?.columns ?? []).map((name) => ({ name }));
    return columns.length === 0 ? {} : { schema: facet('SchemaDatasetFacet', '1-1-1', { fields: columns }) };
  };
  return {
    eventType: state,
    eventTime: new Date(run.at).toISOString(),
    producer,
    schemaURL: SPEC,
    run: {
      runId: run.runId,
      facets: { processing_engine: facet('ProcessingEngineRunFacet', '1-1-1', { version: '1', name: 'velostream' }) },
    },
    job: {
      namespace: options.namespace,
      name: `${app.slug}.${queryId}`,
      facets: {
        jobType: facet('JobTypeJobFacet', '2-0-3', { processingType: 'STREAMING', integration: 'VELOSTREAM', jobType: 'QUERY' }),
        ...(query === undefined ? {} : { sql: facet('SQLJobFacet', '1-0-1', { query: query.sql }) }),
        ...(query?.description === undefined
          ? {}
          : { documentation: facet('DocumentationJobFacet', '1-0-1', { description: query.description }) }),
      },
    },
    inputs: inputs.map((id) => dataset(id, schema(id))),
    outputs: outputs.map((id) => dataset(id, { ...schema(id), ...columnLineage(app.topology, id, inputs, { facet, options }) })),
  };
}

interface Tools {
  facet(name: string, version: string, content: object): object;
  readonly options: LineageOptions;
}

function columnLineage({ lineage, nodes }: Topology, output: string, inputs: readonly string[], { facet, options }: Tools): object {
  const columns = nodes.find((node) => node.id === output)?.columns ?? [];
  const fields = columns.flatMap((column) => {
    const from = lineage.filter((each) => each.to === `${output}.${column}`).flatMap(({ from: origin }) => inputField(origin, inputs));
    const named = from.map(({ relation, field }) => ({
      namespace: options.datasetNamespace?.(relation) ?? options.namespace,
      name: relation,
      field,
    }));
    return named.length === 0 ? [] : [[column, { inputFields: named }] as const];
  });
  return fields.length === 0 ? {} : { columnLineage: facet('ColumnLineageDatasetFacet', '1-2-0', { fields: Object.fromEntries(fields) }) };
}

/** Relation and column of `<relation>.<column>`; a relation may have dots itself. */
function inputField(origin: string, inputs: readonly string[]): { readonly relation: string; readonly field: string }[] {
  const relation = inputs.find((id) => origin.startsWith(`${id}.`));
  return relation === undefined ? [] : [{ relation, field: origin.slice(relation.length + 1) }];
}
