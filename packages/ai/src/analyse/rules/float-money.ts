import { format } from '@velostream/core/sql';
import { joinParts, type SqlParts } from '../../offline/sql-parts.ts';
import { type AnalysisContext, columnsOf, edit, type Rule } from '../finding.ts';

/** Money in floating point: in a source that is looked at, and in a query that adds it up. */
export const floatMoney: Rule = {
  id: 'float-money',
  triggers: ['inspect_topic', 'generate_sql'],
  run(context) {
    const here = context.trigger === 'generate_sql' ? context.parts?.base : (context.source?.name ?? context.parts?.base);
    if (here === undefined) return [];
    const money = columnsOf(context, here)
      .filter((c) => c.isMoney && /^(FLOAT|DOUBLE|REAL)/i.test(c.schema.type))
      .map((c) => c.name)
      .filter((name) => context.trigger !== 'generate_sql' || isAddedUp(context, name));
    const exact = context.trigger === 'generate_sql' && context.parts ? withDecimals(context.parts, money) : undefined;
    return money.length === 0
      ? []
      : [
          {
            fingerprint: `money:${here}`,
            severity: 'low',
            confidence: 0.7,
            title: 'Money as FLOAT',
            message: `${money.join(', ')} of ${here} is FLOAT; sums of money are exact as DECIMAL.`,
            evidence: { columns: money },
            actions: exact === undefined ? [] : [edit('Use DECIMAL', exact, context.sql)],
          },
        ];
  },
};

/** The column by its name, with the alias of its source before it or without. */
const columnIn = (name: string): RegExp => new RegExp(`(?<![\\w.\`'])(?:\\w+\\.)?${name.replace(/\W/g, '\\$&')}(?![\\w.\`'(])`, 'g');

const isAddedUp = ({ parts }: AnalysisContext, name: string): boolean =>
  parts?.items.some((item) => item.isAggregate && columnIn(name).test(item.sql) && !/\bCAST\b/i.test(item.sql)) ?? false;

function withDecimals(parts: SqlParts, names: readonly string[]): string | undefined {
  const cast = (sql: string): string =>
    names.reduce((text, name) => text.replace(columnIn(name), (column) => `CAST(${column} AS DECIMAL(18,4))`), sql);
  const items = parts.items.map((item) => (item.isAggregate ? { ...item, sql: cast(item.sql) } : item));
  return items.every((item, i) => item.sql === parts.items[i]?.sql) ? undefined : format(joinParts({ ...parts, items })).trim();
}
