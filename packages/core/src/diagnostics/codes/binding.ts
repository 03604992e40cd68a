import { type CodeDefinition, code, problemFactory } from '../define-codes.ts';

/** A name that was not found, with the names that would have been and the nearest of them. */
interface Missing {
  readonly name: string;
  readonly known: readonly string[];
  readonly nearest: string | undefined;
}

const LISTED_MAX = 12;
const listed = (names: readonly string[]): string =>
  names.slice(0, LISTED_MAX).join(', ') + (names.length > LISTED_MAX ? ` and ${names.length - LISTED_MAX} more` : '');

/** "Did you mean …" when something is near, else what there is. */
function suggest(what: string, { nearest, known }: Missing): string | undefined {
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  return known.length === 0 ? undefined : `${what}: ${listed(known)}.`;
}

const missing = (reason: string, what: string, scope: string): CodeDefinition<Missing> =>
  code<Missing>({
    reason,
    severity: 'error',
    message: ({ name }) => `${what} "${name}" does not exist`,
    hint: (p) => suggest(scope, p),
  });

/** Names: relations, aliases, columns, statements. */
const names = {
  VS2001: missing('unknown-relation', 'stream or table', 'Known streams and tables'),
  VS2002: missing('unknown-alias', 'stream, table or alias', 'Names in scope'),
  VS2003: code<{ name: string; choices: readonly string[] }>({
    reason: 'ambiguous-column',
    severity: 'error',
    message: ({ name }) => `column "${name}" is ambiguous`,
    hint: ({ choices }) => `Write one of ${choices.join(', ')}.`,
  }),
  VS2004: missing('unknown-column', 'column', 'Columns in scope'),
  VS2005: code<{ what: string }>({
    reason: 'no-from',
    severity: 'error',
    message: ({ what }) => `${what} needs a FROM clause`,
    hint: () => 'Add FROM with the stream or table to read.',
  }),
  VS2006: code<{ name: string }>({
    reason: 'duplicate-alias',
    severity: 'error',
    message: ({ name }) => `name "${name}" stands for two inputs of this query`,
    hint: () => 'Give one of them another alias.',
  }),
  VS2007: code<{ name: string }>({
    reason: 'duplicate-name',
    severity: 'error',
    message: ({ name }) => `"${name}" is defined twice`,
    hint: () => 'Rename one of the two, or write CREATE OR REPLACE.',
  }),
  VS2008: code<{ path: readonly string[] }>({
    reason: 'cycle',
    severity: 'error',
    message: ({ path }) => (path.length === 1 ? `"${path[0]}" reads itself` : `"${path.join('" reads "')}" reads "${path[0]}": a circle`),
    hint: () => 'Read from a source that does not depend on this statement.',
  }),
  VS2009: code<{ name: string; where: string }>({
    reason: 'alias-not-visible',
    severity: 'error',
    message: ({ name, where }) => `alias "${name}" is not visible in ${where}`,
    hint: ({ name }) => `Repeat the expression of "${name}" here, or use HAVING, or select from a sub-query.`,
  }),
  VS2010: code<{ name: string }>({
    reason: 'alias-before-definition',
    severity: 'error',
    message: ({ name }) => `alias "${name}" is used before it is defined`,
    hint: ({ name }) => `Move the item that defines "${name}" to the left.`,
  }),
  VS2011: code<{ name: string }>({
    reason: 'duplicate-column',
    severity: 'warning',
    message: ({ name }) => `output column "${name}" is given twice, the last one wins`,
    hint: () => 'Give each output column its own alias.',
  }),
  VS2012: code<{ name: string; why: string }>({
    reason: 'odd-name',
    severity: 'warning',
    message: ({ name, why }) => `name "${name}" ${why}`,
    hint: () => 'Use letters, digits and underscores, so that the name needs no quotes and fits a topic.',
  }),
  VS2013: code<{ name: string }>({
    reason: 'shadowed-relation',
    severity: 'info',
    message: ({ name }) => `"${name}" hides the stream or table of that name`,
    hint: () => 'Statements after this one read the new one.',
  }),
  VS2014: code<{ name: string }>({
    reason: 'read-as-nested',
    severity: 'warning',
    message: ({ name }) => `"${name}" is no alias of this query, it is read as a column with nested data`,
    hint: () => 'Declare the columns of the input, so that names can be checked.',
  }),
  VS2015: code<{ count: number; position: number }>({
    reason: 'bad-position',
    severity: 'error',
    message: ({ position }) => `position ${position} is not in the SELECT list`,
    hint: ({ count }) => `Use a number from 1 to ${count}, or the name of an item.`,
  }),
  VS2016: code<{ name: string }>({
    reason: 'key-needs-alias',
    severity: 'error',
    message: () => 'PRIMARY KEY expression needs an alias',
    hint: () => 'Write expression AS name PRIMARY KEY.',
  }),
};

/** Types: operators, conditions, casts. */
const types = {
  VS2020: code<{ name: string; nearest: string | undefined }>({
    reason: 'unknown-type',
    severity: 'error',
    message: ({ name }) => `data type "${name}" does not exist`,
    hint: ({ nearest }) =>
      nearest === undefined ? 'Use INTEGER, FLOAT, DECIMAL(p, s), STRING, BOOLEAN or TIMESTAMP.' : `Did you mean ${nearest}?`,
  }),
  VS2021: code<{ operator: string; left: string; right: string; hint?: string }>({
    reason: 'operator-types',
    severity: 'error',
    message: ({ operator, left, right }) => `operator "${operator}" does not take ${left} and ${right}`,
    hint: ({ hint }) => hint ?? 'Convert one side with CAST.',
  }),
  VS2022: code<{ operator: string; type: string }>({
    reason: 'operand-type',
    severity: 'error',
    message: ({ operator, type }) => `operator "${operator}" does not take ${type}`,
    hint: () => 'Convert the operand with CAST.',
  }),
  VS2023: code<{ left: string; right: string }>({
    reason: 'never-equal',
    severity: 'warning',
    message: ({ left, right }) => `${left} and ${right} are never equal`,
    hint: () => 'Convert one side with CAST.',
  }),
  VS2024: code<{ from: string; to: string }>({
    reason: 'impossible-cast',
    severity: 'error',
    message: ({ from, to }) => `${from} cannot be cast to ${to}`,
    hint: () => 'Cast to STRING first, or take out the part that you need.',
  }),
  VS2025: code<{ what: string; first: string; other: string }>({
    reason: 'no-common-type',
    severity: 'error',
    message: ({ what, first, other }) => `${what} have no common type: ${first} and ${other}`,
    hint: () => 'Convert them to one type with CAST.',
  }),
  VS2026: code<{ clause: string; type: string }>({
    reason: 'not-a-condition',
    severity: 'error',
    message: ({ clause, type }) => `${clause} needs a condition, not ${type}`,
    hint: () => 'Compare the value with something.',
  }),
  VS2027: code<{ type: string }>({
    reason: 'not-nested',
    severity: 'error',
    message: ({ type }) => `${type} has no elements`,
    hint: () => 'Only ARRAY, MAP, STRUCT and JSON have elements.',
  }),
  VS2028: code<{ what: string }>({
    reason: 'row-value',
    severity: 'error',
    message: ({ what }) => `a row value in parentheses stands ${what}`,
    hint: () => 'Write (a, b) IN ((1, 2), (3, 4)), with as many values on each side.',
  }),
  VS2029: code<{ text: string; type: string }>({
    reason: 'bad-literal',
    severity: 'error',
    message: ({ text, type }) => `"${text}" is no ${type}`,
    hint: ({ type }) =>
      type === 'DATE' ? "Write DATE '2025-03-04'." : type === 'TIME' ? "Write TIME '05:06:07'." : "Write TIMESTAMP '2025-03-04 05:06:07'.",
  }),
  VS2030: code<{ column: string; type: string; value: string }>({
    reason: 'assignment-type',
    severity: 'error',
    message: ({ column, type, value }) => `column "${column}" is ${type}, not ${value}`,
    hint: ({ type }) => `Convert the value with CAST(… AS ${type}).`,
  }),
  VS2031: code<{ expected: number; found: number; what: string }>({
    reason: 'value-count',
    severity: 'error',
    message: ({ expected, found, what }) => `${what} has ${expected} columns, but ${found} values are given`,
    hint: () => 'Give one value for each column.',
  }),
};

/** Functions, aggregates, OVER. */
const calls = {
  VS2040: code<{ name: string; nearest: readonly string[] }>({
    reason: 'unknown-function',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not exist`,
    hint: ({ nearest }) => (nearest.length === 0 ? undefined : `Did you mean ${nearest.map((n) => n.toUpperCase()).join(', ')}?`),
  }),
  VS2041: code<{ name: string; takes: string; found: number; signature: string }>({
    reason: 'argument-count',
    severity: 'error',
    message: ({ name, takes, found }) => `function "${name}" takes ${takes}, not ${found}`,
    hint: ({ signature }) => `Write ${signature}.`,
  }),
  VS2042: code<{ name: string; parameter: string; takes: string; found: string; signature: string }>({
    reason: 'argument-type',
    severity: 'error',
    message: ({ name, parameter, takes, found }) => `argument "${parameter}" of function "${name}" takes ${takes}, not ${found}`,
    hint: ({ signature }) => `The signature is ${signature}; convert the argument with CAST where that fits.`,
  }),
  VS2043: code<{ name: string; problem: string }>({
    reason: 'bad-argument',
    severity: 'error',
    message: ({ name, problem }) => `function "${name}": ${problem}`,
  }),
  VS2044: code<{ name: string }>({
    reason: 'not-a-window-function',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not work with OVER`,
    hint: () => 'OVER takes aggregates and analytic functions such as LAG, ROW_NUMBER or RANK.',
  }),
  VS2045: code<{ name: string }>({
    reason: 'over-missing',
    severity: 'error',
    message: ({ name }) => `function "${name}" needs OVER`,
    hint: ({ name }) => `Write ${name.toUpperCase()}(…) OVER (PARTITION BY … ORDER BY …).`,
  }),
  VS2046: code<{ name: string; clause: string }>({
    reason: 'over-not-allowed',
    severity: 'error',
    message: ({ name, clause }) => `function "${name}" with OVER is not allowed in ${clause}`,
    hint: () => 'Compute it in the SELECT list of a sub-query and filter outside.',
  }),
  VS2047: code<{ name: string; clause: string }>({
    reason: 'aggregate-not-allowed',
    severity: 'error',
    message: ({ name, clause }) => `aggregate function "${name}" is not allowed in ${clause}`,
    hint: ({ clause }) => (clause === 'WHERE' ? 'Use HAVING to filter on aggregates.' : 'Aggregate in the SELECT list.'),
  }),
  VS2048: code<{ inner: string; outer: string }>({
    reason: 'nested-aggregate',
    severity: 'error',
    message: ({ inner, outer }) => `aggregate function "${inner}" stands inside "${outer}"`,
    hint: () => 'Compute the inner aggregate in a sub-query.',
  }),
  VS2049: code<{ start: string; end: string }>({
    reason: 'frame-order',
    severity: 'error',
    message: ({ start, end }) => `the frame starts at ${start}, after its end at ${end}`,
    hint: () => 'Swap the two bounds.',
  }),
  VS2050: code<{ bound: string; side: string }>({
    reason: 'frame-bound',
    severity: 'error',
    message: ({ bound, side }) => `${bound} cannot be the ${side} of a frame`,
    hint: ({ side }) => (side === 'start' ? 'Start with n PRECEDING or UNBOUNDED PRECEDING.' : 'End with CURRENT ROW or n FOLLOWING.'),
  }),
  VS2051: code<{ what: string; found: string }>({
    reason: 'frame-offset',
    severity: 'error',
    message: ({ what, found }) => `${what} takes a constant that is not negative, not ${found}`,
    hint: () => 'Write a whole number of rows, or an INTERVAL for RANGE.',
  }),
  VS2052: code<{ name: string }>({
    reason: 'modifier-not-allowed',
    severity: 'error',
    message: ({ name }) => `function "${name}" is no aggregate and takes no DISTINCT, FILTER or WITHIN GROUP`,
    hint: () => 'Leave the modifier out.',
  }),
  VS2053: code<{ name: string }>({
    reason: 'star-not-allowed',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not take *`,
    hint: () => 'Only COUNT takes *; name a column.',
  }),
  VS2054: code<{ name: string }>({
    reason: 'header-outside-select',
    severity: 'warning',
    message: ({ name }) => `function "${name}" has an effect in the SELECT list only`,
    hint: () => 'Move the call into the SELECT list.',
  }),
  VS2055: code<{ name: string }>({
    reason: 'within-group-missing',
    severity: 'error',
    message: ({ name }) => `function "${name}" does not know what to order`,
    hint: ({ name }) => `Write ${name.toUpperCase()}(0.95) WITHIN GROUP (ORDER BY x), or ${name.toUpperCase()}(x, 0.95).`,
  }),
};

/** Grouping and the shape of the result. */
const shape = {
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
const windows = {
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

/** Joins. */
const joins = {
  VS2080: code({
    reason: 'join-without-key',
    severity: 'warning',
    message: () => 'the join has no equality between the two sides, every pair of rows is compared',
    hint: () => 'Add a condition such as l.id = r.id to ON.',
  }),
  VS2081: code<{ missing: string }>({
    reason: 'unbounded-join',
    severity: 'warning',
    message: ({ missing }) => `the join of two streams has no ${missing}, 1 hour is taken`,
    hint: () => "Add WITHIN INTERVAL '10' MINUTE, or a condition on the two times.",
  }),
  VS2082: code<{ kind: string; table: string }>({
    reason: 'outer-table-join',
    severity: 'error',
    message: ({ kind, table }) => `${kind} JOIN cannot keep the unmatched rows of table "${table}"`,
    hint: () => 'A table alone emits nothing; use INNER JOIN, or LEFT JOIN with the stream on the left.',
  }),
  VS2083: code<{ what: string }>({
    reason: 'within-ignored',
    severity: 'warning',
    message: ({ what }) => `WITHIN has no effect on ${what}`,
    hint: () => 'Leave WITHIN out.',
  }),
  VS2084: code<{ what: string; clause: string }>({
    reason: 'join-time-type',
    severity: 'error',
    message: ({ what, clause }) => `${clause} needs a time of the left side, not ${what}`,
    hint: () => 'Use a TIMESTAMP or an INTEGER of epoch milliseconds of the left side.',
  }),
};

/** Sub-queries. */
const subqueries = {
  VS2090: code<{ name: string }>({
    reason: 'subquery-on-stream',
    severity: 'error',
    message: ({ name }) => `sub-query reads "${name}", which is a stream`,
    hint: ({ name }) => `Make a table of it: CREATE TABLE ${name}_now AS SELECT … FROM ${name}.`,
  }),
  VS2091: code<{ found: number; form: string }>({
    reason: 'subquery-columns',
    severity: 'error',
    message: ({ found, form }) => `${form} sub-query selects ${found} columns, not one`,
    hint: () => 'Select one expression.',
  }),
  VS2092: code({
    reason: 'not-in-null',
    severity: 'warning',
    message: () => 'NOT IN is never true once the sub-query gives a NULL',
    hint: () => 'Add WHERE column IS NOT NULL to the sub-query, or use NOT EXISTS.',
  }),
  VS2093: code<{ what: string }>({
    reason: 'slow-subquery',
    severity: 'warning',
    message: ({ what }) => `${what} runs for every row`,
    hint: () => 'A JOIN with the table is faster.',
  }),
  VS2094: code<{ what: string }>({
    reason: 'slow-pattern',
    severity: 'info',
    message: ({ what }) => `${what} in a sub-query reads the whole table for every row`,
    hint: () => 'Compute it once in the table that the sub-query reads.',
  }),
  VS2095: code<{ limit: number }>({
    reason: 'subquery-depth',
    severity: 'error',
    message: ({ limit }) => `sub-queries are nested deeper than ${limit} levels`,
    hint: () => 'Split the statement into several with CREATE TABLE … AS.',
  }),
  VS2096: code<{ what: string }>({
    reason: 'subquery-form',
    severity: 'error',
    message: ({ what }) => `a sub-query in an expression cannot have ${what}`,
    hint: () => 'Make a table of it with CREATE TABLE … AS, and read that.',
  }),
  VS2097: code({
    reason: 'scalar-rows',
    severity: 'warning',
    message: () => 'the sub-query may give several rows, the first one is taken',
    hint: () => 'Aggregate, or compare with a key of the table.',
  }),
};

/** Conditions that are probably not meant. */
const advice = {
  VS2100: code({
    reason: 'division-by-zero',
    severity: 'warning',
    message: () => 'division by zero gives NULL',
    hint: () => 'Check the divisor; NULLIF(x, 0) makes the intent clear.',
  }),
  VS2101: code<{ negated: boolean }>({
    reason: 'null-comparison',
    severity: 'warning',
    message: () => 'a comparison with NULL is never true',
    hint: ({ negated }) => (negated ? 'Use IS NOT NULL.' : 'Use IS NULL.'),
  }),
  VS2102: code<{ name: string }>({
    reason: 'no-sink',
    severity: 'warning',
    message: () => 'this SELECT has no sink',
    hint: () => 'Use CREATE STREAM name AS SELECT …, or add INTO.',
  }),
  VS2103: code<{ feature: string }>({
    reason: 'unsupported-here',
    severity: 'error',
    message: ({ feature }) => `${feature} is not supported here`,
  }),
};

export const BINDING_CODES = { ...names, ...types, ...calls, ...shape, ...windows, ...joins, ...subqueries, ...advice };
/** Makes VS20xx problems. */
export const bindingProblem = problemFactory(BINDING_CODES);
