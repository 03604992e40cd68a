import type { Value } from '../../protocol/query.ts';
import type { DataField } from '../../protocol/studio/testing.ts';
import { createRandom, type Random } from '../../values/generate/random.ts';
import { coerceTo } from './coerce.ts';
import { decimalMaker, floatMaker, integerMaker } from './make-number.ts';
import { stringMaker, uuidMaker } from './make-text.ts';
import { dateMaker, epochMaker, timestampMaker } from './make-time.ts';
import { type ReferencePools, referenceMaker } from './references.ts';
import { weightedIndex } from './sampling.ts';
import { machineMaker } from './state-machine.ts';
import { readTime } from './time-expression.ts';
import { walkMaker } from './walk.ts';

/** The row under construction, and where it stands. */
export interface RowPlace {
  /** 0-based within this call. */
  index: number;
  /** Rows of this call. */
  count: number;
  /** Simulated event time of the row; NaN: none. */
  time: number;
}

export type Maker = (row: Readonly<Record<string, Value>>, place: RowPlace) => Value;

export interface MakerContext {
  readonly schema: string;
  readonly seed: number;
  readonly now: number;
  readonly references: ReferencePools;
  warn(text: string): void;
}

export interface FieldContext extends MakerContext {
  readonly random: Random;
  readonly field: DataField;
  /** A time of the schema; a bad one is told and replaced. */
  time(value: unknown, otherwise: number): number;
}

/**
 * Maker of a field's values, derived fields excepted. Null roll, enumeration, reference, walk, then the type's own generator;
 * each field draws from a stream of its own, so that one field more changes no other.
 */
export function fieldMaker(field: DataField, context: MakerContext): Maker {
  const random = createRandom(context.seed, `${context.schema}.${field.name}`);
  const of: FieldContext = {
    ...context,
    random,
    field,
    time(value, otherwise) {
      const time = value === undefined ? otherwise : readTime(value, context.now);
      if (time === undefined) context.warn(`field "${field.name}": "${String(value)}" is no time; the last hour is used`);
      return time ?? otherwise;
    },
  };
  return withNulls(plainMaker(field, of), field, context);
}

function withNulls(maker: Maker, field: DataField, context: MakerContext): Maker {
  const share = nullShare(field);
  if (share <= 0) return maker;
  const roll = createRandom(context.seed, `${context.schema}.${field.name}\0nulls`);
  // The value is drawn in any case: whether a row is NULL moves no other row.
  return (row, place) => {
    const value = maker(row, place);
    return roll.next() < share ? null : value;
  };
}

/** 10 % where a field may be NULL and says no more. */
export const nullShare = (field: DataField): number => field.nullProbability ?? (field.nullable === true ? 0.1 : 0);

function plainMaker(field: DataField, of: FieldContext): Maker {
  const c = field.constraints ?? {};
  if (c.enum_values) return enumMaker(field, of);
  if (c.references) return referenceMaker(c.references, of);
  if (c.state_machine) return machineMaker(c.state_machine, of);
  if (c.sequence) return sequenceMaker(field);
  if (c.distribution?.name === 'random_walk') return walkMaker(of);
  switch (field.type) {
    case 'string':
      return stringMaker(of);
    case 'uuid':
      return uuidMaker(of.random);
    case 'integer':
      return c.timestamp_epoch_ms ? epochMaker(of) : integerMaker(of);
    case 'float':
      return floatMaker(of);
    case 'decimal':
      return decimalMaker(of);
    case 'boolean': {
      const share = c.probability ?? 0.5;
      return () => of.random.next() < share;
    }
    case 'timestamp':
      return timestampMaker(of);
    case 'date':
      return dateMaker(of);
  }
}

function enumMaker(field: DataField, of: FieldContext): Maker {
  const { values, weights } = field.constraints?.enum_values ?? { values: [] };
  const made = values.map((v) => coerceTo(field, v, of.now));
  if (made.length === 0) {
    of.warn(`field "${field.name}" has an empty enumeration; NULL is used`);
    return () => null;
  }
  const { random } = of;
  // In turn, each value as often as the others: keys of a relation that is looked up.
  if (field.constraints?.sequential === true) {
    let n = 0;
    return () => made[n++ % made.length] as Value;
  }
  if (weights === undefined) return () => made[Math.floor(random.next() * made.length)] as Value;
  const pick = weightedIndex(weights, random);
  return () => made[pick()] as Value;
}

function sequenceMaker(field: DataField): Maker {
  const { start = 1, step = 1 } = field.constraints?.sequence ?? {};
  let n = 0;
  const isText = field.type === 'string' || field.type === 'decimal';
  return () => {
    const value = start + step * n++;
    return isText ? String(value) : value;
  };
}
