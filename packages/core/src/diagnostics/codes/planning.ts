import { code, problemFactory } from '../define-codes.ts';

/** VS3xxx: what binds but has no sound streaming plan, or not the one its author may expect. */
export const PLANNING_CODES = {
  VS3001: code<{ window: string; declared: string; relation: string }>({
    reason: 'event-time-conflict',
    severity: 'warning',
    message: (p) => `the window runs on "${p.window}", but the event time of "${p.relation}" is declared as "${p.declared}"`,
    hint: (p) => `Window on "${p.declared}", or declare "${p.window}" as the event time of "${p.relation}".`,
  }),
  VS3002: code<{ what: string }>({
    reason: 'updating-input',
    severity: 'error',
    message: (p) => `${p.what} needs rows that do not change any more, but its sub-query keeps updating them`,
    hint: () => 'Add a WINDOW and EMIT FINAL to the sub-query, or compute it over the source itself.',
  }),
  VS3003: code<{ expression: string }>({
    reason: 'distinct-order',
    severity: 'error',
    message: (p) => `ORDER BY "${p.expression}" of a SELECT DISTINCT is not in its select list`,
    hint: (p) => `Add "${p.expression}" to the select list, or leave DISTINCT out.`,
  }),
  VS3004: code({
    reason: 'unbounded-sort',
    severity: 'warning',
    message: () => 'ORDER BY has no effect on an unbounded stream without a window',
    hint: () => 'Add a WINDOW with EMIT FINAL to sort each window, or LIMIT with EMIT CHANGES for a running top list.',
  }),
  VS3005: code<{ what: string }>({
    reason: 'unbounded-join',
    severity: 'warning',
    message: (p) => `${p.what} keeps every row of both sides for as long as the query runs`,
    hint: () => 'Add WITHIN and a duration to the join, or a WINDOW to the query.',
  }),
  VS3006: code({
    reason: 'final-of-changing-rows',
    severity: 'warning',
    message: () => 'EMIT FINAL of rows that change emits at the end of the input only',
  }),
} as const;

export const planningProblem = problemFactory(PLANNING_CODES);
