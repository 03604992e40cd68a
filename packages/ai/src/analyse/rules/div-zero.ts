import { joinParts } from '../../offline/sql-parts.ts';
import { edit, numbersOf, type Rule } from '../finding.ts';

/** A division by something that may be zero. */
export const divZero: Rule = {
  id: 'div-zero',
  triggers: ['generate_sql'],
  run(context) {
    const { parts, sql } = context;
    if (!parts || sql === undefined) return [];
    for (const item of parts.items) {
      const m = /\/\s*(?!NULLIF|COUNT\(\*\)|\d)(\w+(?:\.\w+)?)(?![\w(.])/i.exec(item.sql);
      const name = m?.[1];
      if (name === undefined) continue;
      const values = numbersOf(context, parts.base, name.split('.').at(-1) ?? name);
      const zeros = values.filter((v) => v === 0).length;
      if (values.length > 0 && zeros === 0) continue;
      const safe = item.sql.replace(/\/\s*(\w+(?:\.\w+)?)(?![\w(.])/, '/ NULLIF($1, 0)');
      return [
        {
          fingerprint: `div:${name}`,
          severity: zeros > 0 ? 'medium' : 'low',
          confidence: zeros > 0 ? 0.9 : 0.5,
          title: 'Division by zero',
          message: values.length > 0 ? `${name} is 0 in ${zeros} of ${values.length} sampled rows.` : `${name} may be 0.`,
          evidence: { zero: 0, zeros, rows: values.length, column: name },
          actions: [
            edit('Use NULLIF', joinParts({ ...parts, items: parts.items.map((i) => (i === item ? { ...i, sql: safe } : i)) }), sql),
          ],
        },
      ];
    }
    return [];
  },
};
