import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { isUpperBound, OF_ADJECTIVE } from './adjective-numbers.ts';
import { type ColumnRef, isMeasure } from './column-facts.ts';
import { lexiconOf } from './lexicon.ts';
import { only } from './only.ts';
import type { SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { tokenise } from './token.ts';
import { inUnitOf } from './units.ts';

const SIDES: Readonly<Record<string, string>> = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most' };
const THRESHOLD =
  /^(?:(?:please|now|and|ok|then)[, ]+)*(?:raise|lower|set|change|move|increase|decrease|reduce|bump|put|make|turn)(?: up| down)? (?:the |that |its )?(?:([a-z_ ]+?) )?(?:threshold|limit|bound|cut-?off|minimum|maximum|bar)(?: (?:of|for|on) (?:the )?([a-z_ ]+?))? (?:up |down )?(?:to|at|=) (-?\d[\d.,]*)( ?[a-z%]+)?(?: instead)?[.!]?$/i;

/** `raise the confidence threshold to 0.8`: the one bound that a query has, or the one of that name, in the words of a bound. */
function otherBound(said: string, { where, having, items, limit }: SqlParts): string | undefined {
  const [, before, behind, amount = '', unit = ''] = THRESHOLD.exec(said) ?? [];
  // "set the limit to 3" of the first ten: how many are shown.
  if (limit !== undefined && (before ?? behind) === undefined && /\blimit\b/i.test(said)) return undefined;
  const name = (before ?? behind ?? '').toLowerCase().split(' ').filter(Boolean).map(stem);
  const bounds = [...having, ...where].flatMap((condition) => {
    const [, left = '', side = ''] = /^(.+?)\s*(>=|<=|>|<)\s*-?[\d.]+$/.exec(condition) ?? [];
    const alias = items.find((i) => i.sql === left)?.alias ?? '';
    const words = [...splitName(left), ...splitName(alias)].map(stem);
    return left !== '' && name.every((w) => words.includes(w)) ? [{ left, side, isHaving: having.includes(condition) }] : [];
  });
  const bound = only(bounds);
  return amount === '' || !bound ? undefined : `${bound.isHaving ? '' : `${bound.left} `}${SIDES[bound.side]} ${amount}${unit} instead`;
}

const THESE =
  /^(?:(?:please|now|and|ok|then)[, ]+)*(?:drop|remove|hide|skip|omit|exclude|ignore|disregard|discard|leave out|take out|throw out|filter out|get rid of|without|except(?: for)?|(only|just|keep(?: only)?)) (?:those|all|the ones|ones|everything|anything|the rest|groups?|rows?)(?: (?:that|which) (?:are|is|stay))?(?: at)? (below|under|above|over|[a-z]+er than|(?:more|less) than) (?:an? |the )?(?:([a-z]+) (?:of )?)?(-?\d[\d.,]*(?: ?[a-z%]+)?)[.!]?$/i;
const PLAIN = /^(?:below|under|above|over|(?:less|fewer|lower|more|higher|greater) than)$/i;

/** The one number of a relation that a noun names or an adjective is of. */
function numberOf(noun: string | undefined, adjective: string, columns: readonly ColumnRef[]): ColumnRef | undefined {
  const long = (w: string): string => longForm(w) ?? w;
  const root = adjective.toLowerCase().replace(/i?er than$/, '');
  const of = OF_ADJECTIVE.find(([said]) => said.test(root))?.[1];
  const fits = ({ words }: ColumnRef): boolean =>
    noun === undefined
      ? words.some((w) => of?.test(w) || of?.test(long(w)) || (root.length > 3 && w.startsWith(root)))
      : words.some((w) => stem(long(w)) === stem(long(noun.toLowerCase())));
  return only(columns.filter((c) => isMeasure(c) && fits(c)));
}

/** `drop those below 45 minutes`, `ignore everything weaker than 2.5`, `only those deeper than 40 km`: what stays. */
function stays(said: string, base: string, { schemas }: NlToSqlRequest): string | undefined {
  const [, isKept, side = '', noun, amount = ''] = THESE.exec(said) ?? [];
  if (amount === '') return undefined;
  const column = PLAIN.test(side) && noun === undefined ? undefined : numberOf(noun, side, lexiconOf(schemas).table(base)?.columns ?? []);
  if (!column && (isKept || noun !== undefined || !PLAIN.test(side))) return undefined;
  const isLess = isUpperBound(side);
  const bound = isKept ? (isLess ? 'less than' : 'more than') : isLess ? 'at least' : 'at most';
  return `only those with ${column ? `${column.name} of ` : ''}${bound} ${amount}`;
}

/** How a length of time is written. */
export const SPAN_UNIT = '(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)';
const SPAN = String.raw`\d+(?:\.\d+)? ?${SPAN_UNIT}\b`;
const AMOUNT = new RegExp(
  String.raw`\b(?:(at least|at most|more than|less than|no more than|no less than|longer than|shorter than|exceeding|above|below|under) (${SPAN})|(${SPAN}) or (more|less|longer|shorter|above|below)\b)`,
  'i',
);

/** `delayed over an hour`: how long what the column tells of took. */
const DONE = new RegExp(
  String.raw`\b([a-z]+) (?:by |for )?(over|above|more than|longer than|at least|under|below|less than|at most) (an? (?:minute|hour|day)|${SPAN})`,
  'i',
);

/** `only where the turn takes at least 40 seconds`, of a query that measures seconds: an amount, and no window. */
function measured(said: string, { items, base }: SqlParts, { schemas }: NlToSqlRequest): string {
  if (/\b(?:windows?|every|per|last|past|session|gap)\b/i.test(said)) return said;
  const figure = only(items.filter((i) => i.isAggregate && !/^COUNT/i.test(i.sql)));
  const column =
    figure &&
    lexiconOf(schemas)
      .table(base)
      ?.columns.find((c) => new RegExp(`\\b${c.name}\\b`).test(figure.sql));
  if (!column || !/^(?:ms|s|min|h|d)$/.test(column.unit ?? '')) return said;
  const isOf = (word: string): boolean => column.words.some((w) => stem(w) === stem(word));
  const plain = said.replace(DONE, (all: string, verb: string, bound: string, span: string) => {
    const [token] = tokenise(span.replace(/^an? /i, '1 '));
    const amount = isOf(verb) && token ? inUnitOf(column, token)?.value : undefined;
    return amount === undefined ? all : `${verb} ${bound} ${amount}`;
  });
  return plain.replace(AMOUNT, (all: string, bound?: string, span?: string, other?: string, more = '') => {
    const [token] = tokenise(span ?? other ?? '');
    const amount = token && inUnitOf(column, token)?.value;
    return amount === undefined ? all : `${bound ?? (/more|longer|above/i.test(more) ? 'at least' : 'at most')} ${amount}`;
  });
}

/** A change of a bound as it is told to a query that is there, in the words of a bound. */
export const boundEdit = (said: string, parts: SqlParts, request: NlToSqlRequest): string =>
  measured(otherBound(said, parts) ?? stays(said, parts.base, request) ?? said, parts, request);
