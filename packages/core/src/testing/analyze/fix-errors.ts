import type { TableSchema } from '../../protocol/table-schema.ts';
import { validate } from '../../sql/bind/validate.ts';
import { createCatalog } from '../../sql/catalog/create-catalog.ts';
import { parse } from '../../sql/syntax/index.ts';
import { schemaOfRows } from '../generate/table-schema.ts';
import { describeRows, sourceHints } from '../run/describe-rows.ts';
import type { FailureContext } from './context.ts';
import { expressionsOf, inputColumns, replaced, walk } from './context.ts';
import type { Fix } from './fix.ts';
import { mostAlike } from './similarity.ts';

/** A query that does not even run: the places that the checks name, with what they say was meant. */
export function fixErrors(ctx: FailureContext): Fix[] {
  if (!ctx.report.error) return [];
  const hints = sourceHints(ctx.sql);
  const tables = Object.fromEntries(
    Object.entries(ctx.inputs).map(([name, rows]): [string, TableSchema] => [name, schemaOfRows(rows) ?? describeRows(rows, hints(name))]),
  );
  const diagnostics = validate(ctx.sql, Object.keys(tables).length > 0 ? { catalog: createCatalog(tables) } : {});
  const fixes = diagnostics
    .filter((d) => d.severity === 'error')
    .flatMap((d) => {
      const meant = [...(d.hint ?? '').matchAll(/Did you mean "([^"]+)"/g)].map((m) => m[1] as string);
      const wrong = ctx.sql.slice(d.start, d.end);
      const known = [...inputColumns(ctx).map((c) => c.name), ...Object.keys(ctx.inputs)];
      const names = [...new Set([...meant, ...mostAlike(wrong.slice(wrong.lastIndexOf('.') + 1), known, 0.4)])].slice(0, 3);
      const prefix = wrong.includes('.') ? wrong.slice(0, wrong.lastIndexOf('.') + 1) : '';
      return names.map(
        (name, i): Fix => ({
          title: `write ${name} instead of ${wrong}`,
          kind: 'sql',
          rule: 'unknown-name',
          because: d.message,
          rank: 98 - i,
          sql: ctx.sql.slice(0, d.start) + prefix + name + ctx.sql.slice(d.end),
        }),
      );
    });
  return [...fixes, ...groupMissing(ctx), ...castFixes(ctx)];
}

/** Columns beside aggregates that are not grouped. */
function groupMissing(ctx: FailureContext): Fix[] {
  if (!/group/i.test(ctx.report.error?.message ?? '')) return [];
  const select = ctx.selects.at(-1);
  const last = select?.groupBy.at(-1);
  if (!select || !last) return [];
  const grouped = new Set(select.groupBy.map((e) => (e.kind === 'column' ? e.path.at(-1)?.text : '')));
  const plain = select.items.flatMap((i) =>
    i.kind === 'expression' && i.expression.kind === 'column' ? (i.expression.path.at(-1)?.text ?? []) : [],
  );
  return plain
    .filter((name) => !grouped.has(name))
    .map((name) => ({
      title: `group by ${name} too`,
      kind: 'sql',
      rule: 'not-grouped',
      because: `${name} is selected but not grouped`,
      rank: 90,
      sql: `${ctx.sql.slice(0, last.span.end)}, ${name}${ctx.sql.slice(last.span.end)}`,
    }));
}

/** Sums and comparisons of columns that are text. */
function castFixes(ctx: FailureContext): Fix[] {
  const texts = new Set(
    inputColumns(ctx)
      .filter((c) => c.kind === 'text')
      .map((c) => c.name),
  );
  const fixes: Fix[] = [];
  for (const select of parse(ctx.sql).statements.length > 0 ? ctx.selects : [])
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

export { castFixes };
