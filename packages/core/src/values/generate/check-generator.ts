import type { GeneratedColumn } from './generator.ts';

/** What is wrong with a column to generate, in words; undefined when nothing is. `earlier`: names of the columns before it. */
export function checkGenerator(column: GeneratedColumn, earlier: readonly string[]): string | undefined {
  if (typeof column.name !== 'string' || column.name === '') return 'it has no name';
  if (earlier.includes(column.name)) return 'its name is taken';
  if (!isShare(column.nulls)) return '"nulls" is a share from 0 to 1';
  switch (column.kind) {
    case 'sequence':
      return areNumbers(column.start, column.step) ? undefined : '"start" and "step" are numbers';
    case 'integer':
      if (!Number.isSafeInteger(column.min) || !Number.isSafeInteger(column.max)) return '"min" and "max" are whole numbers';
      return column.min <= column.max ? undefined : '"min" is above "max"';
    case 'float':
      if (!areNumbers(column.min, column.max, column.digits) || column.min === undefined || column.max === undefined)
        return '"min", "max" and "digits" are numbers';
      return column.min <= column.max ? undefined : '"min" is above "max"';
    case 'choice':
      return checkChoice(column);
    case 'walk':
      if (typeof column.start !== 'number' && (!Array.isArray(column.start) || column.start.length === 0))
        return '"start" is a number or a list';
      if (!areNumbers(column.step, column.min, column.max, column.digits) || column.step === undefined) return '"step" is a number';
      return column.by === undefined || earlier.includes(column.by) ? undefined : `"by" names "${column.by}", which is no earlier column`;
    case 'timestamp': {
      if (typeof column.start === 'string' && Number.isNaN(Date.parse(column.start))) return `"${column.start}" is not a time`;
      if (!areNumbers(column.stepMs, column.jitterMs, column.lateMs)) return '"stepMs", "jitterMs" and "lateMs" are numbers';
      return isShare(column.late) ? undefined : '"late" is a share from 0 to 1';
    }
    default:
      return `"${String((column as { kind?: unknown }).kind)}" is no kind of generator; there are sequence, integer, float, choice, walk, timestamp`;
  }
}

const areNumbers = (...values: unknown[]): boolean => values.every((v) => v === undefined || Number.isFinite(v));
const isShare = (value: unknown): boolean => value === undefined || (typeof value === 'number' && value >= 0 && value <= 1);

function checkChoice({ values, weights }: Extract<GeneratedColumn, { kind: 'choice' }>): string | undefined {
  if (!Array.isArray(values) || values.length === 0) return '"values" is a list with at least one value';
  if (!values.every((v) => ['string', 'number', 'boolean'].includes(typeof v))) return '"values" are text, numbers or true and false';
  if (weights === undefined) return undefined;
  if (!Array.isArray(weights) || weights.length !== values.length) return '"weights" has one number per value';
  return weights.every((w) => Number.isFinite(w) && w >= 0) && weights.some((w) => w > 0)
    ? undefined
    : '"weights" are not negative and not all 0';
}
