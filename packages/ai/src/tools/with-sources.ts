import type { AppInput } from '@velostream/core/protocol/deploy';
import type { Cell } from '@velostream/core/protocol/studio';

type Query = AppInput['queries'][number];

const MADE = /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:STREAM|TABLE)\s+(?:IF\s+NOT\s+EXISTS\s+)?[`"]?([\p{L}_][\p{L}\p{N}_.-]*)/imu;

/** A query behind the cells of its thread that make the streams it reads, and those that they read. */
export function withSources(query: Query, cells: readonly Cell[]): Query[] {
  const makers = cells.flatMap(({ sql }) => {
    const name = sql === undefined ? undefined : MADE.exec(sql)?.[1];
    return sql === undefined || name === undefined ? [] : [{ name, sql }];
  });
  const found = new Map<string, Query>();
  const gather = (sql: string): void => {
    for (const maker of makers) {
      const isRead = maker.sql !== sql && maker.sql !== query.sql && reads(sql, maker.name);
      if (!isRead || found.has(maker.name)) continue;
      found.set(maker.name, maker);
      gather(maker.sql);
    }
  };
  gather(query.sql);
  return [...[...found.values()].toReversed(), query];
}

const reads = (sql: string, name: string): boolean =>
  new RegExp(`\\b(?:FROM|JOIN)\\s+[\`"]?${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_.-])`, 'iu').test(sql);
