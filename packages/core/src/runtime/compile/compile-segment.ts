import type { CompileEnv } from './interpret.ts';
import { interpretSegment } from './interpret-segment.ts';
import type { Segment, SegmentKernel } from './segment.ts';

/** The fastest way to run a segment here. */
export const compileSegment = (segment: Segment, env: CompileEnv): SegmentKernel => interpretSegment(segment, env);
