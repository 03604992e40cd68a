import { assert } from '../../diagnostics/assert.ts';
import type { JoinNode } from '../../sql/plan/plan.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { intervalTiming, unboundedTiming, windowTiming } from '../joins/join-timing.ts';
import { SessionJoin } from '../joins/session-join.ts';
import { StreamJoin } from '../joins/stream-join.ts';
import type { Operator, RuntimeContext } from '../operator.ts';

/** The operator of a join of two streams. Port 0 is the left input, port 1 the right one. */
export function makeJoin(node: JoinNode, context: RuntimeContext, env: CompileEnv): Operator {
  const { match, graceMs } = node;
  switch (match.kind) {
    case 'interval':
      return new StreamJoin(node, intervalTiming(match.lowerMs, match.upperMs, graceMs), context, env);
    case 'unbounded':
      return new StreamJoin(node, unboundedTiming(), context, env);
    case 'window':
      assert(match.emit === 'changes', 'the window above a join decides when its pairs come out');
      return match.window.kind === 'session'
        ? new SessionJoin(node, match.window.gapMs, context, env)
        : new StreamJoin(node, windowTiming(match.window, graceMs), context, env);
  }
}
