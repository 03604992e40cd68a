import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { SourceInput } from '../../engine/api.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { withRows } from '../capture/capture-query.ts';
import { type Executed, type ExecuteRequest, execute } from '../run/execute.ts';
import type { MadeInputs } from '../run/make-inputs.ts';
import { consumerGroup, type TopicNaming, topicName } from '../spec/topic-name.ts';
import type { TestBroker } from './test-broker.ts';

export interface BrokerRun {
  readonly broker: TestBroker;
  readonly query: string;
  /** Part of the names of topics; another for each run. */
  readonly runId: string;
  readonly naming: TopicNaming;
  readonly inputs: MadeInputs;
  warn(text: string): void;
}

const INPUT = 'input';
const OUTPUT = 'output';
/** One partition: rows come back in the order in which they were written. */
const TOPIC = { partitions: 1, replicationFactor: 1 };

/**
 * Runs a query whose inputs and output are topics of a broker, which are removed at the end whatever happens. The rows of the result are those that
 * a consumer of its topic gets.
 *
 * @throws {VeloError} `test-broker` when topics cannot be made.
 */
export async function runOverBroker(request: ExecuteRequest, run: BrokerRun): Promise<Executed> {
  const { broker, inputs, naming, runId } = run;
  const engine = { ...request.engine, connectors: [...(request.engine?.connectors ?? []), broker.connector] };
  const named = (base: string): string => topicName(`${run.query}_${base}`, { ...naming, runId, timestamp: request.now });
  const topics = new Map(Object.keys(inputs.sources).map((name) => [name, named(name)]));
  const output = named('out');
  const all = [...topics.values(), output];
  await makeTopics(broker, all);
  try {
    const errors: Executed['errors'][number][] = [];
    const sources: Record<string, SourceInput> = {};
    for (const [name, topic] of topics) {
      const source = inputs.sources[name] as SourceInput;
      const part = await execute({
        ...request,
        engine,
        sql: `SELECT * FROM ${INPUT}`,
        wanted: 'last',
        sources: { [INPUT]: source },
        coverage: false,
        changes: false,
        into: broker.uri(topic),
      });
      errors.push(...part.errors);
      sources[name] = topicSource(broker, topic, runId, source, part.queries.at(-1)?.schema);
    }
    const done = await execute({ ...request, engine, sources, into: broker.uri(output) });
    const own = done.queries.at(-1);
    if (!own) return done;
    const captured = await execute({
      ...request,
      engine,
      sql: `SELECT * FROM ${OUTPUT}`,
      wanted: 'last',
      sources: { [OUTPUT]: topicSource(broker, output, runId, undefined, own.schema) },
      coverage: false,
      changes: false,
    });
    const rows = captured.queries.at(-1)?.rows ?? [];
    const query = { ...own, rows, ...(own.changes ? { changes: withRows(own.changes, rows) } : {}) };
    return {
      ...done,
      queries: [...done.queries.slice(0, -1), query],
      errors: [...errors, ...done.errors],
      errorCount: errors.length + done.errorCount,
    };
  } finally {
    await broker.admin.deleteTopics(all).catch((error: unknown) => {
      run.warn(`topics ${all.join(', ')} are still there: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}

/** One after the other, so that what is there is known when the next cannot be made. */
async function makeTopics({ admin }: TestBroker, topics: readonly string[]): Promise<void> {
  const made: string[] = [];
  try {
    for (const topic of topics) {
      await admin.createTopics([{ topic, ...TOPIC }]);
      made.push(topic);
    }
  } catch (error) {
    if (made.length > 0) await admin.deleteTopics(made).catch(() => {});
    const problem = error instanceof Error ? error.message : String(error);
    const hint = VeloError.is(error) ? error.hint : undefined;
    throw testingError('VS5415', { problem }, { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}

function topicSource(
  broker: TestBroker,
  topic: string,
  runId: string,
  input: SourceInput | undefined,
  written: TableSchema | undefined,
): SourceInput {
  const given = (input ?? {}) as { readonly schema?: TableSchema; readonly eventTime?: string; readonly key?: readonly string[] };
  const columns = written?.columns ?? given.schema?.columns ?? [];
  return {
    uri: broker.uri(topic),
    options: { bounded: true, 'auto.offset.reset': 'earliest', 'group.id': consumerGroup(runId) },
    schema: { ...given.schema, columns },
    ...(given.eventTime === undefined ? {} : { eventTime: given.eventTime }),
    ...(given.key === undefined ? {} : { key: given.key }),
  };
}
