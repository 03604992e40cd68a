import { keyFunction } from '../../../values/key.ts';
import { ANY, INTEGER, type Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { addToRegisters, estimateDistinct, mergeRegisters, REGISTERS } from './hyper-log-log.ts';

/** Up to here the keys themselves are kept and the answer is exact. */
const EXACT_MAX = 1000;

/** Keys while they are few, then registers: at most 16 KiB. */
interface Distinct {
  keys: Set<string> | null;
  registers: Uint8Array | null;
}

function add(s: Distinct, key: string): Distinct {
  if (s.keys === null) addToRegisters(s.registers as Uint8Array, key);
  else {
    s.keys.add(key);
    if (s.keys.size > EXACT_MAX) toRegisters(s);
  }
  return s;
}

function toRegisters(s: Distinct): Uint8Array {
  if (s.registers !== null) return s.registers;
  const registers = new Uint8Array(REGISTERS);
  for (const key of s.keys ?? []) addToRegisters(registers, key);
  s.registers = registers;
  s.keys = null;
  return registers;
}

export const approxCountDistinct = defineAggregate<Distinct>({
  name: 'approx_count_distinct',
  category: 'aggregate',
  summary: 'Number of different values that are not NULL: exact up to 1000, then within about 2 % in at most 16 KiB.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: INTEGER,
  nulls: 'ignore',
  examples: [
    { sql: 'APPROX_COUNT_DISTINCT(x)', rows: [{ x: 'a' }, { x: 'b' }, { x: 'a' }, { x: null }], gives: 2 },
    { sql: 'APPROX_COUNT_DISTINCT(x)', rows: [{ x: null }], gives: 0 },
  ],
  accumulator: ([type]) => {
    const keyOf = keyFunction(type ?? ANY);
    return {
      create: () => ({ keys: new Set(), registers: null }),
      add: (s, [v]) => add(s, keyOf(v as Scalar)),
      merge(a, b) {
        if (b.keys === null) mergeRegisters(toRegisters(a), b.registers as Uint8Array);
        else for (const key of b.keys) add(a, key);
        return a;
      },
      result: (s) => (s.keys === null ? estimateDistinct(s.registers as Uint8Array) : s.keys.size),
      save: (s) => (s.keys === null ? Uint8Array.from(s.registers as Uint8Array) : [...s.keys]),
      load: (saved) =>
        saved instanceof Uint8Array
          ? { keys: null, registers: Uint8Array.from(saved) }
          : { keys: new Set(saved as readonly string[]), registers: null },
    };
  },
});
