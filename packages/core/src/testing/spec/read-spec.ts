import { parse as parseYaml } from 'yaml';
import { testingError } from '../../diagnostics/codes/testing.ts';
import type { Row } from '../../protocol/query.ts';
import type { Assertion, DataSchema, TimeSimulation } from '../../protocol/studio/testing.ts';
import { nearestName } from '../../sql/bind/nearest-name.ts';
import { isMap, type Loose, LooseMap } from '../schema/loose.ts';
import { readDataSchema } from '../schema/read-schema.ts';
import { readFaults } from './read-faults.ts';
import type { InputSpec, QuerySpec, Scenario, TestSpec } from './test-spec.ts';

export interface ReadSpec {
  readonly spec: TestSpec;
  readonly warnings: readonly string[];
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Reads a test spec from YAML or JSON text or from an object, in any of the dialects. `variables` fills `${NAME:default}`.
 *
 * @throws {VeloError} `test-spec` where the application or the queries are missing, names repeat, or `join_coverage` rates are no rates.
 */
export function readTestSpec(input: string | object, variables: (name: string) => string | undefined = () => undefined): ReadSpec {
  const source = typeof input === 'string' ? fromText(input) : input;
  if (!isMap(source)) throw problem('spec', 'it is no map of keys');
  const top = new LooseMap(source);
  const suite = new LooseMap(top.map('test_suite') ?? {});
  const defaults = new LooseMap(suite.map('defaults') ?? {});
  const application = top.text('application') ?? suite.text('name') ?? top.text('name');
  if (application === undefined) throw problem('spec', 'it names no application');
  const reader = new SpecReader(application, variables);
  const queries = (top.list('queries') ?? suite.list('queries') ?? []).map((q, i) => reader.query(q, i));
  if (queries.length === 0) throw problem(application, `it has no queries${misspelt(source)}`);
  for (const [i, q] of queries.entries())
    if (queries.findIndex((other) => other.name === q.name) < i) throw problem(application, `query "${q.name}" stands twice`);
  const sql = top.text('sql');
  const sqlFile = top.text('sql_file') ?? suite.text('sql_file');
  const records = top.number('default_records') ?? defaults.number('records_per_source') ?? defaults.number('records');
  const faults = top.map('fault_injection');
  const stress = top.map('stress_test');
  const spec: TestSpec = {
    application,
    ...opt('description', top.text('description') ?? suite.text('description')),
    ...opt('sql', sql),
    ...opt('sqlFile', sqlFile),
    defaultTimeoutMs: top.number('default_timeout_ms') ?? defaults.number('timeout_ms') ?? DEFAULT_TIMEOUT_MS,
    ...opt('defaultRecords', records),
    ...opt('seed', top.number('seed')),
    ...opt('now', top.get('now') as string | number | undefined),
    config: reader.textMap(top.map('config')),
    schemas: reader.schemas(top.map('schemas') ?? suite.map('schemas')),
    ...opt('referenceTables', mapOrNone(reader.textMap(top.map('reference_tables') ?? suite.map('reference_tables')))),
    ...opt('topicNaming', top.map('topic_naming')),
    queries: queries.map((q, i) => reader.resolvePrevious(q, i, queries)),
    ...opt('scenarios', listOrNone((top.list('scenarios') ?? []).filter(isMap).map((s) => reader.scenario(s)))),
    ...opt('faultInjection', faults ? readFaults(faults) : undefined),
    ...opt('stressTest', stress ? stressOf(stress) : undefined),
    ...opt('debug', top.map('debug')),
    ...opt('extras', mapOrNone(top.rest())),
  };
  for (const key of Object.keys(top.rest())) reader.warnings.push(`key "${key}" is not known`);
  return { spec, warnings: reader.warnings };
}

/** The key that was probably meant to be "queries". */
function misspelt(source: Readonly<Record<string, unknown>>): string {
  const key = nearestName('queries', Object.keys(source));
  return key === undefined || key === 'queries' ? '' : `; "${key}" is not "queries"`;
}

const problem = (what: string, text: string) => testingError('VS5402', { what, problem: text });
const opt = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
const listOrNone = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
const mapOrNone = <T>(map: Readonly<Record<string, T>>): Readonly<Record<string, T>> | undefined =>
  Object.keys(map).length > 0 ? map : undefined;

function fromText(text: string): unknown {
  try {
    return parseYaml(text, { maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw testingError('VS5402', { what: 'spec', problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  }
}

function stressOf(source: Loose): NonNullable<TestSpec['stressTest']> {
  const map = new LooseMap(source);
  return {
    enabled: map.flag('enabled') ?? true,
    ...opt('records', map.number('records')),
    ...opt('ratePerSecond', map.number('rate_per_second')),
    ...opt('durationSeconds', map.number('duration_seconds', 'duration')),
  };
}

class SpecReader {
  readonly warnings: string[] = [];
  private readonly application: string;
  private readonly variables: (name: string) => string | undefined;

  constructor(application: string, variables: (name: string) => string | undefined) {
    this.application = application;
    this.variables = variables;
  }

  private fail(text: string): never {
    throw problem(this.application, text);
  }

  private rest(map: LooseMap, of: string): Readonly<Record<string, unknown>> | undefined {
    map.get('extras');
    const left = map.rest();
    for (const key of Object.keys(left)) this.warnings.push(`${of}: key "${key}" is not known`);
    return mapOrNone(left);
  }

  textMap(source: Loose | undefined): Record<string, string> {
    return Object.fromEntries(Object.entries(source ?? {}).map(([k, v]) => [k, this.filled(String(v))]));
  }

  private filled(text: string): string {
    return text.replace(
      /\$\{([A-Za-z_]\w*)(?::([^}]*))?\}/g,
      (whole, name: string, otherwise?: string) => this.variables(name) ?? otherwise ?? whole,
    );
  }

  schemas(source: Loose | undefined): Record<string, string | DataSchema> {
    return Object.fromEntries(
      Object.entries(source ?? {}).map(([name, value]) => {
        if (!isMap(value)) return [name, this.filled(String(value))];
        const read = readDataSchema({ name, ...value });
        this.warnings.push(...read.warnings);
        return [name, read.schema];
      }),
    );
  }

  query(source: unknown, index: number): QuerySpec {
    if (!isMap(source)) return this.fail(`query ${index + 1} is no map of keys`);
    const map = new LooseMap(source);
    const name = map.text('name') ?? this.fail(`query ${index + 1} has no name`);
    const outputs = (map.list('outputs') ?? []).filter(isMap).map((o) => {
      const inner = new LooseMap(o);
      return {
        sink: inner.text('sink', 'name', 'topic') ?? this.fail(`query "${name}": an output names no sink`),
        assertions: this.assertions(inner.list('assertions'), name),
      };
    });
    return {
      name,
      ...opt('description', map.text('description')),
      ...opt('skip', map.flag('skip')),
      ...opt('dependencies', listOrNone((map.list('dependencies', 'depends_on') ?? []).map(String))),
      inputs: this.inputs(map.get('inputs'), name),
      ...opt('output', map.map('output')),
      ...(map.has('outputs') ? { outputs } : {}),
      assertions: this.assertions(map.list('assertions'), name),
      ...opt('metricAssertions', listOrNone(this.assertions(map.list('metric_assertions'), name))),
      ...opt('timeoutMs', map.number('timeout_ms')),
      ...opt('derive', map.flag('derive')),
      ...opt('captureFormat', map.text('capture_format')),
      ...opt('captureSchema', map.text('capture_schema')),
      ...opt('line', map.number('line')),
      ...opt('extras', this.rest(map, `query "${name}"`)),
    };
  }

  private inputs(given: unknown, query: string): InputSpec[] {
    if (isMap(given))
      return Object.entries(given).map(([source, settings]) => this.input({ source, ...(isMap(settings) ? settings : {}) }, query));
    return (Array.isArray(given) ? (given as readonly unknown[]) : []).filter(isMap).map((i) => this.input(i, query));
  }

  private input(source: Loose, query: string): InputSpec {
    const map = new LooseMap(source);
    const name = map.text('source', 'name') ?? this.fail(`query "${query}": an input names no source`);
    const type = new LooseMap(map.map('source_type') ?? {});
    const isFile = type.text('type') === 'file';
    const from = map.get('from_previous');
    const rows = map.list('rows', 'data');
    type.get('watch');
    const format = map.text('format') ?? type.text('format');
    const file = map.text('data_file', 'from_file', 'file') ?? (isFile ? type.text('path') : undefined);
    return {
      source: name,
      ...opt('schema', map.text('schema')),
      ...opt('records', map.number('records')),
      ...opt(
        'fromPrevious',
        from === undefined || from === false || from === null
          ? undefined
          : from === true || from === 'true'
            ? (true as const)
            : String(from),
      ),
      ...opt('dataFile', file),
      ...opt('format', format),
      ...opt(
        'rows',
        rows?.filter(isMap).map((r) => ({ ...r }) as Row),
      ),
      ...opt('topic', type.text('topic')),
      ...opt('timeSimulation', map.map('time_simulation') as TimeSimulation | undefined),
      ...opt('keyField', map.text('key_field')),
      ...opt('nullProbability', map.number('null_probability')),
      ...opt('ratePerSecond', map.number('rate_per_second')),
      ...opt('extras', this.rest(map, `query "${query}", input "${name}"`)),
    };
  }

  private assertions(list: readonly unknown[] | undefined, query: string): Assertion[] {
    return (list ?? []).flatMap((item): Assertion[] => {
      if (!isMap(item)) return this.fail(`query "${query}": an assertion is no map of keys`);
      const map = new LooseMap(item);
      const type = map.text('type') ?? this.fail(`query "${query}": an assertion has no type`);
      const rate = map.number('min_match_rate');
      if (rate !== undefined && (rate < 0 || rate > 1)) this.fail(`query "${query}": min_match_rate is from 0 to 1, not ${rate}`);
      return [{ ...item, type }];
    });
  }

  /** `from_previous` names a query that exists. */
  resolvePrevious(query: QuerySpec, index: number, all: readonly QuerySpec[]): QuerySpec {
    const inputs = query.inputs.map((input) => {
      if (input.fromPrevious === undefined) return input;
      if (input.fromPrevious === true) {
        const named = all.find((q) => q.name === input.source) ?? all[index - 1];
        if (!named) return this.fail(`query "${query.name}": there is no query before it for "${input.source}"`);
        return { ...input, fromPrevious: named.name };
      }
      const known = all.some((q) => q.name === input.fromPrevious || q.outputs?.some((o) => o.sink === input.fromPrevious));
      if (!known) return this.fail(`query "${query.name}": from_previous names "${input.fromPrevious}", which is no query of this spec`);
      return input;
    });
    return { ...query, inputs };
  }

  scenario(source: Loose): Scenario {
    const map = new LooseMap(source);
    const name = map.text('name') ?? this.fail('a scenario has no name');
    const names = map.get('queries');
    return {
      name,
      ...opt('description', map.text('description')),
      ...opt('defaultRecords', map.number('default_records')),
      ...opt('timeoutMs', map.number('timeout_ms')),
      queries: Array.isArray(names) ? names.map(String) : 'all',
      assertions: this.assertions(map.list('assertions'), `scenario ${name}`),
    };
  }
}
