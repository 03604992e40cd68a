import { type Expression, parse, type Query, type Statement } from '@velostream/core/sql';
import { quoteName } from '../ir/quote.ts';

type Select = Extract<Query, { kind: 'select' }>;

/** Clauses of one query as text, so that a change of one leaves the others as they were written. */
export interface SqlParts {
  readonly comments: readonly string[];
  readonly create: string;
  readonly distinct: boolean;
  readonly items: readonly SqlItem[];
  readonly base: string;
  readonly from: string;
  readonly joins: readonly string[];
  readonly where: readonly string[];
  readonly groupBy: readonly string[];
  readonly window?: string;
  readonly having: readonly string[];
  readonly orderBy: string;
  readonly limit?: string;
  readonly emit?: string;
  readonly into: string;
  readonly properties: string;
}

export interface SqlItem {
  readonly sql: string;
  readonly alias?: string;
  readonly isAggregate: boolean;
  readonly isStar: boolean;
}

const AGGREGATES =
  /^(COUNT|SUM|AVG|MIN|MAX|MEDIAN|STDDEV\w*|VAR\w*|PERCENTILE_\w+|APPROX_\w+|FIRST\w*|LAST\w*|LISTAGG|STRING_AGG|ARRAY_AGG|COLLECT|GROUP_CONCAT|CORR|COVAR\w*|DELTA|COUNT_DISTINCT)$/i;

/** Whether an expression holds an aggregate. */
export function hasAggregate(node: unknown): boolean {
  if (node === null || typeof node !== 'object') return false;
  if (Array.isArray(node)) return node.some(hasAggregate);
  const call = node as { kind?: string; name?: { text: string }; over?: unknown };
  if (call.kind === 'call' && call.over === undefined && AGGREGATES.test(call.name?.text ?? '')) return true;
  return Object.values(node).some(hasAggregate);
}

export const selectOf = (statement: Statement | undefined): Select | undefined => {
  if (!statement) return undefined;
  const query = statement.kind === 'query' ? statement.query : statement.kind === 'create' ? statement.query : undefined;
  return query?.kind === 'select' ? query : undefined;
};

const conjuncts = (node: Expression): Expression[] =>
  node.kind === 'binary' && node.operator === 'AND' ? [...conjuncts(node.left), ...conjuncts(node.right)] : [node];

/** Parts of the last query in a text; `undefined` where it is no single SELECT. */
export function partsOf(sql: string): SqlParts | undefined {
  const parsed = parse(sql);
  if (parsed.diagnostics.some((d) => d.severity === 'error')) return undefined;
  const statement = parsed.statements.at(-1);
  const select = selectOf(statement);
  if (!statement || !select || select.ctes.length > 0 || select.from?.kind !== 'relation') return undefined;
  const text = (node: { readonly span: { readonly start: number; readonly end: number } }): string =>
    sql.slice(node.span.start, node.span.end);
  const { relation, alias } = select.from;
  const base = relation.kind === 'name' ? relation.name.text : relation.uri;
  return {
    comments: statement.comments.map((c) => c.text.trim()),
    create: statement.kind === 'create' ? `CREATE ${statement.object} ${quoteName(statement.name.text)} AS` : '',
    distinct: select.distinct,
    items: select.items.map((item) =>
      item.kind === 'star'
        ? { sql: text(item), isAggregate: false, isStar: true }
        : {
            sql: text(item.expression),
            isAggregate: hasAggregate(item.expression),
            isStar: false,
            ...(item.alias ? { alias: item.alias.text } : {}),
          },
    ),
    base,
    from: text(relation) + (alias ? ` ${alias.text}` : ''),
    joins: select.joins.map((join) => text(join)),
    where: select.where ? conjuncts(select.where).map((c) => wrapped(c, text(c))) : [],
    groupBy: select.groupBy.map(text),
    ...(select.window ? { window: text(select.window).replace(/^WINDOW\s+/i, '') } : {}),
    having: select.having ? conjuncts(select.having).map((c) => wrapped(c, text(c))) : [],
    orderBy: select.orderBy.map(text).join(', '),
    ...(select.limit ? { limit: String(select.limit.count) } : {}),
    ...(select.emit ? { emit: select.emit.mode } : {}),
    into: select.into.map(text).join(', '),
    properties: select.properties.map(text).join(', '),
  };
}

const wrapped = (node: Expression, text: string): string =>
  node.kind === 'binary' && node.operator === 'OR' ? `(${text.replace(/^\((.*)\)$/s, '$1')})` : text;

/** The query that parts make. */
export function joinParts(parts: SqlParts): string {
  const lines = parts.comments.map((c) => `-- ${c}`);
  if (parts.create !== '') lines.push(parts.create);
  const items = parts.items.map(({ sql, alias }) => (alias === undefined ? sql : `${sql} AS ${quoteName(alias)}`));
  lines.push(`SELECT ${parts.distinct ? 'DISTINCT ' : ''}${items.join(', ')}`, `FROM ${parts.from}`, ...parts.joins);
  if (parts.where.length > 0) lines.push(`WHERE ${parts.where.join(' AND ')}`);
  if (parts.groupBy.length > 0) lines.push(`GROUP BY ${parts.groupBy.join(', ')}`);
  if (parts.window !== undefined) lines.push(`WINDOW ${parts.window}`);
  if (parts.having.length > 0) lines.push(`HAVING ${parts.having.join(' AND ')}`);
  if (parts.orderBy !== '') lines.push(`ORDER BY ${parts.orderBy}`);
  if (parts.limit !== undefined) lines.push(`LIMIT ${parts.limit}`);
  if (parts.emit !== undefined) lines.push(`EMIT ${parts.emit}`);
  if (parts.into !== '') lines.push(`INTO ${parts.into}`);
  if (parts.properties !== '') lines.push(`WITH (${parts.properties})`);
  return lines.join('\n');
}
