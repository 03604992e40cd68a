import { valueError } from '../../diagnostics/codes/values.ts';
import { castFunction } from '../../values/cast.ts';
import { decimalToFloat, decimalToInteger } from '../../values/decimal-text.ts';
import { type Exact, exactOf } from '../../values/exact.ts';
import { parseJson } from '../../values/json.ts';
import { dynamicKind } from '../../values/scalar-shape.ts';
import { textFunction } from '../../values/scalar-text.ts';
import { parseTimestamp } from '../../values/time-text.ts';
import { NULL, type Scalar, type SqlType } from '../../values/types.ts';
import { commonTypeOf } from '../../values/unify-types.ts';
import { defineScalar, type Evaluate, type Parameter, type ScalarFunction } from './define.ts';

/** Turns an argument that is not NULL into the form its parameter class promises; throws `argument-type` when it cannot. */
export type Adapter = (value: Scalar) => Scalar;

/** Where an argument stands, for messages. */
interface Place {
  readonly name: string;
  readonly argument: string;
}

const wrong = ({ name, argument }: Place, value: Scalar, wants: string): never => {
  throw valueError('VS5105', { name: name.toUpperCase(), argument, value, wants });
};

const number = (place: Place) => (v: Scalar) => (typeof v === 'number' || typeof v === 'bigint' ? v : wrong(place, v, 'a number'));

function toFloat(type: SqlType, place: Place): Adapter | undefined {
  if (type.kind === 'float') return undefined;
  if (type.kind === 'integer') return (v) => Number(v);
  if (type.kind === 'decimal') return (v) => decimalToFloat(v as Exact, type.scale);
  const check = number(place);
  return (v) => Number(check(v));
}

function toInteger(type: SqlType, place: Place): Adapter | undefined {
  if (type.kind === 'integer') return undefined;
  if (type.kind === 'decimal') {
    const integral = (v: Exact): boolean => decimalToFloat(v, type.scale) === Number(decimalToInteger(v, type.scale));
    return (v) => (integral(v as Exact) ? decimalToInteger(v as Exact, type.scale) : wrong(place, v, 'a whole number'));
  }
  return (v) => {
    if (typeof v === 'bigint') return v;
    return typeof v === 'number' && Number.isInteger(v) ? exactOf(v) : wrong(place, v, 'a whole number');
  };
}

/** Instants in ms, from whatever may stand for one. */
export function timeAdapter(type: SqlType, place: Place): Adapter | undefined {
  switch (type.kind) {
    case 'timestamp':
    case 'date':
    case 'float':
    case 'interval':
      return undefined;
    case 'integer':
      return (v) => Number(v);
    case 'decimal':
      return (v) => decimalToFloat(v as Exact, type.scale);
    default:
      return (v) => {
        if (typeof v === 'number' || typeof v === 'bigint') return Number(v);
        const ms = typeof v === 'string' ? parseTimestamp(v) : undefined;
        return ms ?? wrong(place, v, 'a time (TIMESTAMP, epoch ms or ISO text)');
      };
  }
}

/** Arrays or maps (structs too) of any origin: JSON text is read. */
export function collectionAdapter(kind: 'array' | 'map', type: SqlType | undefined, place: Place): Adapter {
  if (type?.kind === kind || (type?.kind === 'struct' && kind === 'map')) return (v) => v;
  const wants = kind === 'array' ? 'an array' : 'a map';
  return (v) => {
    const value = typeof v === 'string' ? (parseJson(v) ?? null) : v;
    return dynamicKind(value) === kind ? value : wrong(place, v, wants);
  };
}

function checked(type: SqlType, kind: 'string' | 'boolean', place: Place): Adapter | undefined {
  if (type.kind === kind) return undefined;
  if (kind === 'string') return (v) => (typeof v === 'string' ? v : wrong(place, v, 'a string'));
  return (v) => (typeof v === 'boolean' ? v : wrong(place, v, 'a boolean'));
}

/** How an argument of a type reaches a parameter; undefined when it comes in the right form already. */
export function adapterFor(parameter: Parameter, type: SqlType, name: string): Adapter | undefined {
  const place = { name, argument: parameter.name };
  if (type.kind === 'null') return undefined;
  switch (parameter.takes) {
    case 'number':
      return type.kind === 'integer' || type.kind === 'float' || type.kind === 'decimal' ? undefined : number(place);
    case 'float':
      return toFloat(type, place);
    case 'integer':
      return toInteger(type, place);
    case 'string':
    case 'boolean':
      return checked(type, parameter.takes, place);
    case 'text':
      return type.kind === 'string' ? undefined : textFunction(type);
    case 'time':
      return timeAdapter(type, place);
    case 'interval':
      return type.kind === 'interval' ? undefined : toFloat(type, place);
    case 'array':
    case 'map':
      return type.kind === parameter.takes ? undefined : collectionAdapter(parameter.takes, type, place);
    default:
      return undefined;
  }
}

/** Parameter of argument `index`: the last one serves all that follow when it repeats. */
export const parameterAt = (parameters: readonly Parameter[], index: number): Parameter | undefined =>
  parameters[index] ?? (parameters.at(-1)?.variadic === true ? parameters.at(-1) : undefined);

/** One adapter per argument; undefined when all arguments come in the right form. */
export function adaptersFor(
  name: string,
  parameters: readonly Parameter[],
  types: readonly SqlType[],
): (Adapter | undefined)[] | undefined {
  const isSame = types.map((_, i) => parameterAt(parameters, i)?.takes === 'same');
  const common = commonTypeOf(types.filter((_, i) => isSame[i])) ?? NULL;
  const adapters = types.map((type, i) => {
    const parameter = parameterAt(parameters, i);
    if (parameter === undefined) return undefined;
    return isSame[i] === true ? (type === common ? undefined : castFunction(type, common)) : adapterFor(parameter, type, name);
  });
  return adapters.every((adapter) => adapter === undefined) ? undefined : adapters;
}

function adapted(run: Evaluate, adapters: readonly (Adapter | undefined)[] | undefined): Evaluate {
  if (adapters === undefined) return run;
  const [first, second] = adapters;
  const put = (adapter: Adapter | undefined, v: Scalar): Scalar => (v === null || adapter === undefined ? v : adapter(v));
  if (adapters.length === 1) return (a) => run(put(first, a as Scalar));
  if (adapters.length === 2) return (a, b) => run(put(first, a as Scalar), put(second, b as Scalar));
  return (...args) => run(...args.map((arg, i) => put(adapters[i], arg)));
}

/**
 * Defines a scalar function whose arguments are checked, and brought into the form of their class, once per call site:
 * where the static types settle the matter nothing is left to do per row.
 */
export function scalarFunction(f: Omit<ScalarFunction, 'kind'>): ScalarFunction {
  const { evaluate, prepare, ...rest } = f;
  if (f.evaluateInContext !== undefined) return defineScalar(f);
  return defineScalar({
    ...rest,
    prepare: (types, constants) => {
      const run = prepare === undefined ? (evaluate as Evaluate) : prepare(types, constants);
      return adapted(run, adaptersFor(f.name, f.parameters, types));
    },
  });
}

/** Number of a literal argument of any numeric type; undefined when it is none. */
export function constantNumber(types: readonly SqlType[], constants: readonly (Scalar | undefined)[], index: number): number | undefined {
  const [value, type] = [constants[index], types[index]];
  if (typeof value !== 'number' && typeof value !== 'bigint') return undefined;
  return type?.kind === 'decimal' ? decimalToFloat(value, type.scale) : Number(value);
}
