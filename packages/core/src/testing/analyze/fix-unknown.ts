import type { FailureContext } from './context.ts';
import type { Fix } from './fix.ts';
import { mostAlike } from './similarity.ts';

/** A relation that nobody knows, beside one of nearly that name that somebody does: its rows were made up, and are not what was meant. */
export function fixUnknown(ctx: FailureContext): Fix[] {
  return ctx.unknown.flatMap((wrong) => {
    const others = Object.keys(ctx.tables).filter((name) => name !== wrong && !ctx.unknown.includes(name));
    return mostAlike(wrong, others, 0.5)
      .slice(0, 2)
      .map((name, i) => ({
        title: `read ${name} instead of ${wrong}`,
        kind: 'sql' as const,
        rule: 'unknown-name',
        because: `nothing is known of "${wrong}", so its rows were made up`,
        rank: 98 - i,
        sql: withName(ctx.sql, wrong, name),
        isOther: true,
      }));
  });
}

function withName(sql: string, wrong: string, name: string): string {
  const escaped = wrong.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const to = /^\w+$/.test(name) ? name : `\`${name}\``;
  return sql.replace(new RegExp(`(\\b(?:FROM|JOIN)\\s+)([\`"']?)${escaped}\\2(?![\\w-])`, 'gi'), (_all, lead: string) => lead + to);
}
