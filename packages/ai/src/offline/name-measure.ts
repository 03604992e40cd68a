import { type Aggregate, type Filter, type Measure, type Operand, refsOf } from './frame.ts';
import { singular } from './lexicon.ts';

const PREFIX: Readonly<Record<string, string>> = {
  SUM: 'total',
  AVG: 'avg',
  MIN: 'min',
  MAX: 'max',
  MEDIAN: 'median',
  STDDEV: 'stddev',
  VARIANCE: 'variance',
  FIRST_VALUE: 'first',
  LAST_VALUE: 'latest',
  COUNT: 'distinct',
};

const clean = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 48) || 'value';

export function operandName(operand: Operand): string {
  if (operand.kind === 'column') return clean(operand.ref.name);
  if (operand.kind === 'text') return clean(operand.name);
  const [a, b] = refsOf(operand);
  if (operand.operator === '*' && a && b && a.isMoney !== b.isMoney) return 'revenue';
  if (operand.operator === '-' && a?.words.includes('ask')) return 'spread';
  const word = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'per' }[operand.operator];
  return clean(`${operandName(operand.left)}_${word}_${operandName(operand.right)}`);
}

const filterName = (filters: readonly Filter[]): string | undefined => {
  const condition = filters[0]?.any[0];
  if (!condition || condition.left.kind !== 'column') return undefined;
  const value = condition.values[0];
  if (condition.operator === '=' && typeof value === 'string') return clean(value);
  if (condition.operator === '=' && value === true)
    return clean(condition.left.ref.words.filter((w) => w !== 'is' && w !== 'has').join('_'));
  if (condition.operator === '=' && value === false) return clean(`not_${condition.left.ref.words.filter((w) => w !== 'is').join('_')}`);
  return condition.operator === '>=' && value === 500 ? 'error' : clean(condition.left.ref.name);
};

function aggregateName({ fn, of, only, distinct, fraction }: Aggregate, row: string): string {
  const told = filterName(only);
  if (fn === 'COUNT' && !of) return `${told === undefined ? singular(row) : told}_count`;
  if (fn === 'COUNT' && of) return `${distinct ? 'unique' : 'count'}_${operandName(of).replace(/_id$/, '')}s`;
  const prefix = fn === 'PERCENTILE' ? `p${Math.round((fraction ?? 0.5) * 1000) / 10}`.replace('.', '_') : (PREFIX[fn] ?? fn.toLowerCase());
  return clean(`${prefix}_${told === undefined ? '' : `${told}_`}${of ? operandName(of) : 'value'}`);
}

/** A name for a column of results that says what it holds. */
export function measureName(measure: Measure, row: string): string {
  if (measure.alias !== undefined) return clean(measure.alias);
  if (measure.kind === 'aggregate') return aggregateName(measure, clean(row));
  if (measure.kind === 'formula') return 'figure';
  const top =
    measure.top.fn === 'COUNT' ? (filterName(measure.top.only) ?? aggregateName(measure.top, row)) : aggregateName(measure.top, row);
  const isShare = measure.bottom.fn === 'COUNT' && !measure.bottom.of && measure.bottom.only.length === 0 && measure.top.fn === 'COUNT';
  if (isShare) return clean(`${top}_${measure.percent ? 'percent' : 'share'}`);
  const bottom =
    measure.bottom.fn === 'COUNT'
      ? (filterName(measure.bottom.only) ?? aggregateName(measure.bottom, row))
      : aggregateName(measure.bottom, row);
  return clean(`${top}_per_${bottom}`);
}

/** Names that appear once: `avg_price`, `avg_price_2`. */
export function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}
