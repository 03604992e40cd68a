import { prompt, type Rule } from '../finding.ts';

/** Keys of two sides that never meet. */
export const joinMismatch: Rule = {
  id: 'join-mismatch',
  triggers: ['test_query'],
  run({ report }) {
    const failed = report?.assertions.find((a) => a.type === 'join_coverage' && !a.passed);
    if (!report || !failed) return [];
    const sides = Object.entries(report.inputSamples).slice(0, 2);
    const [left, right] = sides;
    const key = String(failed.details?.['key'] ?? failed.details?.['field'] ?? 'the key');
    const sample = (rows: readonly Readonly<Record<string, unknown>>[] | undefined): string => String(rows?.[0]?.[key] ?? '?').slice(0, 40);
    const percent = Math.round(100 * Number(failed.actual ?? 0)) || 0;
    const a = sample(left?.[1]);
    const b = sample(right?.[1]);
    return [
      {
        fingerprint: `mismatch:${key}`,
        severity: 'high',
        confidence: 0.8,
        title: 'The keys do not meet',
        message: `${percent}% of the rows find a partner; one side has keys like "${a}", the other like "${b}".`,
        evidence: { percent, a, b, key },
        actions: [prompt('Why?', 'why did the test fail?')],
      },
    ];
  },
};
