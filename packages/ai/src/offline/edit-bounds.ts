import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { lexiconOf } from './lexicon.ts';
import { only } from './only.ts';
import type { SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';
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

const LESS_THESE =
  /^(?:(?:please|now|and|ok|then)[, ]+)*(?:drop|remove|hide|skip|omit|exclude|leave out|take out|throw out|filter out|get rid of) (?:those|all|the ones|ones|everything|anything|the rest|groups?|rows?)(?: (?:that|which) (?:are|is|stay))?(?: at)? (below|under|less than|fewer than|lower than|above|over|more than|higher than) (\d[\d.,]*(?: ?[a-z%]+)?)[.!]?$/i;

/** `drop those below 45 minutes`: what stays. */
function stays(said: string): string | undefined {
  const [, side = '', amount = ''] = LESS_THESE.exec(said) ?? [];
  if (amount === '') return undefined;
  return `only those with ${/below|under|less|fewer|lower/i.test(side) ? 'at least' : 'at most'} ${amount}`;
}

/** How a length of time is written. */
export const SPAN_UNIT = '(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)';
const SPAN = String.raw`\d+(?:\.\d+)? ?${SPAN_UNIT}\b`;
const AMOUNT = new RegExp(
  String.raw`\b(?:(at least|at most|more than|less than|no more than|no less than|longer than|shorter than|exceeding|above|below|under) (${SPAN})|(${SPAN}) or (more|less|longer|shorter|above|below)\b)`,
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
  return said.replace(AMOUNT, (all: string, bound?: string, span?: string, other?: string, more = '') => {
    const [token] = tokenise(span ?? other ?? '');
    const amount = token && inUnitOf(column, token)?.value;
    return amount === undefined ? all : `${bound ?? (/more|longer|above/i.test(more) ? 'at least' : 'at most')} ${amount}`;
  });
}

/** A change of a bound as it is told to a query that is there, in the words of a bound. */
export const boundEdit = (said: string, parts: SqlParts, request: NlToSqlRequest): string =>
  measured(otherBound(said, parts) ?? stays(said) ?? said, parts, request);
