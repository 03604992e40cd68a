import { quoteName } from '../../ir/quote.ts';
import { joinParts } from '../../offline/sql-parts.ts';
import { columnsOf, edit, type Rule } from '../finding.ts';

/** `*` into a sink drifts with the schema. */
export const selectStar: Rule = {
  id: 'select-star',
  triggers: ['generate_sql', 'deploy_pipeline'],
  run(context) {
    const { parts, sql } = context;
    if (!parts || sql === undefined || !parts.items.some((i) => i.isStar) || (parts.create === '' && parts.into === '')) return [];
    const columns = columnsOf(context, parts.base).map((c) => c.name);
    return [
      {
        fingerprint: 'star',
        severity: 'low',
        confidence: 0.75,
        title: 'A sink with *',
        message: 'New fields of the source would change the sink unseen; name the columns.',
        evidence: { columns },
        actions:
          columns.length === 0
            ? []
            : [
                edit(
                  'Name the columns',
                  joinParts({ ...parts, items: columns.map((name) => ({ sql: quoteName(name), isAggregate: false, isStar: false })) }),
                  sql,
                ),
              ],
      },
    ];
  },
};
