import type {
  ColumnDefinition,
  CreateRelation,
  Expression,
  JobStatement,
  Query,
  ShowStatement,
  Statement,
  StatementBody,
} from '../../ast/index.ts';
import { indent, type Line, line, suffix, WIDTH, withComments } from './layout.ts';
import { type ExpressionContext, writeExpression } from './print-expression.ts';
import { printName, printRelation, printString, printType } from './print-name.ts';
import { contextOf, propertyLines, queryLines } from './print-query.ts';
import type { PrintTarget } from './print-target.ts';

/** SQL text of an expression; parsing it gives the same tree. */
export const printExpression = (expression: Expression, target: PrintTarget = 'studio'): string =>
  writeExpression(expression, contextOf(target));

/** SQL text of a query, one clause a line. */
export const printQuery = (query: Query, target: PrintTarget = 'studio'): string =>
  queryLines(query, contextOf(target))
    .map((l) => l.text)
    .join('\n');

/**
 * SQL text of a statement with its comments, without a semicolon: canonical order of clauses, keywords in upper case. Parsing the text
 * gives the same tree. Statements that could not be read have no text of their own and give an empty string.
 */
export function printStatement(statement: StatementBody | Statement, target: PrintTarget = 'studio'): string {
  return printWithComments(statement, target).text;
}

/** The same, with a note whether the text ends in a line comment, which a semicolon has to stay clear of. */
export function printWithComments(
  statement: StatementBody | Statement,
  target: PrintTarget,
): { readonly text: string; readonly endsInComment: boolean } {
  const comments = 'comments' in statement ? statement.comments : [];
  return withComments(bodyLines(statement, contextOf(target)), comments);
}

function bodyLines(body: StatementBody, c: ExpressionContext, withFollows = false): Line[] {
  const at = body.span.start;
  const { target } = c;
  switch (body.kind) {
    case 'query':
      return queryLines(body.query, c, withFollows);
    case 'create':
      return createLines(body, c, withFollows);
    case 'insert':
      return insertLines(body, c);
    case 'update': {
      const sets = body.assignments.map((a) => `${printName(a.column, target)} = ${writeExpression(a.value, c)}`).join(', ');
      return [line(`UPDATE ${printRelation(body.target, target)} SET ${sets}`, at), ...whereLines(body.where, c)];
    }
    case 'delete':
      return [line(`DELETE FROM ${printRelation(body.target, target)}`, at), ...whereLines(body.where, c)];
    case 'drop':
      return [line(`DROP ${body.object} ${body.ifExists ? 'IF EXISTS ' : ''}${printName(body.name, target)}`, at)];
    case 'show':
      return [line(showText(body, target), at)];
    case 'describe':
      return [line(`DESCRIBE ${body.object ? `${body.object} ` : ''}${printName(body.name, target)}`, at)];
    case 'explain':
      return [line('EXPLAIN', at), ...bodyLines(body.statement, c)];
    case 'job':
      return jobLines(body, c);
    default:
      return [];
  }
}

const whereLines = (where: Expression | undefined, c: ExpressionContext): Line[] =>
  where ? [line(`WHERE ${writeExpression(where, c)}`, where.span.start)] : [];

function createLines(create: CreateRelation, c: ExpressionContext, withFollows: boolean): Line[] {
  const { target } = c;
  const head = `CREATE ${create.orReplace ? 'OR REPLACE ' : ''}${create.object} ${create.ifNotExists ? 'IF NOT EXISTS ' : ''}${printName(create.name, target)}`;
  const columns = columnEntries(create, c);
  const open = columns.length === 0 ? [line(head, create.span.start)] : columnLines(head, create.span.start, columns);
  if (!create.query) return [...open, ...propertyLines(create.properties, target)];
  return [...suffix(open, ' AS'), ...queryLines(create.query, c, withFollows)];
}

function columnLines(head: string, at: number, columns: readonly Line[]): Line[] {
  const one = `${head} (${columns.map((column) => column.text).join(', ')})`;
  if (one.length <= WIDTH && columns.length <= 4) return [line(one, at)];
  const entries = columns.map((column, i) => ({ ...column, text: column.text + (i === columns.length - 1 ? '' : ',') }));
  return [line(`${head} (`, at), ...indent(entries), line(')')];
}

function columnEntries(create: CreateRelation, c: ExpressionContext): Line[] {
  const entries = create.columns.map((column) => line(columnText(column, c), column.span.start));
  if (create.watermark) {
    const { column, expression } = create.watermark;
    entries.push(line(`WATERMARK FOR ${printName(column, c.target)} AS ${writeExpression(expression, c)}`, column.span.start));
  }
  const [first] = create.primaryKey;
  if (first) entries.push(line(`PRIMARY KEY (${create.primaryKey.map((n) => printName(n, c.target)).join(', ')})`, first.span.start));
  return entries;
}

function columnText(column: ColumnDefinition, c: ExpressionContext): string {
  const fallback = column.default ? ` DEFAULT ${writeExpression(column.default, c)}` : '';
  return `${printName(column.name, c.target)} ${printType(column.type, c.target)}${column.nullable ? '' : ' NOT NULL'}${column.primaryKey ? ' PRIMARY KEY' : ''}${fallback}`;
}

function insertLines(insert: StatementBody & { kind: 'insert' }, c: ExpressionContext): Line[] {
  const columns = insert.columns.length === 0 ? '' : ` (${insert.columns.map((n) => printName(n, c.target)).join(', ')})`;
  const head = line(`INSERT INTO ${printRelation(insert.target, c.target)}${columns}`, insert.span.start);
  if (insert.source.kind !== 'values') return [head, ...queryLines(insert.source, c)];
  const rows = insert.source.rows.map((row) => `(${row.map((e) => writeExpression(e, c)).join(', ')})`);
  if (rows.length === 1) return [head, line(`VALUES ${rows[0]}`)];
  return [head, line('VALUES'), ...rows.map((row, i) => line(`  ${row}${i === rows.length - 1 ? '' : ','}`))];
}

function showText(show: ShowStatement, target: PrintTarget): string {
  const object = show.object ? ` ${show.object}` : '';
  const name = show.name ? ` ${printName(show.name, target)}` : '';
  const pattern = show.pattern === undefined ? '' : ` LIKE ${printString(show.pattern, target)}`;
  return `SHOW ${show.what}${object}${name}${pattern}`;
}

function jobLines(job: JobStatement, c: ExpressionContext): Line[] {
  const at = job.span.start;
  const name = printName(job.name, c.target);
  switch (job.action) {
    case 'START':
      return [line(`START JOB ${name} AS`, at), ...jobBodyLines(job, c)];
    case 'DEPLOY': {
      const { strategy } = job;
      const text = strategy.kind === 'CANARY' ? `CANARY(${strategy.percent})` : strategy.kind;
      return [
        line(`DEPLOY JOB ${name} VERSION ${printString(job.version, c.target)} AS`, at),
        ...jobBodyLines(job, c),
        line(`STRATEGY ${text}`),
      ];
    }
    case 'STOP':
      return [line(`STOP JOB ${name}${job.force ? ' FORCE' : ''}`, at)];
    case 'ROLLBACK':
      return [line(`ROLLBACK JOB ${name}${job.version === undefined ? '' : ` VERSION ${printString(job.version, c.target)}`}`, at)];
    default:
      return [line(`${job.action} JOB ${name}`, at)];
  }
}

/** The statement of a job; a WITH after it belongs to the job. */
function jobBodyLines(job: JobStatement & { action: 'START' | 'DEPLOY' }, c: ExpressionContext): Line[] {
  if (job.properties.length === 0) return bodyLines(job.body, c);
  return [...bodyLines(job.body, c, true), ...propertyLines(job.properties, c.target)];
}
