import { columnsOf, numbersOf, type Rule } from '../finding.ts';

/** A result column that is always NULL or always the same, while a like one is not. */
export const nullLeak: Rule = {
  id: 'null-leak',
  triggers: ['test_query', 'generate_sql'],
  run(context) {
    const { parts, report, sql } = context;
    if (!parts || sql === undefined) return [];
    const columns = columnsOf(context, parts.base);
    for (const item of parts.items) {
      const name = /^(?:\w+\()?(?:\w+\.)?(\w+)\)?$/.exec(item.sql)?.[1];
      const own = columns.find((c) => c.name === name && c.kind === 'number');
      if (!own || own.isId || own.isCode) continue;
      const values = numbersOf(context, parts.base, own.name);
      const shown = report ? report.output.rows.map((r) => r[item.alias ?? own.name]) : [];
      const constant = values.length >= 5 && values.every((v) => v === 0);
      const empty = shown.length >= 5 && shown.every((v) => v === null || Number(v) === 0);
      if (!constant && !empty) continue;
      const other = columns.find(
        (c) =>
          c !== own &&
          c.kind === 'number' &&
          !c.isId &&
          !c.isCode &&
          (c.isMoney === own.isMoney || c.isAdditive === own.isAdditive) &&
          numbersOf(context, parts.base, c.name).some((v) => v !== 0),
      );
      if (!other) continue;
      const rows = constant ? values.length : shown.length;
      return [
        {
          fingerprint: `null:${own.name}`,
          severity: 'high',
          confidence: 0.75,
          title: 'Perhaps another column',
          message: `${own.name} is 0 or empty in all ${rows} rows; did you mean ${other.name}?`,
          evidence: { zero: 0, rows, column: own.name, other: other.name },
          actions: [
            {
              kind: 'edit_sql',
              label: `Use ${other.name}`,
              sql: sql.replace(new RegExp(`\\b${own.name}\\b(?:\\s+AS\\s+${other.name}\\b)?`, 'gi'), other.name),
              before: sql,
            },
          ],
        },
      ];
    }
    return [];
  },
};
