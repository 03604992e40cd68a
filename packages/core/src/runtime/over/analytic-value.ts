import type { AnalyticFunction, PartitionView } from '../../sql/functions/define.ts';
import type { Scalar } from '../../values/types.ts';
import type { CallInputs, CallValue } from './call-value.ts';
import type { FrameRange } from './frame-bounds.ts';
import type { PartitionBuffer } from './partition-buffer.ts';

/** A buffer as analytic functions see it; one object for all rows of a call. */
class View implements PartitionView {
  size = 0;
  position = 0;
  frameStart = 0;
  frameEnd = 0;
  readonly ordered: boolean;
  readonly argumentCount: number;
  buffer: PartitionBuffer | null = null;
  private readonly args: readonly number[];

  constructor(args: readonly number[], ordered: boolean) {
    this.args = args;
    this.argumentCount = args.length;
    this.ordered = ordered;
  }

  value(arg: number, row: number): Scalar {
    const index = this.args[arg];
    return index === undefined ? null : this.buffer!.value(index, row);
  }

  peers(a: number, b: number): boolean {
    return this.buffer!.compare(a, b) === 0;
  }
}

/** ROW_NUMBER, LAG and their kin: calculated from the buffer alone. */
export function analyticValue(fn: AnalyticFunction, inputs: CallInputs, ordered: boolean): CallValue<null> {
  const view = new View(inputs.args, ordered);
  return {
    create: () => null,
    evaluate(_state, buffer, position, frame: FrameRange) {
      view.buffer = buffer;
      view.size = buffer.size;
      view.position = position;
      view.frameStart = frame.start;
      view.frameEnd = frame.end;
      return fn.evaluate(view);
    },
    leave: () => undefined,
    write: () => undefined,
    read: () => undefined,
  };
}
