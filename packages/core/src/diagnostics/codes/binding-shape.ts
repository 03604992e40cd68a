import { code } from '../define-codes.ts';

/** Grouping and the shape of the result. */
export const SHAPE_CODES = {
  VS2060: code<{ functions: readonly string[] }>({
    reason: 'aggregate-without-grouping',
    severity: 'warning',
    message: ({ functions }) => `${functions.join(', ')} without GROUP BY or WINDOW: one running value over the whole stream`,
    hint: () => 'Add GROUP BY clause or WINDOW clause to get a value per group or window.',
  }),
  VS2061: code<{ name: string }>({
    reason: 'non-grouped-column',
    severity: 'warning',
    message: ({ name }) => `column "${name}" is neither grouped nor aggregated, its first value is taken`,
    hint: ({ name }) => `Add "${name}" to GROUP BY, or wrap it in an aggregate such as LAST_VALUE.`,
  }),
  VS2062: code({
    reason: 'having-without-aggregation',
    severity: 'warning',
    message: () => 'HAVING without GROUP BY and aggregates works like WHERE on the output',
    hint: () => 'Use WHERE, or add GROUP BY.',
  }),
  VS2063: code({
    reason: 'final-without-window',
    severity: 'warning',
    message: () => 'EMIT FINAL without WINDOW emits at the end of the input only',
    hint: () => 'Add a WINDOW, or use EMIT CHANGES; an unbounded source never ends.',
  }),
  VS2064: code({
    reason: 'unbounded-groups',
    severity: 'info',
    message: () => 'GROUP BY without WINDOW keeps every group for ever',
    hint: () => "Add a WINDOW, or bound the groups with WITH ('max.groups' = '100000').",
  }),
  VS2065: code({
    reason: 'unbounded-sort',
    severity: 'warning',
    message: () => 'ORDER BY without WINDOW or LIMIT sorts at the end of a bounded input only',
    hint: () => 'Add a WINDOW to sort each window, or LIMIT for the first rows.',
  }),
  VS2066: code<{ expected: number; found: number }>({
    reason: 'union-columns',
    severity: 'error',
    message: ({ expected, found }) => `UNION arms have ${expected} and ${found} columns`,
    hint: () => 'Select the same columns in every arm; NULL AS name fills a gap.',
  }),
  VS2067: code<{ column: string; first: string; other: string }>({
    reason: 'union-types',
    severity: 'warning',
    message: ({ column, first, other }) => `column "${column}" is ${first} in one UNION arm and ${other} in another`,
    hint: () => 'Convert them to one type with CAST.',
  }),
  VS2068: code<{ name: string }>({
    reason: 'event-time-type',
    severity: 'warning',
    message: ({ name }) => `${name} AS _EVENT_TIME is no time, the event time stays as it is`,
    hint: () => 'Give a TIMESTAMP or an INTEGER of epoch milliseconds.',
  }),
  VS2069: code({
    reason: 'emit-ignored',
    severity: 'info',
    message: () => 'EMIT has no effect on a query without aggregates and WINDOW',
    hint: () => 'Leave EMIT out; every passing row is emitted at once.',
  }),
};

/** Windows. */
export const WINDOW_CODES = {
  VS2070: code<{ what: string }>({
    reason: 'window-size',
    severity: 'error',
    message: ({ what }) => `${what} must be greater than zero`,
    hint: () => "Write a duration such as 5m or INTERVAL '5' MINUTE.",
  }),
  VS2071: code({
    reason: 'window-advance',
    severity: 'warning',
    message: () => 'advance is greater than size: rows between two windows are in none',
    hint: () => 'SLIDING takes the size first, then the advance.',
  }),
  VS2072: code<{ name: string; type: string }>({
    reason: 'window-time-type',
    severity: 'error',
    message: ({ name, type }) => `window time "${name}" is ${type}, not a time`,
    hint: () => 'Use a TIMESTAMP, an INTEGER of epoch milliseconds, _EVENT_TIME or _TIMESTAMP.',
  }),
  VS2073: code<{ source: string }>({
    reason: 'no-event-time',
    severity: 'info',
    message: ({ source }) => `"${source}" has no event time, the window uses the time of arrival`,
    hint: () => "Name the time column in the window, or set 'event.time.field'.",
  }),
  VS2074: code({
    reason: 'window-duration',
    severity: 'error',
    message: () => 'a duration must be a constant',
    hint: () => "Write a duration such as 5m or INTERVAL '5' MINUTE.",
  }),
};
