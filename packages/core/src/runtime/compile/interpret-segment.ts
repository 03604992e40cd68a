import { columnBuilder } from '../../values/column-builder.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { compileInto } from './compile-expression.ts';
import { type Eval, type Frame, newFrame } from './frame.ts';
import { HeaderEdits } from './header-edits.ts';
import type { CompileEnv } from './interpret.ts';
import type { Segment, SegmentKernel, SegmentObserver, Stage } from './segment.ts';

type StageRunner =
  | { readonly kind: 'filter'; readonly predicate: Eval }
  | { readonly kind: 'project'; readonly items: readonly Eval[]; readonly eventTime: Eval | null };

/** Runs a segment by closures: for hosts that forbid generated code, and what generated code is tested against. */
export function interpretSegment(segment: Segment, env: CompileEnv): SegmentKernel {
  const frame = newFrame();
  const edits = new HeaderEdits(frame);
  const own: CompileEnv = { ...env, setHeader: (key, value) => edits.set(key, value) };
  const runners = stageRunners(segment.stages, own, frame);
  const computed = segment.outputs.flatMap((output, at) => (output.kind === 'computed' ? [{ at, type: output.type }] : []));
  return (batch, from, to, observer) => {
    const selection = new Int32Array(to - from);
    const builders = computed.map(({ type }) => columnBuilder(type, { capacity: to - from }));
    const eventTimes = segment.setsEventTime ? new Float64Array(to - from) : null;
    let count = 0;
    frame.batch = batch;
    edits.start();
    for (let row = from; row < to; row++) {
      frame.row = row;
      frame.eventTime = Number.NaN;
      const values = runStages(runners, frame, { batch, row, observer });
      if (values === undefined) {
        edits.discard();
        continue;
      }
      for (let c = 0; c < builders.length; c++) builders[c]!.append(values[computed[c]!.at] as Scalar);
      if (eventTimes !== null)
        eventTimes[count] = !Number.isNaN(frame.eventTime) ? frame.eventTime : (batch.meta.eventTime?.[row] ?? Number.NaN);
      edits.keep(count);
      selection[count++] = row;
    }
    return { count, next: to, selection, computed: builders.map((b) => b.finish()), eventTimes, headers: edits.finish(count) };
  };
}

function stageRunners(stages: readonly Stage[], env: CompileEnv, frame: Frame): StageRunner[] {
  let column =
    (index: number): Eval =>
    (f) =>
      scalarAt(f.batch.columns[index]!, f.row);
  return stages.map((stage): StageRunner => {
    const read = column;
    if (stage.kind === 'filter') return { kind: 'filter', predicate: compileInto(stage.predicate, env, frame, read) };
    column = (index) => (f) => f.scalars[index] as Scalar;
    return {
      kind: 'project',
      items: stage.items.map((item) => compileInto(item, env, frame, read)),
      eventTime: stage.eventTime === null ? null : compileInto(stage.eventTime, env, frame, read),
    };
  });
}

interface RowAt {
  readonly batch: RecordBatch;
  readonly row: number;
  readonly observer: SegmentObserver;
}

const NO_VALUES: readonly Scalar[] = [];

/** Values after the last projection; undefined when the row was dropped or failed. */
function runStages(runners: readonly StageRunner[], frame: Frame, at: RowAt): readonly Scalar[] | undefined {
  let values = NO_VALUES;
  for (let s = 0; s < runners.length; s++) {
    const runner = runners[s]!;
    try {
      if (runner.kind === 'filter') {
        if (runner.predicate(frame) === true) continue;
        at.observer.dropped[s]!++;
        return undefined;
      }
      const next = runner.items.map((item) => item(frame));
      const time = runner.eventTime === null ? null : runner.eventTime(frame);
      if (typeof time === 'number') frame.eventTime = time;
      values = next;
      frame.scalars = values;
    } catch (error) {
      at.observer.failed(at.batch, at.row, s, error);
      return undefined;
    }
  }
  return values;
}
