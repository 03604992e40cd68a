import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { lexiconOf } from './lexicon.ts';
import type { SqlParts } from './sql-parts.ts';
import { splitName, stem } from './stem.ts';

const SIDES: Readonly<Record<string, string>> = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most' };
const THRESHOLD =
  /^(?:(?:please|now|and|ok|then)[, ]+)*(?:raise|lower|set|change|move|increase|decrease|reduce|bump|put|make|turn)(?: up| down)? (?:the |that |its )?(?:([a-z_ ]+?) )?(?:threshold|limit|bound|cut-?off|minimum|maximum|bar)(?: (?:of|for|on) (?:the )?([a-z_ ]+?))? (?:up |down )?(?:to|at|=) (-?\d[\d.,]*)( ?[a-z%]+)?(?: instead)?[.!]?$/i;

/** `raise the confidence threshold to 0.8`: the one bound that a query has, or the one of that name, in the words of a bound. */
function otherBound(said: string, { where, having, items }: SqlParts): string | undefined {
  const [, before, behind, amount = '', unit = ''] = THRESHOLD.exec(said) ?? [];
  const name = (before ?? behind ?? '').toLowerCase().split(' ').filter(Boolean).map(stem);
  const bounds = [...having, ...where].flatMap((condition) => {
    const [, left = '', side = ''] = /^(.+?)\s*(>=|<=|>|<)\s*-?[\d.]+$/.exec(condition) ?? [];
    const alias = items.find((i) => i.sql === left)?.alias ?? '';
    const words = [...splitName(left), ...splitName(alias)].map(stem);
    return left !== '' && name.every((w) => words.includes(w)) ? [{ left, side, isHaving: having.includes(condition) }] : [];
  });
  const [only] = bounds;
  if (amount === '' || !only || bounds.length > 1) return undefined;
  return `${only.isHaving ? '' : `${only.left} `}${SIDES[only.side]} ${amount}${unit} instead`;
}

const LESS_THESE =
  /^(?:(?:please|now|and|ok|then)[, ]+)*(?:drop|remove|hide|skip|omit|exclude|leave out|take out|throw out|filter out|get rid of) (?:those|all|the ones|ones|everything|anything|the rest|groups?|rows?)(?: (?:that|which) (?:are|is|stay))?(?: at)? (below|under|less than|fewer than|lower than|above|over|more than|higher than) (\d[\d.,]*(?: ?[a-z%]+)?)[.!]?$/i;

/** `drop those below 45 minutes`: what stays. */
function stays(said: string): string | undefined {
  const [, side = '', amount = ''] = LESS_THESE.exec(said) ?? [];
  if (amount === '') return undefined;
  return `only those with ${/below|under|less|fewer|lower/i.test(side) ? 'at least' : 'at most'} ${amount}`;
}

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const LONG = /^(?:(ms|milli)|(s|sec)|(m|min)|(h|hr|hour)|(d|day))[a-z]*$/i;
const AMOUNT =
  /\b(at least|at most|more than|less than|no more than|no less than|longer than|shorter than|exceeding|above|below|under) (\d+(?:\.\d+)?) ?(ms|milliseconds?|s|secs?|seconds?|min|minutes?|h|hrs?|hours?|days?)\b|\b(\d+(?:\.\d+)?) ?(ms|milliseconds?|s|secs?|seconds?|min|minutes?|h|hrs?|hours?|days?) or (more|less|longer|shorter|above|below)\b/i;

/** `only where the turn takes at least 40 seconds`, of a query that measures seconds: an amount, and no window. */
function measured(said: string, { items, base }: SqlParts, { schemas }: NlToSqlRequest): string {
  const columns = lexiconOf(schemas).table(base)?.columns ?? [];
  const figures = items.filter((i) => i.isAggregate && !/^COUNT/i.test(i.sql));
  const units = new Set(columns.filter((c) => figures.some((i) => new RegExp(`\\b${c.name}\\b`).test(i.sql))).map((c) => c.unit));
  const per = figures.length === 1 && units.size === 1 ? MS[[...units][0] ?? ''] : undefined;
  if (per === undefined || /\b(?:windows?|every|per|last|past|session|gap)\b/i.test(said)) return said;
  return said.replace(AMOUNT, (_, bound?: string, n?: string, unit?: string, n2?: string, unit2?: string, more?: string) => {
    const [, ...kinds] = LONG.exec(unit ?? unit2 ?? '') ?? [];
    const ms = Object.values(MS)[kinds.findIndex((k) => k !== undefined)] ?? per;
    const amount = String((Number(n ?? n2) * ms) / per);
    return `${bound ?? (/more|longer|above/i.test(more ?? '') ? 'at least' : 'at most')} ${amount}`;
  });
}

/** A change of a bound as it is told to a query that is there, in the words of a bound. */
export const boundEdit = (said: string, parts: SqlParts, request: NlToSqlRequest): string =>
  measured(otherBound(said, parts) ?? stays(said) ?? said, parts, request);
