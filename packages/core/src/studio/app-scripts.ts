import type { App, AppQuery } from '../protocol/studio/app.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';

/** One query of an application as SQL that stands alone: what it reads from other queries comes before it. */
export interface AppScript {
  readonly id: string;
  readonly name: string;
  readonly sql: string;
  /** Relations from outside that the script reads. */
  readonly reads: readonly string[];
}

interface Part {
  readonly query: AppQuery;
  readonly sql: string;
  readonly reads: readonly string[];
  readonly makes: readonly string[];
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '')}\``;

/** A bare SELECT with a sink becomes the stream of that name, so that other queries can read it. */
function partOf(query: AppQuery): Part {
  const { statements } = outlineScript(query.sql);
  const last = statements.at(-1);
  const made = statements.flatMap((s) => [...(s.makes === undefined ? [] : [s.makes]), ...s.writes]);
  const bare = statements.length === 1 && last !== undefined && last.makes === undefined && last.writes.length === 0;
  const named = bare && query.sink !== undefined && !query.sink.includes('://');
  return {
    query,
    sql: named ? inserted(query.sql, `CREATE STREAM ${quoted(query.sink as string)} AS `) : query.sql,
    reads: statements.flatMap((s) => s.reads),
    makes: named ? [...made, query.sink as string] : made,
  };
}

/** Puts text before the SELECT, behind the comments that annotate it. */
function inserted(sql: string, text: string): string {
  const at = /^(?:\s*(?:--[^\n]*\n|\/\*[\s\S]*?\*\/))*\s*/.exec(sql)?.[0].length ?? 0;
  return sql.slice(0, at) + text + sql.slice(at);
}

/** All queries of an application in dependency order, each with what it needs. */
export function appScripts(app: Pick<App, 'queries'>): readonly AppScript[] {
  const parts = app.queries.map(partOf);
  const maker = new Map(parts.flatMap((p) => p.makes.map((name) => [name, p] as const)));
  const upstream = (part: Part, seen: Set<Part>): Part[] => {
    if (seen.has(part)) return [];
    seen.add(part);
    return [...part.reads.flatMap((name) => upstreamOf(name, part, seen)), part];
  };
  const upstreamOf = (name: string, reader: Part, seen: Set<Part>): Part[] => {
    const made = maker.get(name);
    return made && made !== reader ? upstream(made, seen) : [];
  };
  return parts.map((part) => {
    const chain = upstream(part, new Set());
    const made = new Set(chain.flatMap((p) => p.makes));
    return {
      id: part.query.id,
      name: part.query.name,
      sql: chain.map((p) => p.sql.trim().replace(/;\s*$/, '')).join(';\n\n'),
      reads: [...new Set(chain.flatMap((p) => p.reads))].filter((name) => !made.has(name)),
    };
  });
}
