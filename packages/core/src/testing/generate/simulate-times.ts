import { testingError } from '../../diagnostics/codes/testing.ts';
import type { TimeSimulation } from '../../protocol/studio/testing.ts';
import { createRandom } from '../../values/generate/random.ts';
import { requireTime } from './time-expression.ts';

const HOUR_MS = 3_600_000;

/** Event times of `count` rows. Jitter, lateness and disorder draw from streams apart from the data's. */
export function simulateTimes(
  sim: TimeSimulation,
  count: number,
  o: { readonly seed: number; readonly name: string; readonly now: number },
): Float64Array {
  const start = sim.start_time === undefined ? o.now - HOUR_MS : requireTime(sim.start_time, o.now);
  const end = sim.end_time === undefined ? o.now : requireTime(sim.end_time, o.now);
  if (start >= end) throw testingError('VS5402', { what: o.name, problem: 'time_simulation starts at or after its end' });
  const times = spread(sim, count, start, end, o);
  const jitter = createRandom(o.seed, `${o.name}\0jitter`);
  if (sim.jitter_ms) for (let i = 0; i < count; i++) times[i] = (times[i] as number) + Math.round((jitter.next() * 2 - 1) * sim.jitter_ms);
  if (sim.late) {
    const late = createRandom(o.seed, `${o.name}\0late`);
    const { rate, min_ms = 1, max_ms } = sim.late;
    for (let i = 0; i < count; i++)
      if (late.next() < rate) times[i] = (times[i] as number) - late.integer(min_ms, Math.max(min_ms, max_ms));
  }
  if (sim.disorder) shuffleWithin(times, sim.disorder.rate, sim.disorder.window ?? 10, createRandom(o.seed, `${o.name}\0disorder`).next);
  return times;
}

function spread(
  sim: TimeSimulation,
  count: number,
  start: number,
  end: number,
  o: { readonly seed: number; readonly name: string },
): Float64Array {
  const times = new Float64Array(count);
  if (sim.sequential === false) {
    const random = createRandom(o.seed, `${o.name}\0times`);
    for (let i = 0; i < count; i++) times[i] = start + Math.floor(random.next() * (end - start + 1));
    return times;
  }
  const steps = stepsOf(sim, count);
  const total = steps.reduce((sum, step) => sum + step, 0);
  let passed = 0;
  for (let i = 0; i < count; i++) {
    times[i] = start + Math.floor(total === 0 ? 0 : ((end - start) * passed) / total);
    passed += steps[i] ?? 0;
  }
  return times;
}

/** Relative distance from each row to the next: short within bursts, none within a batch that is sent together. */
function stepsOf({ burst, batch_size = 1 }: TimeSimulation, count: number): number[] {
  const steps: number[] = [];
  for (let i = 0; i < count - 1; i++) {
    const inBurst = burst !== undefined && i % burst.every < burst.length;
    const inBatch = batch_size > 1 && (i + 1) % batch_size !== 0;
    steps.push(inBatch ? 0 : inBurst ? 1 / Math.max(1, burst.factor) : 1);
  }
  return steps;
}

function shuffleWithin(times: Float64Array, rate: number, window: number, next: () => number): void {
  for (let i = 0; i < times.length; i++) {
    if (next() >= rate) continue;
    const other = Math.min(times.length - 1, i + 1 + Math.floor(next() * window));
    const kept = times[i] as number;
    times[i] = times[other] as number;
    times[other] = kept;
  }
}
