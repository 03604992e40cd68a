import type { AppInput } from '@velostream/core/protocol/deploy';
import type { Cell } from '@velostream/core/protocol/studio';
import { outlineScript, parse } from '@velostream/core/sql';

type Query = AppInput['queries'][number];

/** A query behind the cells of its thread that make the streams it reads, and those that they read. */
export function withSources(query: Query, cells: readonly Cell[]): Query[] {
  const makers = cells.flatMap(({ sql }) => {
    const made = sql === undefined ? undefined : parse(sql).statements.find((statement) => statement.kind === 'create');
    return sql === undefined || made === undefined ? [] : [{ name: made.name.text, sql }];
  });
  const found = new Map<string, Query>();
  const gather = (sql: string): void => {
    const reads = new Set(outlineScript(sql).statements.flatMap((statement) => statement.reads));
    for (const maker of makers) {
      const isRead = maker.sql !== sql && maker.sql !== query.sql && reads.has(maker.name);
      if (!isRead || found.has(maker.name)) continue;
      found.set(maker.name, maker);
      gather(maker.sql);
    }
  };
  gather(query.sql);
  return [...[...found.values()].toReversed(), query];
}
