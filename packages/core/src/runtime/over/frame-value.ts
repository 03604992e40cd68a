import type { OverCall } from '../../sql/bind/expression.ts';
import type { AggregateFunction, AggregateRow } from '../../sql/functions/define.ts';
import type { Scalar } from '../../values/types.ts';
import { callAccumulator } from '../rows/call-accumulator.ts';
import type { CallInputs, CallValue } from './call-value.ts';
import type { FrameRange } from './frame-bounds.ts';
import type { PartitionBuffer } from './partition-buffer.ts';

/** The frame that `inner` was made of, in rows counted for good (`PartitionBuffer.base`). */
interface FrameState {
  inner: unknown;
  epoch: number;
  start: number;
  end: number;
}

/** Any aggregate over a frame: goes on while the frame only grows at its end, else is calculated anew. */
export function frameValue(call: OverCall & { readonly fn: AggregateFunction }, inputs: CallInputs): CallValue<FrameState> {
  const { accumulator, add } = callAccumulator(call);
  const put = (state: FrameState, buffer: PartitionBuffer, position: number): void => {
    if (inputs.filter >= 0 && buffer.value(inputs.filter, position) !== true) return;
    const row: AggregateRow = { eventTime: buffer.time(position), sequence: buffer.arrival(position) };
    state.inner = add(
      state.inner,
      inputs.args.map((i): Scalar => buffer.value(i, position)),
      row,
    );
  };
  return {
    readsTimes: true,
    create: () => ({ inner: accumulator.create(), epoch: -1, start: 0, end: 0 }),
    evaluate(state, buffer: PartitionBuffer, _position, frame: FrameRange) {
      const start = buffer.base + frame.start;
      const end = buffer.base + frame.end;
      if (state.epoch !== buffer.epoch || state.start !== start || end < state.end) {
        // Until it is whole again, an error on the way leaves a state that is made anew.
        state.epoch = -1;
        state.inner = accumulator.create();
        state.start = start;
        state.end = start;
      }
      const from = state.end;
      state.epoch = -1;
      for (let at = from; at < end; at++) put(state, buffer, at - buffer.base);
      state.end = end;
      state.epoch = buffer.epoch;
      return accumulator.result(state.inner);
    },
    // The start moves with the buffer, which `evaluate` sees.
    leave: () => undefined,
    write: () => undefined,
    read: () => undefined,
  };
}
