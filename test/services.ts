import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Another set of servers, such as an older Kafka beside the usual one, is named by VELO_SERVICES_STATE. */
const stateFile = process.env['VELO_SERVICES_STATE'] ?? fileURLToPath(new URL('../.cache/services/state.json', import.meta.url));

/** The variables that each service sets. A service adds its line here so that a test reads them with their names checked. */
interface ServiceVariables {
  kafka:
    | 'VELO_KAFKA_BROKERS'
    | 'VELO_KAFKA_SASL_BROKERS'
    | 'VELO_KAFKA_TLS_BROKERS'
    | 'VELO_KAFKA_SASL_TLS_BROKERS'
    | 'VELO_KAFKA_PROXY_TARGET'
    | 'VELO_KAFKA_PROXY_ADDRESS'
    | 'VELO_KAFKA_CA_FILE'
    | 'VELO_KAFKA_USERNAME'
    | 'VELO_KAFKA_PASSWORD'
    | 'VELO_KAFKA_CLASSPATH';
  postgres: 'VELO_POSTGRES_URL' | 'VELO_POSTGRES_TLS';
  clickhouse: 'VELO_CLICKHOUSE_URL' | 'VELO_CLICKHOUSE_USER' | 'VELO_CLICKHOUSE_PASSWORD' | 'VELO_CLICKHOUSE_ENGINE';
  s3: 'VELO_S3_URL' | 'VELO_S3_ACCESS_KEY' | 'VELO_S3_SECRET_KEY' | 'VELO_S3_SERVER';
  'schema-registry': 'VELO_REGISTRY_URL';
  flink: 'VELO_FLINK_GATEWAY' | 'VELO_FLINK_REST' | 'VELO_FLINK_METRICS' | 'VELO_FLINK_FILES' | 'VELO_FLINK_SAVEPOINTS';
  prometheus: 'VELO_PROMETHEUS_URL' | 'VELO_PROMETHEUS_DIR' | 'VELO_PROMTOOL';
  alertmanager: 'VELO_ALERTMANAGER_URL' | 'VELO_ALERTMANAGER_CONFIG' | 'VELO_AMTOOL';
  interop: 'VELO_INTEROP_PYTHON' | 'VELO_INTEROP_ORC_TOOLS';
}

type VariablesOf<Name extends string> = Name extends keyof ServiceVariables ? ServiceVariables[Name] : string;

/** What a test hands over: vitest's own context has it. */
interface Skipping {
  skip(note?: string): never;
}

/** A server that a test needs. */
export interface Service<Name extends string> {
  /** The variables of the running server. Skips the test with a reason where it is not up, and fails where REQUIRE_SERVICES wants it. */
  require(context: Skipping): Readonly<Record<VariablesOf<Name>, string>>;
  /** The variables, or nothing where the server is not up. For `beforeAll`, which has no test to skip. */
  find(): Readonly<Record<VariablesOf<Name>, string>> | undefined;
}

/** Whether REQUIRE_SERVICES makes the lack of a service a failure: `all`, or a list of names with commas. */
export function isRequired(name: string): boolean {
  const wanted = process.env['REQUIRE_SERVICES'] ?? '';
  return wanted === 'all' || wanted.split(',').includes(name);
}

interface State {
  readonly [name: string]: { readonly env: Readonly<Record<string, string>> };
}

function findVariables(name: string): Readonly<Record<string, string>> | undefined {
  if (!existsSync(stateFile)) return undefined;
  const state = JSON.parse(readFileSync(stateFile, 'utf8')) as State; // written by .config/services/run.mjs
  return state[name]?.env;
}

/** A server for tests, started by `npm run services -- up <name>` or by the test run itself with REQUIRE_SERVICES=all. */
export function service<const Name extends string>(name: Name): Service<Name> {
  return {
    find: () => findVariables(name),
    require(context) {
      const variables = findVariables(name);
      if (variables) return variables;
      const reason = `the service "${name}" is not running; start it with: npm run services -- up ${name}`;
      if (isRequired(name)) throw new Error(reason);
      return context.skip(reason);
    },
  };
}
