import { type CodeDefinition, code } from '../define-codes.ts';

/** A name that was not found, with the names that would have been and the nearest of them. */
interface Missing {
  readonly name: string;
  readonly known: readonly string[];
  readonly nearest: string | undefined;
}

const LISTED_MAX = 12;
const listed = (names: readonly string[]): string =>
  names.slice(0, LISTED_MAX).join(', ') + (names.length > LISTED_MAX ? ` and ${names.length - LISTED_MAX} more` : '');

const FILE = /\.(?:csv|tsv|jsonl?|ndjson|parquet|avro|orc|arrow)(?:\.\w+)?$/i;
/** `orders.csv`: what people write who mean a file. */
export const isFileName = (name: string): boolean => FILE.test(name);

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
export const NAME_CODES = {
  VS2001: code<Missing>({
    reason: 'unknown-relation',
    severity: 'error',
    message: ({ name }) => `stream or table "${name}" does not exist`,
    hint: (p) => (isFileName(p.name) ? `A file is named by a URI: 'file://${p.name}'.` : suggest('Known streams and tables', p)),
  }),
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
