import { kafka } from '@velostream/connectors/kafka';
import { createDeployments, embedded } from '@velostream/core/deploy';
import { fileSystem, sqliteStore } from '@velostream/core/node';

/** One run of the host under test; given as JSON in its one argument. */
export interface HostRun {
  readonly brokers: string;
  readonly topics: { readonly input: string; readonly passed: string; readonly output: string; readonly sums: string };
  readonly directory: string;
  /** `deploy` makes the deployment, `restore` brings it back, `rollback` also takes the version before. */
  readonly action: 'deploy' | 'restore' | 'replace' | 'rollback';
  readonly factor: number;
}

/** Five jobs, one behind the other: over Kafka, over streams of the deployment, and with state at the end. */
export function chainOf({ brokers, topics, factor }: Pick<HostRun, 'brokers' | 'topics' | 'factor'>) {
  const uri = (topic: string): string =>
    `kafka://${brokers}/${topic}?auto.offset.reset=earliest&request.timeout.ms=5000&transaction.timeout.ms=10000`;
  const read = (topic: string): string => `'${uri(topic)}'`;
  return {
    name: 'Chain',
    queries: [
      { name: 'Pass', sql: `SELECT id, name, amount FROM ${read(topics.input)} WHERE amount >= 0`, sink: uri(topics.passed) },
      { name: 'Scale', sql: `SELECT id, name, amount * ${factor} AS scaled FROM ${read(topics.passed)}`, sink: 'scaled' },
      { name: 'Shift', sql: 'SELECT id, name, scaled + 1 AS shifted FROM scaled', sink: 'shifted' },
      { name: 'Write', sql: 'SELECT id, name, shifted FROM shifted', sink: uri(topics.output) },
      {
        name: 'Sum',
        sql: `SELECT name PRIMARY KEY, COUNT(*) AS n, SUM(shifted) AS total FROM ${read(topics.output)} GROUP BY name EMIT CHANGES`,
        sink: uri(topics.sums),
      },
    ],
  };
}

const schema = (...columns: [name: string, type: string][]) => ({ columns: columns.map(([name, type]) => ({ name, type })) });

async function main(run: HostRun): Promise<void> {
  const loadedMs = performance.now();
  const app = chainOf(run);
  const [pass, scale, , , sum] = app.queries.map((query) => /'(kafka:[^']*)'/.exec(query.sql)?.[1] ?? '');
  const schemas = {
    [pass as string]: schema(['id', 'INTEGER'], ['name', 'STRING'], ['amount', 'INTEGER']),
    [scale as string]: schema(['id', 'INTEGER'], ['name', 'STRING'], ['amount', 'INTEGER']),
    [sum as string]: schema(['id', 'INTEGER'], ['name', 'STRING'], ['shifted', 'INTEGER']),
  };
  const sources = Object.fromEntries(Object.entries(schemas).map(([uri, known]) => [uri, { uri, schema: known }]));
  const deployments = createDeployments({
    targets: [
      embedded({
        connectors: [kafka()],
        fs: fileSystem(),
        directory: run.directory,
        checkpointEveryMs: 60,
        restart: { restartsMax: 50, firstDelayMs: 50, delayMaxMs: 500 },
      }),
    ],
    store: sqliteStore({ path: `${run.directory}/host.sqlite` }),
    allowUnapproved: true,
  });
  if (run.action === 'deploy') await deployments.deploy({ app, schemas, sources }, { name: 'chain', approve: 'auto' });
  else {
    await deployments.restore(async () => sources);
    if (run.action === 'replace') await deployments.deploy({ app, schemas, sources }, { name: 'chain', approve: 'auto' });
    if (run.action === 'rollback') await deployments.rollback('chain');
  }
  process.stdout.write(`ready: sources loaded after ${Math.round(loadedMs)} ms, jobs running after ${Math.round(performance.now())} ms\n`);
  process.on('SIGTERM', () => deployments.close().then(() => process.exit(0)));
  setInterval(async () => {
    const { jobs } = await deployments.get('chain');
    for (const job of jobs) if (job.error) process.stderr.write(`${job.name} ${job.status} ${job.error.code} ${job.error.message}\n`);
  }, 1000);
}

if (/host\.fixture\.m?[jt]s$/.test(process.argv[1] ?? '')) await main(JSON.parse(process.argv[2] as string) as HostRun);
