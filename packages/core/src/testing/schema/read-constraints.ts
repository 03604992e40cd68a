import type { DataConstraints, DistributionName } from '../../protocol/studio/testing.ts';
import { foldWord, isMap, type Loose, LooseMap, toFlag, toNumber } from './loose.ts';
import type { DataType } from './read-type.ts';

type Mutable = { -readonly [K in keyof DataConstraints]: DataConstraints[K] };
type Word = string | number | boolean;

const DISTRIBUTIONS: Readonly<Record<string, DistributionName>> = {
  uniform: 'uniform',
  normal: 'normal',
  gaussian: 'normal',
  lognormal: 'log_normal',
  zipf: 'zipf',
  randomwalk: 'random_walk',
  gbm: 'random_walk',
  exponential: 'exponential',
  histogram: 'histogram',
};

/** Where problems of one field are told. `fatal` ends the reading, `warn` does not. */
export interface Report {
  fatal(problem: string): never;
  warn(text: string): void;
}

const isTime = (type: DataType): boolean => type === 'timestamp' || type === 'date';
const isWord = (x: unknown): x is Word => typeof x === 'string' || typeof x === 'number' || typeof x === 'boolean';

/** Constraints of a field in every spelling seen, as the canonical one. Unknown keys are told and left out. */
export function readConstraints(source: Loose, field: string, type: DataType, report: Report): DataConstraints {
  const map = new LooseMap(source);
  const out: Mutable = {};
  readEnum(map, out, field, report);
  readRange(map, out, field, type, report);
  const length = limits(map.get('length'));
  const min = map.number('min_length') ?? length?.min;
  const max = map.number('max_length') ?? length?.max;
  if (min !== undefined || max !== undefined) out.length = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  const pattern = map.text('pattern', 'regex');
  if (pattern !== undefined) out.pattern = pattern;
  const distribution = map.get('distribution');
  if (distribution !== undefined) readDistribution(distribution, map, out, field, report);
  const probability = map.number('probability', 'true_probability');
  if (probability !== undefined) out.probability = probability;
  const sequential = map.flag('sequential');
  if (sequential !== undefined) out.sequential = sequential;
  readSequence(map, out);
  readDerived(map.get('derived'), out);
  readReference(map.get('references', 'foreign_key'), out, field, report);
  readExtras(map, out);
  for (const key of Object.keys(map.rest())) report.warn(`field "${field}": constraint "${key}" is not known`);
  return out;
}

function readEnum(map: LooseMap, out: Mutable, field: string, report: Report): void {
  const given = map.get('enum_values', 'enum', 'values');
  const siblingWeights = map.list('weights');
  if (given === undefined) return;
  const inner = isMap(given) ? new LooseMap(given) : undefined;
  const list = inner ? inner.list('values') : Array.isArray(given) ? given : [given];
  const values = (list ?? []).filter(isWord);
  const weights = (inner?.list('weights') ?? siblingWeights)?.map((w) => toNumber(w) ?? 0);
  if (weights !== undefined && weights.length !== values.length)
    report.fatal(`field "${field}" has ${values.length} values and ${weights.length} weights`);
  out.enum_values = weights === undefined ? { values } : { values, weights };
}

const bound = (x: unknown): number | string | undefined => (typeof x === 'number' || typeof x === 'string' ? x : undefined);

function limits(value: unknown): { min?: number; max?: number } | undefined {
  if (Array.isArray(value)) return pair(toNumber(value[0]), toNumber(value[1]));
  if (!isMap(value)) return undefined;
  const map = new LooseMap(value);
  return pair(map.number('min'), map.number('max'));
}

const pair = (min: number | undefined, max: number | undefined): { min?: number; max?: number } => ({
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});

function readRange(map: LooseMap, out: Mutable, field: string, type: DataType, report: Report): void {
  const range = map.get('range');
  const epoch = map.map('timestamp_epoch_ms');
  const explicit = map.map('timestamp_range');
  const start = bound(map.get('start'));
  const end = bound(map.get('end'));
  if (epoch) out.timestamp_epoch_ms = times(epoch);
  if (explicit) out.timestamp_range = times(explicit);
  else if (isTime(type) && (start !== undefined || end !== undefined || typeof range === 'string'))
    out.timestamp_range = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
  if (isTime(type)) {
    if (isMap(range)) out.timestamp_range = times(range);
    return;
  }
  const inner = isMap(range) ? new LooseMap(range) : undefined;
  const list = Array.isArray(range) ? range : undefined;
  const min = bound(inner ? inner.get('min', 'start') : (list?.[0] ?? map.get('min')));
  const max = bound(inner ? inner.get('max', 'end') : (list?.[1] ?? map.get('max')));
  if (min === undefined && max === undefined) return;
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) report.fatal(`field "${field}": min ${min} is above max ${max}`);
  out.range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function times(source: Loose): { start?: string | number; end?: string | number } {
  const map = new LooseMap(source);
  const start = bound(map.get('start', 'min', 'from'));
  const end = bound(map.get('end', 'max', 'to'));
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

/** Parameters stand inside the distribution, or beside it as in SQL hints. */
const PARAMETERS: Readonly<Record<DistributionName, readonly string[]>> = {
  uniform: [],
  normal: ['mean', 'std_dev'],
  log_normal: ['mean', 'std_dev'],
  zipf: ['exponent'],
  random_walk: ['drift', 'volatility', 'group_by', 'allow_below_min', 'allow_above_max', 'start'],
  exponential: ['rate', 'mean'],
  histogram: ['bins'],
};

function readDistribution(given: unknown, map: LooseMap, out: Mutable, field: string, report: Report): void {
  const [word, inside] = isMap(given) ? (Object.entries(given)[0] ?? ['', {}]) : [given, {}];
  const flat = isMap(given) && ('name' in given || 'type' in given);
  const source = new LooseMap(flat ? given : isMap(inside) ? inside : {});
  const name = DISTRIBUTIONS[foldWord(flat ? source.get('name', 'type') : word)];
  if (name === undefined) {
    report.warn(`field "${field}": distribution "${String(word)}" is not known; uniform is used`);
    out.distribution = { name: 'uniform' };
    return;
  }
  const parameters: Record<string, unknown> = {};
  for (const key of PARAMETERS[name]) {
    const aliases = key === 'std_dev' ? ['std_dev', 'stddev', 'sd', 'std'] : [key];
    const value = source.get(...aliases) ?? map.get(...aliases);
    if (value !== undefined) parameters[key] = toNumber(value) ?? toFlag(value) ?? value;
  }
  out.distribution = { name, ...parameters };
}

function readSequence(map: LooseMap, out: Mutable): void {
  const custom = map.map('custom_generator');
  const plain = map.get('sequence');
  const source = isMap(plain) ? plain : plain === true ? {} : undefined;
  const of = (m: Loose): NonNullable<DataConstraints['sequence']> => {
    const inner = new LooseMap(m);
    const start = inner.number('start');
    const step = inner.number('step');
    return { ...(start === undefined ? {} : { start }), ...(step === undefined ? {} : { step }) };
  };
  if (source) out.sequence = of(source);
  if (!custom) return;
  const inner = new LooseMap(custom);
  if (foldWord(inner.get('generator_type', 'type')) === 'sequence') out.sequence = of(inner.map('params') ?? {});
}

function readDerived(given: unknown, out: Mutable): void {
  if (typeof given === 'string') out.derived = { expression: given };
  else if (isMap(given)) {
    const map = new LooseMap(given);
    const names = map.list('depends_on')?.map(String);
    out.derived = { expression: map.text('expression') ?? '', ...(names === undefined ? {} : { depends_on: names }) };
  }
}

function readReference(given: unknown, out: Mutable, field: string, report: Report): void {
  if (typeof given === 'string') out.references = splitReference(given);
  else if (isMap(given)) {
    const map = new LooseMap(given);
    const schema = map.text('schema', 'table', 'source') ?? '';
    const to = map.text('field', 'column') ?? field;
    const file = map.text('file');
    const strategy = map.text('strategy');
    if (schema === '' && file === undefined) report.fatal(`field "${field}": "references" names no schema`);
    out.references = { schema, field: to, ...(file === undefined ? {} : { file }), ...(strategy === undefined ? {} : { strategy }) };
  }
}

/** `customers.id` */
export function splitReference(text: string): { schema: string; field: string } {
  const at = text.lastIndexOf('.');
  return at < 0 ? { schema: text.trim(), field: 'id' } : { schema: text.slice(0, at).trim(), field: text.slice(at + 1).trim() };
}

function readExtras(map: LooseMap, out: Mutable): void {
  const machine = map.map('state_machine');
  if (machine) {
    const m = new LooseMap(machine);
    const group = m.text('group_by');
    out.state_machine = {
      initial: m.text('initial') ?? '',
      transitions: (m.map('transitions') ?? {}) as Readonly<Record<string, Readonly<Record<string, number>>>>,
      ...(group === undefined ? {} : { group_by: group }),
    };
  }
  const season = map.map('season', 'seasonality');
  if (season) {
    const s = new LooseMap(season);
    const slope = s.number('slope_per_hour', 'trend_per_hour');
    out.season = {
      period_ms: s.number('period_ms') ?? 86_400_000,
      amplitude: s.number('amplitude') ?? 0,
      ...(slope === undefined ? {} : { slope_per_hour: slope }),
    };
  }
}
