import type { Column } from '../column.ts';
import { createDictionary } from '../dictionary.ts';
import type { SqlType } from '../types.ts';
import { BOOLEAN, FLOAT, INTEGER, STRING, TIMESTAMP } from '../types.ts';
import type { ColumnGenerator, GeneratedColumn, GeneratorSpec } from './generator.ts';
import { createRandom, type Random } from './random.ts';
import { rounding } from './rounding.ts';
import { createWalk } from './walk.ts';

/** Default start of generated time: a fixed instant, so that the same seed gives the same rows for ever. */
export const GENERATED_START = Date.UTC(2024, 0, 1);

type Spec<K extends GeneratorSpec['kind']> = Extract<GeneratorSpec, { kind: K }>;

/** Generator of one column. Same column, same seed: same values in any batch size. The spec is taken as checked (`checkGenerator`). */
export function createGenerator(column: GeneratedColumn, seed: number): ColumnGenerator {
  const random = createRandom(seed, column.name);
  const values = createValues(column, random);
  return column.nulls === undefined || column.nulls === 0
    ? values
    : withNulls(values, column.nulls, createRandom(seed, `${column.name}\0nulls`));
}

function createValues(spec: GeneratorSpec, random: Random): ColumnGenerator {
  switch (spec.kind) {
    case 'sequence':
      return sequence(spec);
    case 'integer':
      return numbers(INTEGER, random, () => random.integer(spec.min, spec.max));
    case 'float': {
      const round = rounding(spec.digits);
      return numbers(FLOAT, random, () => round(spec.min + random.next() * (spec.max - spec.min)));
    }
    case 'choice':
      return choice(spec, random);
    case 'walk':
      return createWalk(spec, random);
    case 'timestamp':
      return timestamps(spec, random);
  }
}

function numbers(type: SqlType, random: Random, next: () => number): ColumnGenerator {
  return {
    type,
    fill(rows) {
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = next();
      return { lane: 'f64', values, nulls: null };
    },
    save: () => random.save(),
    restore: (state) => random.restore(state),
  };
}

function sequence({ start = 0, step = 1 }: Spec<'sequence'>): ColumnGenerator {
  let row = 0;
  return {
    type: Number.isInteger(start) && Number.isInteger(step) ? INTEGER : FLOAT,
    fill(rows) {
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = start + step * row++;
      return { lane: 'f64', values, nulls: null };
    },
    save: () => [row],
    restore(state) {
      row = state[0] ?? 0;
    },
  };
}

function timestamps(spec: Spec<'timestamp'>, random: Random): ColumnGenerator {
  const { start = GENERATED_START, stepMs = 1000, jitterMs = 0, late = 0, lateMs = 0 } = spec;
  const first = typeof start === 'number' ? start : Date.parse(start);
  let row = 0;
  return {
    type: TIMESTAMP,
    fill(rows) {
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        let at = first + Math.floor(stepMs * row++);
        if (jitterMs > 0) at += random.integer(-jitterMs, jitterMs);
        if (late > 0 && random.next() < late) at -= random.integer(1, Math.max(1, lateMs));
        values[i] = at;
      }
      return { lane: 'f64', values, nulls: null };
    },
    save: () => [row, ...random.save()],
    restore(state) {
      row = state[0] ?? 0;
      random.restore(state.slice(1));
    },
  };
}

function choice({ values, weights }: Spec<'choice'>, random: Random): ColumnGenerator {
  const upTo: number[] = [];
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights?.[i] ?? 1;
    upTo.push(sum);
  }
  const pick = (): number => {
    if (weights === undefined) return Math.floor(random.next() * values.length);
    const at = random.next() * sum;
    let index = 0;
    while (index < values.length - 1 && at >= upTo[index]!) index++;
    return index;
  };
  const dictionary = createDictionary();
  const codes = values.map((value) => dictionary.add(String(value)));
  const type = typeOfChoice(values);
  return {
    type,
    fill(rows) {
      if (type === STRING) {
        const picked = new Int32Array(rows);
        for (let i = 0; i < rows; i++) picked[i] = codes[pick()]!;
        return { lane: 'dict', values: picked, nulls: null, dictionary };
      }
      if (type === BOOLEAN) {
        const picked = new Uint8Array(rows);
        for (let i = 0; i < rows; i++) picked[i] = values[pick()] === true ? 1 : 0;
        return { lane: 'bool', values: picked, nulls: null };
      }
      const picked = new Float64Array(rows);
      for (let i = 0; i < rows; i++) picked[i] = values[pick()] as number;
      return { lane: 'f64', values: picked, nulls: null };
    },
    save: () => random.save(),
    restore: (state) => random.restore(state),
  };
}

function typeOfChoice(values: readonly unknown[]): SqlType {
  if (values.every((v) => typeof v === 'boolean')) return BOOLEAN;
  if (values.every((v) => typeof v === 'number')) return values.every(Number.isSafeInteger) ? INTEGER : FLOAT;
  return STRING;
}

function withNulls(inner: ColumnGenerator, share: number, random: Random): ColumnGenerator {
  return {
    type: inner.type,
    fill(rows, others): Column {
      const column = inner.fill(rows, others);
      const nulls = new Uint8Array(rows);
      let any = false;
      for (let i = 0; i < rows; i++) {
        if (random.next() < share) {
          nulls[i] = 1;
          any = true;
        }
      }
      return any ? { ...column, nulls } : column;
    },
    save() {
      const own = random.save();
      return [own.length, ...own, ...inner.save()];
    },
    restore(state) {
      const length = state[0] ?? 0;
      random.restore(state.slice(1, 1 + length));
      inner.restore(state.slice(1 + length));
    },
  };
}
