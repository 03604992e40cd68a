import { type Rule, tool } from '../finding.ts';

/** Columns that no assertion looks at. */
export const assertionGaps: Rule = {
  id: 'assertion-gaps',
  triggers: ['test_query'],
  run({ report }) {
    if (!report?.passed || report.output.rowCount === 0) return [];
    const text = JSON.stringify(report.assertions.map((a) => [a.type, a.details, a.message]));
    const free = report.output.columns.map((c) => c.name).filter((n) => !text.includes(n));
    if (free.length === 0) return [];
    const assertions = [
      { type: 'record_count', operator: 'greater_than', expected: 0 },
      { type: 'schema_contains', fields: report.output.columns.map((c) => c.name) },
      { type: 'no_nulls', fields: free.slice(0, 5).filter((n) => report.output.rows.every((r) => r[n] !== null)) },
    ];
    const many = assertions.length;
    const shown = free.slice(0, 4);
    const named = shown.length === 1 ? `${shown[0]} is` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)} are`;
    return [
      {
        fingerprint: `gaps:${free.join('+')}`,
        severity: 'info',
        confidence: 0.6,
        title: 'More to check',
        message: `${named} checked by nothing; ${many} assertions would cover it.`,
        evidence: { many, columns: free },
        actions: [tool('Test with them', 'test_query', { sql: report.sql, assertions })],
      },
    ];
  },
};
