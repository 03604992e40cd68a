import { prompt, type Rule } from '../finding.ts';

/** A test with nothing to look at. */
export const testEmptyOutput: Rule = {
  id: 'test-empty-output',
  triggers: ['test_query'],
  run({ report, parts }) {
    if (!report || report.output.rowCount > 0) return [];
    const rows = Object.values(report.inputs).reduce((a, b) => a + b, 0);
    const cause =
      (parts?.having.length ?? 0) > 0
        ? 'HAVING'
        : (parts?.where.length ?? 0) > 0
          ? 'WHERE'
          : (parts?.joins.length ?? 0) > 0
            ? 'the join'
            : 'the window';
    return [
      {
        fingerprint: 'empty',
        severity: 'high',
        confidence: 0.8,
        title: 'Nothing came out',
        message: `Of ${rows} rows none came out; ${cause} is the first thing to look at.`,
        evidence: { rows, cause },
        actions: [prompt('Why?', 'why did the test fail?')],
      },
    ];
  },
};
