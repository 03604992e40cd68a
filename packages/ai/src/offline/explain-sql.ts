import { parse } from '@velostream/core/sql';
import { partsOf, selectOf } from './sql-parts.ts';

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const windowText = (window: string): string => {
  const spans = [...window.matchAll(/INTERVAL\s+'?(\d+)'?\s+(\w+)|\b(\d+)\s*(ms|s|m|h|d)\b/gi)].map((m) =>
    m[1] === undefined ? `${m[3]}${m[4]}` : `${m[1]} ${(m[2] ?? '').toLowerCase()}${m[1] === '1' ? '' : 's'}`,
  );
  if (/^TUMBLING|^TUMBLE/i.test(window)) return `in windows of ${spans[0] ?? window}`;
  if (/^SLIDING|^HOP/i.test(window)) return `in windows of ${spans[0] ?? ''} that move on every ${spans[1] ?? ''}`;
  return `in sessions that end after ${spans[0] ?? ''} without events`;
};

/** What a query does, in words, from the query alone. */
export function explainSql(sql: string): string {
  const parts = partsOf(sql);
  if (!parts) {
    const statements = parse(sql).statements;
    const select = selectOf(statements.at(-1));
    return select ? 'Reads several relations in one query.' : `${statements.length} statement${statements.length === 1 ? '' : 's'}.`;
  }
  const aggregates = parts.items.filter((i) => i.isAggregate).map((i) => i.sql);
  const plain = parts.items.filter((i) => !i.isAggregate && !/_window_(start|end)/i.test(i.sql));
  const what =
    aggregates.length > 0
      ? `Computes ${list(aggregates)}`
      : parts.distinct
        ? `Lists distinct ${list(plain.map((i) => i.sql))}`
        : plain.some((i) => i.isStar)
          ? 'Shows every column'
          : `Shows ${list(plain.map((i) => i.alias ?? i.sql))}`;
  const sentences = [
    [
      what,
      `of ${parts.from}`,
      ...parts.joins.map((j) =>
        j.replace(/\s+/g, ' ').replace(/^(LEFT )?JOIN/i, (m) => (/left/i.test(m) ? 'with, where there is one,' : 'joined with')),
      ),
      ...(parts.where.length > 0 ? [`where ${parts.where.join(' and ')}`] : []),
      ...(parts.groupBy.length > 0 ? [`for each ${list(parts.groupBy)}`] : []),
      ...(parts.window === undefined ? [] : [windowText(parts.window)]),
    ].join(' '),
  ];
  if (parts.having.length > 0) sentences.push(`Keeps groups where ${parts.having.join(' and ')}`);
  if (parts.orderBy !== '') sentences.push(`Sorted by ${parts.orderBy}${parts.limit === undefined ? '' : `, the first ${parts.limit}`}`);
  else if (parts.limit !== undefined) sentences.push(`Stops after ${parts.limit} rows`);
  if (parts.emit !== undefined)
    sentences.push(parts.emit === 'FINAL' ? 'One row per group when the window closes' : 'A row for every change');
  const alerts = parts.comments.filter((c) => /^@alert:/.test(c)).map((c) => c.replace(/^@alert:\s*/, ''));
  if (alerts.length > 0) sentences.push(`Alerts when ${alerts.join(', or ')}`);
  if (parts.create !== '')
    sentences.push(
      `Kept as ${parts.create
        .replace(/^CREATE /, '')
        .replace(/ AS$/, '')
        .toLowerCase()}`,
    );
  return `${sentences.join('. ')}.`;
}
