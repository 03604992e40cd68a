import { mendSyntax } from '../../sql/syntax/mend/mend-syntax.ts';
import { expressionsOf, type FailureContext, inputColumns, replaced, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { fixDiagnostics } from './fix-diagnostics.ts';

/** A query that does not even run: what it takes to be read, else the places that the checks name, with what they say was meant. */
export function fixErrors(ctx: FailureContext): Fix[] {
  const { error } = ctx.report;
  if (!error) return [];
  const mends = mendSyntax(ctx.sql);
  if (mends.length === 0) return [...fixDiagnostics(ctx), ...castFixes(ctx)];
  return mends.map(({ sql, changes }, i) => ({
    title: changes.join(', '),
    kind: 'sql',
    rule: 'syntax',
    because: error.message,
    rank: 99 - i * 0.5,
    sql,
    isOther: true,
  }));
}

/** Sums and comparisons of columns that are text. */
export function castFixes(ctx: FailureContext): Fix[] {
  const texts = new Set(
    inputColumns(ctx)
      .filter((c) => c.kind === 'text')
      .map((c) => c.name),
  );
  const fixes: Fix[] = [];
  for (const select of ctx.selects)
    for (const { expression } of expressionsOf(select))
      walk(expression, (e) => {
        const arg = e.kind === 'call' && /^(sum|avg|min|max|abs|round)$/i.test(e.name.text) ? e.arguments[0] : undefined;
        const sides = e.kind === 'binary' && /^[-+*/]$/.test(e.operator) ? [e.left, e.right] : arg ? [arg] : [];
        for (const side of sides) {
          const name = side.kind === 'column' ? side.path.at(-1)?.text : undefined;
          if (name === undefined || !texts.has(name)) continue;
          fixes.push({
            title: `cast ${name} to a number`,
            kind: 'sql',
            rule: 'text-number',
            because: `${name} is text`,
            rank: 93,
            sql: replaced(ctx.sql, side, `TRY_CAST(${ctx.sql.slice(side.span.start, side.span.end)} AS DECIMAL(18,4))`),
          });
        }
      });
  return fixes;
}
