import { joinParts } from '../../offline/sql-parts.ts';
import { edit, type Rule } from '../finding.ts';
import { roundTo } from '../statistics.ts';

const windowMinutes = (window: string): number | undefined => {
  const m = /INTERVAL\s+'?(\d+)'?\s+(SECOND|MINUTE|HOUR|DAY)/i.exec(window);
  return m ? Number(m[1]) * ({ SECOND: 1 / 60, MINUTE: 1, HOUR: 60, DAY: 1440 }[(m[2] ?? '').toUpperCase()] ?? 1) : undefined;
};

/** A window that sees too few rows, or far too many. */
export const windowRateFit: Rule = {
  id: 'window-rate-fit',
  triggers: ['generate_sql'],
  run(context) {
    const { parts, sql } = context;
    if (!parts?.window || sql === undefined) return [];
    const rows = context.samples[parts.base] ?? [];
    const time = context.schemas[parts.base]?.eventTime;
    const minutes = windowMinutes(parts.window);
    if (time === undefined || rows.length < 30 || minutes === undefined) return [];
    const times = rows
      .map((r) => Number(r[time]))
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 60_000;
    const names = parts.groupBy.map((g) => g.split('.').at(-1) ?? g);
    const keys = Math.max(1, new Set(rows.map((r) => names.map((n) => String(r[n])).join('|'))).size);
    if (span <= 0) return [];
    const rate = roundTo(((rows.length / span) * minutes) / keys, 2);
    if (rate >= 2 && rate <= 1e6) return [];
    const better = rate < 2 ? Math.ceil((2 / Math.max(rate, 0.01)) * minutes) : Math.max(1, Math.floor(minutes / 10));
    return [
      {
        fingerprint: `window:${minutes}`,
        severity: 'low',
        confidence: 0.65,
        title: rate < 2 ? 'Nearly empty windows' : 'Very full windows',
        message: `A window of ${told(minutes)} sees about ${rate} rows per group; ${told(better)} would fit better.`,
        evidence: { minutes, rate, better },
        actions: [
          edit(
            `Use ${told(better)}`,
            joinParts({ ...parts, window: parts.window.replace(/INTERVAL '\d+' \w+/, `INTERVAL '${better}' MINUTE`) }),
            sql,
          ),
        ],
      },
    ];
  },
};

const told = (minutes: number): string => `${minutes} minute${minutes === 1 ? '' : 's'}`;
