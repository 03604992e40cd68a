import type { SystemColumn } from '../../sql/bind/expression.ts';
import type { Scalar } from '../../values/types.ts';
import { type Eval, frameEventTime, frameTimestamp, headersOf, offsetOf, partitionOf } from './frame.ts';

/** A value that travels beside the payload. In a joined row: the left side's, or the right's where the left has none; the later time. */
export function systemOf(name: SystemColumn): Eval {
  switch (name) {
    case '_TIMESTAMP':
      return frameTimestamp;
    case '_EVENT_TIME':
      return frameEventTime;
    case '_OFFSET':
      return (f) => offsetOf(f.batch.meta, f.row) ?? offsetOf(f.right.meta, f.rightRow);
    case '_PARTITION':
      return (f) => partitionOf(f.batch.meta, f.row) ?? partitionOf(f.right.meta, f.rightRow);
    case '_key':
      return (f): Scalar => f.batch.meta.key?.[f.row] ?? f.right.meta.key?.[f.rightRow] ?? null;
    case '_topic':
      return (f) => f.batch.meta.topic?.[f.row] ?? f.right.meta.topic?.[f.rightRow] ?? null;
    case '_headers':
      return (f) => headersOf(f);
  }
}
