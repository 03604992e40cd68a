import type { TimeSettings } from '../../bind/bound.ts';
import type { Expr } from '../../bind/expression.ts';
import type { PlanNode, WatermarkNode } from '../plan.ts';
import type { BuildContext } from './context.ts';

/** A watermark above `input`. `time` null: the event time that the rows bring. */
export const watermarkOver = (
  input: PlanNode,
  time: Expr | null,
  delayMs: number,
  settings: TimeSettings,
  context: BuildContext,
): WatermarkNode => ({
  kind: 'watermark',
  input,
  time,
  delayMs,
  maxFutureMs: context.options.maxFutureMs ?? null,
  idleTimeoutMs: settings.idleTimeoutMs,
  perRow: false,
  fields: input.fields,
  changes: 'append',
});
