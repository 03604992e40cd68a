import type { AppInput } from '../protocol/studio/app.ts';
import type { Statement } from '../sql/ast/index.ts';
import { namesOf } from '../sql/bind/dependencies.ts';
import { parse } from '../sql/syntax/index.ts';

const runs = (s: Statement): boolean =>
  s.kind === 'query' || (s.kind === 'create' && s.query !== undefined) || (s.kind === 'insert' && s.source.kind !== 'values');

/**
 * A file of SQL as an application: a query per statement that runs, each with the declarations of what it reads in front of it.
 * Statements that cannot be read become one query, so that their mistakes are told.
 */
export function appOfScript(sql: string, fallbackName: string): AppInput {
  const { statements, info, application, diagnostics } = parse(sql);
  const name = application?.name ?? fallbackName;
  const about = application?.description === undefined ? {} : { description: application.description };
  if (diagnostics.some((d) => d.severity === 'error') || !statements.some(runs)) return { name, ...about, queries: [{ name, sql }] };
  const declarations = new Map(
    statements.flatMap((s) => (s.kind === 'create' && s.query === undefined ? [[s.name.text, s] as const] : [])),
  );
  const queries = statements.flatMap((statement, i) => {
    if (!runs(statement)) return [];
    const { reads, makes, writes } = namesOf(statement);
    const needed = [...reads, ...writes].flatMap((each) => declarations.get(each) ?? []);
    const text = [...new Set(needed)].map((d) => `${sql.slice(d.span.start, d.span.end).replace(/;\s*$/, '')};`);
    const start = Math.min(statement.span.start, ...statement.comments.map((c) => c.span.start));
    const own = sql.slice(start, statement.span.end).replace(/;\s*$/, '');
    return [{ name: info[i]?.name ?? makes ?? `query-${i + 1}`, sql: [...text, own].join('\n') }];
  });
  return { name, ...about, queries };
}
