import { quoteName } from '../ir/quote.ts';
import { LOW } from './adjective-numbers.ts';
import { isMeasure } from './column-facts.ts';
import type { Known } from './edit-slots.ts';
import { adjectiveColumn } from './meaning.ts';
import { only } from './only.ts';
import type { SqlParts } from './sql-parts.ts';
import { stem } from './stem.ts';

const LEAD = `^(?:(?:please|now|and|ok|just|only|show|give|keep|me|limit|it|them|to|sort(?:ed)?|order(?:ed)?|put)[, ]+)*`;
const NEWEST = 'latest|newest|last|most recent';
const LATEST = new RegExp(
  String.raw`${LEAD}(?:the )?(?:(?:${NEWEST}) (\d+)|(\d+) (?:${NEWEST}))(?: (?!(?:ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|weeks?|months?)\b)[a-z]+)??(?: (?:only|please))*[.!]?$`,
  'i',
);
const FIRST = new RegExp(
  `${LEAD}(?:by (?:the )?([a-z_ ]+?))?,? ?(?:(?:with )?the )?(?:([a-z]{3,}est)(?: [a-z]+)? first|(descending|ascending|desc|asc))[.!]?$`,
  'i',
);

/** `only the last 5`, `heaviest first`, asked of a query of rows: those that came last, or all of them in the order of a number. */
export function rowsInOrder(said: string, { parts, lexicon }: Known): SqlParts | undefined {
  const base = lexicon.table(parts.base);
  if (!base || parts.items.some((i) => i.isAggregate)) return undefined;
  const alias = parts.joins.length > 0 ? /\s(\w+)$/.exec(parts.from.trim())?.[1] : undefined;
  const name = (column: string): string => `${alias === undefined ? '' : `${alias}.`}${quoteName(column)}`;
  const [, before, behind] = LATEST.exec(said.trim()) ?? [];
  const count = before ?? behind;
  if (count !== undefined && base.eventTime !== undefined) return { ...parts, orderBy: `${name(base.eventTime)} DESC`, limit: count };
  const [, phrase, most = '', way = ''] = FIRST.exec(said.trim()) ?? [];
  if (most === '' && (way === '' || phrase === undefined)) return undefined;
  const stems = phrase?.toLowerCase().split(/[ _]/).map(stem);
  const named =
    stems &&
    base.columns.filter((c) => c.kind === 'number' || c.kind === 'time').filter((c) => stems.every((s) => c.words.map(stem).includes(s)));
  const column = /^(?:lat|new|old|earli)est$/i.test(most)
    ? base.columns.find((c) => c.name === base.eventTime)
    : named
      ? only(named)
      : (adjectiveColumn(base, most.toLowerCase()) ??
        (/^(?:high|low|bigg|larg|small)est$/i.test(most) ? only(base.columns.filter(isMeasure)) : undefined));
  const isLow = /^asc/i.test(way) || LOW.test(most.toLowerCase()) || /^(?:old|earli)est$/i.test(most);
  return column && { ...parts, orderBy: `${name(column.name)} ${isLow ? 'ASC' : 'DESC'}` };
}
