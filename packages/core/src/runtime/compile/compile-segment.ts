import type { Expr } from '../../sql/bind/expression.ts';
import { signatureOf } from './codegen/column-code.ts';
import { columnsOf, isVolatile } from './codegen/used-columns.ts';
import { generators } from './generators.ts';
import type { CompileEnv } from './interpret.ts';
import { interpretSegment } from './interpret-segment.ts';
import { canGenerate } from './new-function.ts';
import type { Segment, SegmentKernel, Stage } from './segment.ts';

/** Loops are made for the lanes that batches come in; more different ones than this are not worth it. */
const KERNELS_MAX = 16;

const expressionsOf = (stage: Stage): readonly Expr[] =>
  stage.kind === 'filter' ? [stage.predicate] : stage.eventTime === null ? stage.items : [...stage.items, stage.eventTime];

/** The fastest way to run a segment here: a generated loop per combination of lanes, or closures where code cannot be generated. */
export function compileSegment(segment: Segment, env: CompileEnv): SegmentKernel {
  const interpreted = interpretSegment(segment, env);
  const expressions = segment.stages.flatMap(expressionsOf);
  const { generateSegment } = generators();
  if (!env.context.codegen || generateSegment === undefined || !canGenerate() || expressions.some(isVolatile)) return interpreted;
  const used = inputColumns(segment);
  const kernels = new Map<string, SegmentKernel>();
  return (batch, from, to, observer) => {
    const signature = signatureOf(batch, used);
    let kernel = kernels.get(signature);
    if (kernel === undefined) {
      kernel = kernels.size < KERNELS_MAX ? generateSegment(segment, batch, used, env) : interpreted;
      kernels.set(signature, kernel);
    }
    const result = kernel(batch, from, to, observer);
    // The first row left the safe integers: this part of the batch goes the exact way.
    return result.next === from ? interpreted(batch, from, to, observer) : result;
  };
}

/** Columns of the input that the loop reads: up to and including the first projection, or what the outputs pass through. */
function inputColumns(segment: Segment): number[] {
  const first = segment.stages.findIndex((stage) => stage.kind === 'project');
  const direct = first < 0 ? segment.stages : segment.stages.slice(0, first + 1);
  return columnsOf(direct.flatMap(expressionsOf));
}
