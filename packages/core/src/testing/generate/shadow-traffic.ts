import { testingError } from '../../diagnostics/codes/testing.ts';
import type { DataConstraints, DataField, DataSchema, TimeSimulation } from '../../protocol/studio/testing.ts';
import { isMap, type Loose, toNumber } from '../schema/loose.ts';

/** What a generator file of ShadowTraffic means for us. */
export interface ImportedGenerators {
  readonly schemas: readonly DataSchema[];
  readonly records: Readonly<Record<string, number>>;
  readonly timeSimulation: Readonly<Record<string, TimeSimulation>>;
  readonly warnings: readonly string[];
}

const RECORDS = 1000;
const VARIABLES_DEPTH = 20;

/**
 * Reads a generator file (`{ generators: [{ topic | table | bucket, value | row | data, … }] }`): functions of the `_gen` vocabulary become
 * constraints, `lookup` becomes a foreign key, `throttleMs` and `delay` become event times. What has no counterpart is told.
 *
 * @throws {VeloError} `generator-import` where the text is no such file.
 */
export function fromShadowTraffic(input: string | object): ImportedGenerators {
  const source: unknown = typeof input === 'string' ? parseJson(input) : input;
  const list =
    isMap(source) && Array.isArray(source['generators']) ? (source['generators'] as readonly unknown[]) : isMap(source) ? [source] : [];
  const generators = list.filter(isMap);
  if (generators.length === 0) throw problem('file', 'it has no generators');
  const warnings: string[] = [];
  const records: Record<string, number> = {};
  const times: Record<string, TimeSimulation> = {};
  const schemas = generators.map((g) => {
    const reader = new GeneratorReader(g, warnings);
    const schema = reader.schema();
    const { count, simulation } = reader.local(schema);
    records[schema.name] = count;
    if (simulation) times[schema.name] = simulation;
    return schema;
  });
  for (const s of isMap(source) && isMap(source['schedule']) ? ['schedule'] : [])
    warnings.push(`"${s}" is not imported: stages of one generator follow each other in one run`);
  return { schemas, records, timeSimulation: times, warnings };
}

const problem = (generator: string, text: string) => testingError('VS5409', { generator, problem: text });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw problem('file', error instanceof Error ? error.message : String(error));
  }
}

class GeneratorReader {
  readonly name: string;
  private readonly source: Loose;
  private readonly warnings: string[];
  private readonly variables: Loose;

  constructor(source: Loose, warnings: string[]) {
    this.source = source;
    this.warnings = warnings;
    this.name = String(source['topic'] ?? source['table'] ?? source['collection'] ?? source['name'] ?? source['bucket'] ?? 'generated');
    this.variables = { ...(isMap(source['vars']) ? source['vars'] : {}), ...(isMap(source['varsOnce']) ? source['varsOnce'] : {}) };
  }

  schema(): DataSchema {
    const value = this.source['value'] ?? this.source['row'] ?? this.source['data'] ?? this.source['document'];
    if (!isMap(value)) throw problem(this.name, 'it has no "value", "row" or "data"');
    const fields = this.fieldsOf(value, '');
    const key = this.source['key'];
    const keyFields = isMap(key) && !('_gen' in key) ? this.fieldsOf(key, '').filter((f) => !fields.some((o) => o.name === f.name)) : [];
    const fork = this.fork(fields);
    const all = [...keyFields, ...fields];
    if (all.length === 0) throw problem(this.name, 'it makes no fields');
    return { name: this.name, ...(keyFields[0] ? { keyField: keyFields[0].name } : {}), fields: fork ?? all };
  }

  /** `fork: { key, maxForks }`: so many different keys. */
  private fork(fields: readonly DataField[]): DataField[] | undefined {
    const fork = this.source['fork'];
    if (!isMap(fork)) return undefined;
    const max = toNumber(fork['maxForks']) ?? 10;
    return fields.map((f): DataField => {
      const usesKey = f.extras?.['forkKey'] === true;
      if (!usesKey) return f;
      return {
        name: f.name,
        type: 'string',
        constraints: { enum_values: { values: Array.from({ length: Math.min(1000, max) }, (_, i) => `${f.name}-${i + 1}`) } },
      };
    });
  }

  local(schema: DataSchema): { count: number; simulation: TimeSimulation | undefined } {
    const local = isMap(this.source['localConfigs']) ? this.source['localConfigs'] : {};
    const count = toNumber(local['maxEvents']) ?? RECORDS;
    const throttle =
      toNumber(local['throttleMs']) ??
      (isMap(local['throttleMs']) ? toNumber(meanOf(local['throttleMs'])) : undefined) ??
      (toNumber(local['throughput']) ? 1000 / (toNumber(local['throughput']) as number) : undefined);
    const delay = isMap(local['delay']) ? local['delay'] : undefined;
    for (const key of Object.keys(local))
      if (!['maxEvents', 'throttleMs', 'throughput', 'delay', 'maxHistoryEvents', 'discard', 'events'].includes(key))
        this.warnings.push(`${schema.name}: "${key}" is not imported`);
    if (local['discard']) this.warnings.push(`${schema.name}: "discard" is not imported; use fault_injection`);
    if (throttle === undefined && !delay) return { count, simulation: undefined };
    const span = Math.max(1, Math.round(count * (throttle ?? 1000)));
    const late = delay
      ? { rate: toNumber(delay['rate']) ?? 0.1, max_ms: toNumber(delay['ms']) ?? toNumber(meanOf(delay['ms'])) ?? 1000 }
      : undefined;
    return { count, simulation: { start_time: `-${span}ms`, end_time: 'now', ...(late ? { late } : {}) } };
  }

  private fieldsOf(map: Loose, prefix: string): DataField[] {
    return Object.entries(map).flatMap(([key, value]): DataField[] => {
      const name = prefix === '' ? key : `${prefix}_${key}`;
      const resolved = this.resolve(value, 0);
      if (isMap(resolved) && !('_gen' in resolved)) return this.fieldsOf(resolved, name);
      return [this.field(name, resolved)];
    });
  }

  /** Follows `var`. */
  private resolve(value: unknown, depth: number): unknown {
    if (depth > VARIABLES_DEPTH || !isMap(value) || value['_gen'] !== 'var') return value;
    const name = String(value['var'] ?? value['name'] ?? '');
    if (name === 'forkKey') return { _gen: 'forkKey' };
    return this.resolve(this.variables[name] ?? null, depth + 1);
  }

  private field(name: string, value: unknown): DataField {
    if (!isMap(value)) return constant(name, value);
    const made = this.generated(name, String(value['_gen'] ?? ''), value);
    const nulls = isMap(value['null']) ? toNumber(value['null']['rate']) : toNumber(value['null']);
    return nulls === undefined ? made : { ...made, nullable: true, nullProbability: nulls };
  }

  private generated(name: string, gen: string, v: Loose): DataField {
    const places = toNumber(v['decimals']);
    const number = (constraints: DataConstraints): DataField =>
      places === undefined
        ? { name, type: 'float', constraints }
        : places === 0
          ? { name, type: 'integer', constraints }
          : { name, type: 'decimal', scale: places, constraints };
    switch (gen) {
      case 'uuid':
        return { name, type: 'uuid' };
      case 'boolean':
        return { name, type: 'boolean' };
      case 'oneOf':
        return this.choice(name, Array.isArray(v['choices']) ? (v['choices'] as readonly unknown[]) : [], undefined);
      case 'weightedOneOf': {
        const choices = (Array.isArray(v['choices']) ? (v['choices'] as readonly unknown[]) : []).filter(isMap);
        return this.choice(
          name,
          choices.map((c) => c['value']),
          choices.map((c) => toNumber(c['weight']) ?? 1),
        );
      }
      case 'uniformDistribution': {
        const bounds = Array.isArray(v['bounds']) ? (v['bounds'] as readonly unknown[]).map((b) => toNumber(b) ?? 0) : [0, 1000];
        return number({ range: { min: bounds[0] ?? 0, max: bounds[1] ?? 1000 } });
      }
      case 'normalDistribution': {
        const mean = toNumber(v['mean']) ?? 0;
        const sd = toNumber(v['sd']) ?? 1;
        return number({ range: { min: mean - 6 * sd, max: mean + 6 * sd }, distribution: { name: 'normal', mean, std_dev: sd } });
      }
      case 'histogram':
        return this.histogram(name, v);
      case 'sequentialInteger':
        return {
          name,
          type: 'integer',
          constraints: { sequence: { start: toNumber(v['startingFrom']) ?? 0, step: toNumber(v['incrementBy']) ?? 1 } },
        };
      case 'digitString':
        return { name, type: 'string', constraints: { pattern: `[0-9]{${toNumber(v['n']) ?? 8}}` } };
      case 'lookup':
        return this.lookup(name, v);
      case 'stateMachine':
        return this.machine(name, v);
      case 'now':
        return { name, type: 'timestamp', constraints: { sequential: true } };
      case 'formatDateTime':
        return { name, type: 'timestamp', constraints: { sequential: true } };
      case 'constant':
        return constant(name, v['x'] ?? v['value']);
      case 'math':
        return { name, type: 'float', constraints: { derived: { expression: this.expression(v) } } };
      case 'string':
        return { name, type: 'string', ...(typeof v['expr'] === 'string' ? { constraints: { pattern: patternOf(v['expr']) } } : {}) };
      case 'forkKey':
        return { name, type: 'string', extras: { forkKey: true } };
      default:
        this.warnings.push(`${this.name}.${name}: "${gen}" has no counterpart; random text is used`);
        return { name, type: 'string' };
    }
  }

  private choice(name: string, choices: readonly unknown[], weights: readonly number[] | undefined): DataField {
    const values = choices.filter(
      (c): c is string | number | boolean => typeof c === 'string' || typeof c === 'number' || typeof c === 'boolean',
    );
    if (values.length < choices.length) this.warnings.push(`${this.name}.${name}: choices that are generators themselves are left out`);
    const numeric = values.length > 0 && values.every((x) => typeof x === 'number');
    const type: DataField['type'] = numeric
      ? values.every(Number.isInteger)
        ? 'integer'
        : 'float'
      : values.length > 0 && values.every((x) => typeof x === 'boolean')
        ? 'boolean'
        : 'string';
    return {
      name,
      type,
      constraints: {
        enum_values: {
          values: values.length > 0 ? values : ['value'],
          ...(weights && weights.length === values.length ? { weights } : {}),
        },
      },
    };
  }

  /** Bins of `lookup`-like frequencies: `{ bin, frequency }`. */
  private histogram(name: string, v: Loose): DataField {
    const bins = (Array.isArray(v['bins']) ? (v['bins'] as readonly unknown[]) : []).filter(isMap).map((b) => {
      const bounds = Array.isArray(b['bounds']) ? (b['bounds'] as readonly unknown[]) : [0, toNumber(b['bin']) ?? 1];
      return { min: toNumber(bounds[0]) ?? 0, max: toNumber(bounds[1]) ?? 1, weight: toNumber(b['frequency']) ?? 1 };
    });
    const low = Math.min(...bins.map((b) => b.min), 0);
    const high = Math.max(...bins.map((b) => b.max), 1);
    return { name, type: 'float', constraints: { range: { min: low, max: high }, distribution: { name: 'histogram', bins } } };
  }

  private lookup(name: string, v: Loose): DataField {
    const schema = String(v['topic'] ?? v['table'] ?? v['collection'] ?? v['name'] ?? '');
    const path = Array.isArray(v['path']) ? (v['path'] as readonly unknown[]).map(String) : [name];
    const field = path.filter((p) => p !== 'value' && p !== 'key' && p !== 'row').join('_') || name;
    return { name, type: 'string', constraints: { references: { schema, field, strategy: isMap(v['histogram']) ? 'zipf' : 'sample' } } };
  }

  private machine(name: string, v: Loose): DataField {
    const transitions = Object.fromEntries(
      Object.entries(isMap(v['transitions']) ? v['transitions'] : {}).map(([from, to]) => {
        if (typeof to === 'string') return [from, { [to]: 1 }];
        const choices = isMap(to) && Array.isArray(to['choices']) ? (to['choices'] as readonly unknown[]) : [];
        return [
          from,
          Object.fromEntries(choices.map((c) => (isMap(c) ? [String(c['value']), toNumber(c['weight']) ?? 1] : [String(c), 1]))),
        ];
      }),
    );
    return { name, type: 'string', constraints: { state_machine: { initial: String(v['initial'] ?? ''), transitions } } };
  }

  private expression(v: Loose): string {
    const names = isMap(v['names']) ? v['names'] : {};
    return String(v['expr'] ?? '0').replace(/[A-Za-z_]\w*/g, (word) => {
      const value = names[word];
      if (typeof value === 'number') return String(value);
      if (isMap(value) && value['_gen'] === 'var') return String(value['var']);
      return word;
    });
  }
}

function constant(name: string, value: unknown): DataField {
  if (typeof value === 'number')
    return { name, type: Number.isInteger(value) ? 'integer' : 'float', constraints: { enum_values: { values: [value] } } };
  if (typeof value === 'boolean') return { name, type: 'boolean', constraints: { enum_values: { values: [value] } } };
  return { name, type: 'string', constraints: { enum_values: { values: [String(value ?? '')] } } };
}

/** Data providers in text (`#{Name.fullName}`) become words of letters. */
const patternOf = (expr: string): string =>
  expr.replace(/[.*+?^${}()|[\]\\]/g, (c) => (c === '#' ? c : `\\${c}`)).replace(/#\\\{[^}]*\\\}/g, '[A-Z][a-z]{4,9}');

function meanOf(value: unknown): number | undefined {
  if (!isMap(value)) return toNumber(value);
  if (value['_gen'] === 'normalDistribution') return toNumber(value['mean']);
  const bounds = Array.isArray(value['bounds']) ? (value['bounds'] as readonly unknown[]).map((b) => toNumber(b) ?? 0) : undefined;
  return bounds ? ((bounds[0] ?? 0) + (bounds[1] ?? 0)) / 2 : undefined;
}
