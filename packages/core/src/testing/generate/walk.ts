import type { Value } from '../../protocol/query.ts';
import { toFlag, toNumber } from '../schema/loose.ts';
import type { FieldContext, Maker } from './field-maker.ts';
import { decimalWriter, limitsOf } from './make-number.ts';
import { normalSampler } from './sampling.ts';

/** Values of different groups that are remembered; the oldest are forgotten first. */
const GROUPS_MAX = 100_000;

/**
 * Random walk: next = last × (1 + drift + volatility × Z), one per value of `group_by`, kept within the range. The first value of a
 * group is one step from the lower limit (from `start` where given), as in the reference.
 */
export function walkMaker(of: FieldContext): Maker {
  const { field, random } = of;
  const d = field.constraints?.distribution;
  const drift = toNumber(d?.['drift']) ?? 0;
  const volatility = toNumber(d?.['volatility']) ?? 0.02;
  const groupBy = d?.['group_by'] === undefined ? undefined : String(d['group_by']);
  const [min, max] = limitsOf(of, [100, 1000]);
  const floor = toFlag(d?.['allow_below_min']) === true ? Number.NEGATIVE_INFINITY : min;
  const ceiling = toFlag(d?.['allow_above_max']) === true ? Number.POSITIVE_INFINITY : max;
  const start = toNumber(d?.['start']) ?? min;
  const z = normalSampler(random);
  const last = new Map<string, number>();
  const write = writerOf(of);
  return (row) => {
    const group = groupBy === undefined ? '' : String(row[groupBy] ?? '');
    const stepped = (last.get(group) ?? start) * (1 + drift + volatility * z());
    const next = Math.max(floor, Math.min(ceiling, stepped));
    if (!last.has(group) && last.size >= GROUPS_MAX) last.delete(last.keys().next().value as string);
    last.set(group, next);
    return write(next);
  };
}

function writerOf({ field }: FieldContext): (value: number) => Value {
  if (field.type === 'integer') return (v) => Math.round(v);
  if (field.type !== 'decimal' && field.type !== 'string') return (v) => v;
  const scale = field.type === 'decimal' ? (field.scale ?? 4) : 2;
  const write = decimalWriter(scale);
  const factor = 10 ** scale;
  return (v) => write(Math.round(v * factor) + 0);
}
