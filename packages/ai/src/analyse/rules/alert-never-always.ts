import { prompt, type Rule } from '../finding.ts';

/** An alert that never fires, or nearly always. */
export const alertNeverAlways: Rule = {
  id: 'alert-never-always',
  triggers: ['test_query'],
  run({ report }) {
    const rows = report?.output.rowCount ?? 0;
    if (rows < 10) return [];
    return (report?.alerts ?? []).flatMap((a) => {
      const percent = Math.round((100 * a.fired) / rows);
      if (a.fired > 0 && percent <= 20) return [];
      return [
        {
          fingerprint: `fires:${a.name}`,
          severity: 'medium',
          confidence: 0.75,
          title: a.fired === 0 ? 'An alert that never fires' : 'An alert that fires often',
          message: `${a.name} would fire in ${percent}% of ${rows} results.`,
          evidence: { percent, rows, alert: a.name, condition: a.condition },
          actions: [prompt('Choose another threshold', `change the alert ${a.condition}`)],
        } as const,
      ];
    });
  },
};
