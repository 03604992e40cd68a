import type { TableSchema } from '@velostream/core/protocol';
import { partsOf } from '../../src/offline/sql-parts.ts';
import { translate } from '../../src/offline/translate.ts';

/** A question with the parts of the query that answers it. */
export interface Probe {
  readonly prompt: string;
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly gold: string;
}

const plain = (text: string): string =>
  text
    .replace(/\b\w+\.(?=\w)/g, '')
    .replace(/^\((.*)\)$/s, '$1')
    .replace(/INTERVAL '(\d+)' (\w)\w*/g, (_, n: string, unit: string) => `${n}${unit.toLowerCase()}`)
    .replace(/\s+/g, ' ');

/** Source, joins, figures, conditions, groups, window and rank of a query, whatever its columns are called. */
function partsText(sql: string): string {
  const parts = partsOf(sql);
  if (!parts) return sql;
  const figures = parts.items.filter((i) => i.isAggregate).map((i) => plain(i.sql));
  // What is ranked by, whatever it is called.
  const rank = parts.items.reduce(
    (text, { sql: item, alias }) => (text.split(' ')[0] === alias ? text.replace(alias as string, plain(item)) : text),
    parts.orderBy,
  );
  return [
    parts.base,
    parts.joins.map((j) => plain(j).replace(/ (\w+) ON/, ' ON')).join(' '),
    figures.join(', '),
    parts.where.map(plain).toSorted().join(' AND '),
    parts.groupBy.map(plain).toSorted().join(', '),
    plain(parts.window ?? ''),
    parts.having.map(plain).join(' AND '),
    `${rank.replace(/ ASC$/, '')} ${parts.limit ?? ''}`.trim(),
  ].join(' | ');
}

/** The probes whose answer has other parts than their gold query, with both. */
export const missesOf = (probes: readonly Probe[]): string[] =>
  probes.flatMap(({ prompt, schemas, gold }) => {
    const answer = translate({ prompt, schemas });
    const given = answer.kind === 'sql' ? partsText(answer.sql) : answer.kind;
    const wanted = partsText(gold);
    return given === wanted ? [] : [`${prompt}\n  wanted ${wanted}\n  given  ${given}`];
  });
