import type { QueryMetrics } from './api.ts';
import type { Execution } from './execution.ts';
import type { GraphNode } from './graph.ts';

const finite = (t: number): number | null => (Number.isFinite(t) ? t : null);

/** A snapshot of one statement's counters. Errors and warnings are those of the whole execution. */
export function metricsOf(execution: Execution, node: GraphNode): QueryMetrics {
  const operators = node.pipeline.operators.map((o) => {
    const { join, ...metrics } = o.metrics;
    return { ...metrics, operator: o.kind, depth: o.depth, ...(join ? { join: { ...join } } : {}) };
  });
  const sum = (pick: (m: (typeof operators)[number]) => number): number => operators.reduce((total, m) => total + pick(m), 0);
  const watermarks = operators.map((m) => m.watermark).filter((w) => w !== Number.NEGATIVE_INFINITY);
  const reached = operators.filter((m) => m.operator.startsWith('Watermark')).map((m) => m.watermark);
  const sources = execution.cursors.map((c) => ({
    name: c.feed.name,
    rowsIn: c.rowsIn,
    badRecords: execution.badRecords.get(c.feed.name) ?? 0,
    ended: c.ended,
    idle: !c.ended && c.batch === null,
  }));
  return {
    status: execution.status,
    rowsIn: execution.cursors.reduce((total, c) => total + c.rowsIn, 0),
    rowsOut: node.rowsOut,
    rowsFiltered: sum((m) => m.rowsFiltered),
    rowsLate: sum((m) => m.rowsLate),
    rowErrors: execution.log.errors,
    rowsPerSecond: execution.rowsPerSecond,
    watermark: watermarks.length > 0 ? finite(Math.min(...(reached.length > 0 ? reached : watermarks))) : null,
    warnings: { ...execution.log.warnings, ...Object.fromEntries(execution.told.counts) },
    lastErrors: execution.log.last.map(({ error: { code, message, hint }, operator }) => ({
      code,
      message,
      ...(hint && { hint }),
      operator,
    })),
    operators,
    sources,
    stateBytes: sum((m) => m.stateBytes),
    startedAt: execution.startedAt,
    elapsedMs: execution.elapsedMs,
    ...(execution.workers === null ? {} : { workers: execution.workers }),
  };
}
