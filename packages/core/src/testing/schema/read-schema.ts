import { parse as parseYaml } from 'yaml';
import { testingError } from '../../diagnostics/codes/testing.ts';
import type { VeloError } from '../../diagnostics/velo-error.ts';
import type { AnomalyRule, DataField, DataSchema } from '../../protocol/studio/testing.ts';
import { isMap, type Loose, LooseMap } from './loose.ts';
import { type Report, readConstraints, splitReference } from './read-constraints.ts';
import { readType } from './read-type.ts';

export interface ReadSchema {
  readonly schema: DataSchema;
  /** Unknown keys and words, in the order in which they stand. */
  readonly warnings: readonly string[];
}

/** Rows where neither caller nor schema gives a number. */
export const DEFAULT_RECORDS = 1000;

const STRATEGIES = ['sample', 'round_robin', 'weighted', 'zipf', 'all'];
const ANOMALIES = ['spike', 'drop', 'null', 'constant', 'missing-digits'];

/**
 * Reads a data schema from YAML or JSON text or from an object, in any of the dialects; the answer is canonical.
 *
 * @throws {VeloError} `data-schema` where a name, a field or a type is missing, or limits contradict.
 */
export function readDataSchema(input: string | object, fileStem?: string): ReadSchema {
  const source = typeof input === 'string' ? fromText(input, fileStem) : input;
  if (!isMap(source)) throw problem(fileStem ?? 'schema', 'it is no map of keys');
  const top = new LooseMap(source);
  const header = new LooseMap(top.map('schema') ?? {});
  const name = top.text('name') ?? header.text('name') ?? fileStem;
  if (name === undefined) throw problem('schema', 'it has no name');
  const warnings: string[] = [];
  const report: Report = {
    fatal: (text) => {
      throw problem(name, text);
    },
    warn: (text) => void warnings.push(text),
  };
  const fields = (top.list('fields') ?? header.list('fields') ?? []).map((f, i) => readField(f, i, report));
  if (fields.length === 0) report.fatal('it has no fields');
  for (const [i, field] of fields.entries())
    if (fields.findIndex((f) => f.name === field.name) < i) report.fatal(`duplicate field "${field.name}"`);
  const relationships = (top.list('relationships') ?? []).filter(isMap).map((r) => readRelationship(r, report));
  const anomalies = (top.list('anomalies') ?? []).filter(isMap).map((a) => readAnomaly(a, report));
  const recordCount = top.number('record_count', 'records');
  const schema: DataSchema = {
    name,
    ...optional('namespace', top.text('namespace') ?? header.text('namespace')),
    ...optional('description', top.text('description') ?? header.text('description')),
    ...(recordCount === undefined ? {} : { recordCount: Math.max(0, Math.floor(recordCount)) }),
    ...optional('keyField', top.text('key_field')),
    fields,
    ...(relationships.length > 0 ? { relationships } : {}),
    ...(anomalies.length > 0 ? { anomalies } : {}),
    ...keepExtras(top, header, warnings),
  };
  return { schema, warnings };
}

const problem = (what: string, text: string): VeloError => testingError('VS5401', { what, problem: text });
const optional = <K extends string>(key: K, value: string | undefined): { [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };

function fromText(text: string, stem: string | undefined): unknown {
  try {
    // Far more aliases than a schema needs would be an attack on memory.
    return parseYaml(text, { maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw testingError(
      'VS5401',
      { what: stem ?? 'schema', problem: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

function keepExtras(top: LooseMap, header: LooseMap, warnings: string[]): { extras?: Record<string, unknown> } {
  top.get('extras');
  const left = { ...header.rest(), ...top.rest() };
  for (const key of Object.keys(left)) warnings.push(`key "${key}" is not known`);
  return Object.keys(left).length > 0 ? { extras: left } : {};
}

function readField(source: unknown, index: number, report: Report): DataField {
  if (!isMap(source)) return report.fatal(`field ${index + 1} is no map of keys`);
  const map = new LooseMap(source);
  const name = map.text('name');
  if (name === undefined || name === '' || name === '__proto__') return report.fatal(`field ${index + 1} has no usable name`);
  const written = map.get('type');
  const scale = map.number('scale');
  const read = readType(written ?? 'string', { precision: map.number('precision'), scale });
  if (read === undefined)
    return report.fatal(
      `field "${name}" has the unknown type "${typeof written === 'object' ? JSON.stringify(written) : String(written)}"`,
    );
  const nullable = map.flag('nullable');
  const share = map.number('null_probability');
  const constraints = readConstraints(map.map('constraints') ?? {}, name, read.type, report);
  const description = map.text('description');
  map.get('extras');
  const extras = map.rest();
  for (const key of Object.keys(extras)) report.warn(`field "${name}": key "${key}" is not known`);
  return {
    name,
    type: read.type,
    ...(read.type === 'decimal' ? { scale: read.scale ?? scale ?? 4 } : {}),
    ...(nullable === undefined ? {} : { nullable }),
    ...(share === undefined ? {} : { nullProbability: share }),
    ...(description === undefined ? {} : { description }),
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
    ...(Object.keys(extras).length > 0 ? { extras } : {}),
  };
}

function readRelationship(source: Loose, report: Report): { field: string; references: string; strategy?: string } {
  const map = new LooseMap(source);
  const field = map.text('field', 'column') ?? report.fatal('a relationship names no field');
  const given = map.get('references', 'to');
  const inner = isMap(given) ? new LooseMap(given) : undefined;
  const to = inner ? `${inner.text('schema', 'table') ?? ''}.${inner.text('field') ?? 'id'}` : String(given ?? '');
  const { schema, field: target } = splitReference(to);
  if (schema === '') report.fatal(`the relationship of "${field}" names no schema`);
  return { field, references: `${schema}.${target}`, strategy: readStrategy(map.text('strategy'), report) };
}

/** A strategy that exists; unknown ones are told and become `sample`. */
function readStrategy(word: string | undefined, report: Pick<Report, 'warn'>): string {
  if (word === undefined) return 'sample';
  const folded = word.toLowerCase().replace('-', '_');
  if (STRATEGIES.includes(folded)) return folded;
  report.warn(`strategy "${word}" is not known; sample is used`);
  return 'sample';
}

function readAnomaly(source: Loose, report: Report): AnomalyRule {
  const map = new LooseMap(source);
  const field = map.text('field') ?? report.fatal('an anomaly names no field');
  const word = (map.text('kind', 'type') ?? 'spike').replace('_', '-');
  if (!ANOMALIES.includes(word)) report.warn(`anomaly "${word}" is not known; spike is used`);
  const kind = (ANOMALIES.includes(word) ? word : 'spike') as AnomalyRule['kind'];
  const factor = map.number('factor');
  const value = map.get('value');
  return {
    name: map.text('name') ?? kind,
    field,
    kind,
    rate: map.number('rate', 'probability') ?? 0.01,
    ...(factor === undefined ? {} : { factor }),
    ...(value === undefined ? {} : { value }),
    ...optional('labelField', map.text('label_field')),
  };
}
