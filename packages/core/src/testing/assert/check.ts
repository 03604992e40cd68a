import type { Row, Value } from '../../protocol/query.ts';
import type { AssertionResult } from '../../protocol/studio/testing.ts';
import { type Loose, LooseMap, toFlag } from '../schema/loose.ts';
import { type CapturedOutput, locationOf } from './captured-output.ts';
import { holds, numberOf, type Operator, operatorOf, operatorText } from './operators.ts';
import { evaluateTemplate } from './template-value.ts';

/** One check of an output. */
export type Check = (of: CheckContext) => AssertionResult;

interface Outcome {
  readonly expected?: unknown;
  readonly actual?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly skipped?: boolean;
}

/** An assertion that is being judged: its parameters in any spelling, and the output. */
export class CheckContext {
  readonly type: string;
  readonly output: CapturedOutput;
  readonly warnings: string[] = [];
  private readonly map: LooseMap;

  constructor(type: string, parameters: Loose, output: CapturedOutput) {
    this.type = type;
    this.output = output;
    this.map = new LooseMap(parameters);
  }

  get rows(): readonly Row[] {
    return this.output.rows;
  }

  get where(): string {
    return locationOf(this.output);
  }

  raw(...names: readonly string[]): unknown {
    return this.map.get(...names);
  }

  text(...names: readonly string[]): string | undefined {
    return this.map.text(...names);
  }

  flag(name: string, otherwise: boolean): boolean {
    return toFlag(this.map.get(name)) ?? otherwise;
  }

  texts(...names: readonly string[]): readonly string[] | undefined {
    return this.map.list(...names)?.map(String);
  }

  list(...names: readonly string[]): readonly unknown[] | undefined {
    return this.map.list(...names);
  }

  subMap(...names: readonly string[]): Loose | undefined {
    return this.map.map(...names);
  }

  /** A number, or the value of a template such as `{{inputs.trades.count}} * 2`. */
  number(...names: readonly string[]): number | undefined {
    return numberOf(this.value(...names));
  }

  /** A parameter with its templates filled in. */
  value(...names: readonly string[]): unknown {
    const given = this.map.get(...names);
    if (typeof given !== 'string' || !given.includes('{{')) return given;
    return evaluateTemplate(given, this.output, (text) => this.warnings.push(text));
  }

  /** Throws what becomes a failed result: an assertion that cannot be read never ends a run. */
  require(...names: readonly string[]): string {
    const text = this.map.text(...names);
    if (text === undefined || text === '') throw new Error(`the parameter "${names[0]}" is missing`);
    return text;
  }

  /** Limits in both styles: `operator` with `expected`, and direct keys; all must hold. */
  limits(...valueNames: readonly string[]): Limit[] {
    const found: Limit[] = [];
    const word = this.map.get('operator', 'op');
    const op = word === undefined ? undefined : operatorOf(word);
    if (word !== undefined && op === undefined) throw new Error(`operator "${String(word)}" is not known`);
    if (op === 'between') found.push({ op, expected: this.pair() });
    else if (op === 'in' || op === 'not_in') found.push({ op, expected: this.map.list('values', 'expected', 'value') ?? [] });
    else if (op !== undefined) found.push({ op, expected: this.value(...valueNames, 'expected', 'value') });
    for (const name of DIRECT) {
      if (!this.map.has(name)) continue;
      const direct = operatorOf(name) as Operator;
      const isList = direct === 'between' || direct === 'in' || direct === 'not_in';
      found.push({ op: direct, expected: isList ? (this.map.list(name) ?? []) : this.value(name) });
    }
    if (op !== 'between') {
      if (this.map.has('min')) found.push({ op: 'greater_than_or_equal', expected: this.value('min') });
      if (this.map.has('max')) found.push({ op: 'less_than_or_equal', expected: this.value('max') });
    }
    return found;
  }

  private pair(): readonly unknown[] {
    const list = this.map.list('between', 'values', 'expected', 'value');
    return list && list.length === 2 ? list : [this.value('min'), this.value('max')];
  }

  /** Judges an observed value by limits; no limit: passes with the value in the message. */
  judge(
    what: string,
    actual: Value | number | undefined,
    limits: readonly Limit[],
    details?: Outcome['details'],
    unit = '',
  ): AssertionResult {
    // `equals` decides alone.
    const equals = limits.filter((l) => l.op === 'equals');
    const judged = equals.length > 0 ? equals : limits;
    const failed = judged.filter((l) => !holds(l.op, actual, l.expected));
    const expected = judged.map((l) => operatorText(l.op, l.expected) + unit).join(' and ');
    const observed = `${what} of ${this.where} is ${format(actual)}${unit}`;
    return this.result(failed.length === 0, failed.length === 0 ? observed : `${observed}, expected ${expected}`, {
      expected: judged.length === 0 ? 'any value' : expected,
      actual,
      ...(details ? { details } : {}),
    });
  }

  result(passed: boolean, message: string, outcome: Outcome = {}): AssertionResult {
    const own = passed ? undefined : this.map.text('message');
    const warned = this.warnings.length > 0 ? { ...outcome.details, warnings: this.warnings } : outcome.details;
    return {
      type: this.type,
      passed,
      message: own === undefined ? message : `${own}: ${message}`,
      ...(outcome.skipped ? { skipped: true } : {}),
      expected: outcome.expected ?? null,
      actual: outcome.actual ?? null,
      ...(warned ? { details: warned } : {}),
    };
  }

  /** It could not be judged; counts as passed and says why. */
  skipped(reason: string): AssertionResult {
    return this.result(true, `${this.type} of ${this.where} was not judged: ${reason}`, {
      skipped: true,
      expected: 'enough to judge',
      actual: reason,
    });
  }
}

export interface Limit {
  readonly op: Operator;
  readonly expected: unknown;
}

const DIRECT = [
  'equals',
  'equal',
  'eq',
  'not_equals',
  'not_equal',
  'ne',
  'greater_than',
  'gt',
  'less_than',
  'lt',
  'greater_than_or_equal',
  'greater_than_or_equals',
  'gte',
  'less_than_or_equal',
  'less_than_or_equals',
  'lte',
  'between',
];

const format = (x: unknown): string =>
  typeof x === 'number' && !Number.isInteger(x) ? String(Math.round(x * 1e6) / 1e6) : x === undefined ? 'nothing' : String(x);

/** The value of a field: as named, without a join alias (`m.symbol`), or nested (`a.b`). Undefined where the row lacks it. */
export function fieldOf(row: object, name: string): Value | undefined {
  const record = row as Readonly<Record<string, Value>>;
  if (Object.hasOwn(record, name)) return record[name];
  const dot = name.indexOf('.');
  if (dot < 0) return undefined;
  const bare = name.slice(dot + 1);
  if (Object.hasOwn(record, bare)) return record[bare];
  const outer = record[name.slice(0, dot)];
  return typeof outer === 'object' && outer !== null && !Array.isArray(outer) ? fieldOf(outer, bare) : undefined;
}

/** Samples of offending rows in details are at most this many. */
export const SAMPLES_MAX = 10;

/** `field[rowIndex]=value` */
export const sampleText = (field: string, index: number, value: unknown): string => `${field}[${index}]=${String(value)}`;
