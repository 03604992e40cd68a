/**
 * Number of distinct values in 16 KiB: HyperLogLog with 2^14 registers (Flajolet et al. 2007) and the estimator of
 * O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), which needs no bias tables.
 * Standard error 0.81 %.
 */
export const REGISTERS = 1 << 14;
const PRECISION = 14;
/** Ranks are 1 … 51: the hash has 64 bits, of which 14 choose the register. */
const RANK_MAX = 64 - PRECISION + 1;

/** Two independent 32-bit halves of a 64-bit hash (multiply-and-rotate with the finaliser of MurmurHash3). */
export function addToRegisters(registers: Uint8Array, key: string): void {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    high = Math.imul(high ^ unit, 0xcc9e2d51);
    high = (high << 15) | (high >>> 17);
    low = Math.imul(low ^ unit, 0x1b873593);
    low = (low << 13) | (low >>> 19);
  }
  high = mixed(high ^ key.length ^ Math.imul(low, 0xc2b2ae35));
  low = mixed(low ^ high);
  const index = high >>> (32 - PRECISION);
  // The 18 bits left of `high`, then all of `low`.
  const rest = (high << PRECISION) >>> 0;
  const rank = rest !== 0 ? Math.clz32(rest) + 1 : 32 - PRECISION + Math.clz32(low) + 1;
  if (rank > (registers[index] as number)) registers[index] = rank;
}

function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export function mergeRegisters(into: Uint8Array, from: Uint8Array): void {
  for (let i = 0; i < REGISTERS; i++) if ((from[i] as number) > (into[i] as number)) into[i] = from[i] as number;
}

export function estimateDistinct(registers: Uint8Array): number {
  const histogram = new Float64Array(RANK_MAX + 1);
  for (let i = 0; i < REGISTERS; i++) histogram[registers[i] as number] = (histogram[registers[i] as number] as number) + 1;
  let z = REGISTERS * tau(1 - (histogram[RANK_MAX] as number) / REGISTERS);
  for (let rank = RANK_MAX - 1; rank >= 1; rank--) z = 0.5 * (z + (histogram[rank] as number));
  z += REGISTERS * sigma((histogram[0] as number) / REGISTERS);
  return Math.round(((0.5 / Math.LN2) * REGISTERS * REGISTERS) / z);
}

/** x + Σ x^(2^k) · 2^(k-1), k ≥ 1. */
function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY;
  let power = x;
  let weight = 1;
  let total = x;
  for (;;) {
    power *= power;
    const next = total + power * weight;
    if (next === total) return total;
    total = next;
    weight += weight;
  }
}

/** (1 - x - Σ (1 - x^(2^-k))² · 2^-k) / 3, k ≥ 1. */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x;
  let weight = 1;
  let total = 1 - x;
  for (;;) {
    root = Math.sqrt(root);
    weight *= 0.5;
    const next = total - (1 - root) ** 2 * weight;
    if (next === total) return total / 3;
    total = next;
  }
}
