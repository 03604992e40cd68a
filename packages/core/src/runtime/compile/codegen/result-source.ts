import type { Moments } from '../../../sql/functions/define.ts';
import type { AggregateSourceOptions } from './aggregate-source.ts';
import type { Code } from './code.ts';

/** How a result column leaves the loop: doubles with a mask, or values for a builder. */
export type ResultForm = 'f64' | 'boxed';

/** Emits the result row of group `g`: bounds, operation and the value of each aggregate. `op` is for a group that was there before. */
export function emitResults(
  o: AggregateSourceOptions,
  { op, when }: { readonly op: 1 | 2; readonly when: string | null },
  results: ResultForm[],
  code: Code,
): void {
  const write = (): void => {
    code.add(`out.keyIds[m] = key; out.ops[m] = ${op === 1 ? '1' : 'fresh < 0 ? 2 : 0'};`);
    if (o.windowed) code.add('out.starts[m] = lo; out.ends[m] = hi;');
    // what takes a row back has the time of that row
    const isOld = op === 1 && !o.windowed;
    if (isOld && o.touches.eventTime) code.add('out.eventTimes[m] = last.eventTimes[g];');
    else if (o.touches.eventTime || !o.windowed) code.add('out.eventTimes[m] = times === null ? NaN : times[i];');
    if (o.touches.timestamp) code.add(`out.timestamps[m] = ${isOld ? 'last.timestamps[g]' : 'stamps[i]'};`);
    code.add('out.rows[m] = i;');
    emitMoments(o, code);
    o.plan.outputs.forEach((output, c) => {
      const value = code.fresh('z');
      if (output.kind === 'general') {
        const { accumulator } = o.plan.generals[output.index]!;
        code.add(
          `const ${value} = ${code.callable(accumulator.result.bind(accumulator) as (...args: never[]) => unknown)}(s.states[${output.index}][g]);`,
        );
      } else code.add(`const ${value} = ${code.callable(output.finish as (...args: never[]) => unknown)}(moments${output.set});`);
      results[c] = 'f64';
      code.add(
        `if (typeof ${value} === 'number') out.values[${c}][m] = ${value}; else if (${value} === null) out.setNull(${c}, m); else out.setOther(${c}, m, ${value});`,
      );
    });
    code.add('m++;');
  };
  code.block(when === null ? '' : `if (${when})`, write);
}

/** The sums of each set, in one object that is used again for every row. */
function emitMoments(o: AggregateSourceOptions, code: Code): void {
  o.plan.sets.forEach((set, k) => {
    const moments: { -readonly [K in keyof Moments]: Moments[K] } = { count: 0, sum: 0, m2: 0, min: 0, max: 0 };
    const name = code.constant(moments);
    code.add(`const moments${k} = ${name};`);
    for (const moment of ['count', 'sum', 'min', 'max'] as const) {
      if (set[moment] >= 0) code.add(`${name}.${moment} = slots[a + ${set[moment]}];`);
    }
    const scale = set.scale > 0 ? ` / ${code.constant(10 ** (2 * set.scale))}` : '';
    if (set.m2 >= 0) code.add(`${name}.m2 = slots[a + ${set.m2}]${scale};`);
  });
}
