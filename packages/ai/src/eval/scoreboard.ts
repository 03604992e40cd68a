import type { CaseResult } from './run-bench.ts';
import { shareText } from './wilson.ts';

export interface Score {
  readonly cases: number;
  readonly rejected: number;
  readonly answered: { readonly hits: number; readonly total: number };
  readonly valid: { readonly hits: number; readonly total: number };
  readonly match: { readonly hits: number; readonly total: number };
  readonly clarify: { readonly hits: number; readonly total: number };
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly byCategory: Readonly<Record<string, { readonly hits: number; readonly total: number }>>;
  readonly structure: Readonly<Record<string, { readonly hits: number; readonly total: number }>>;
}

const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Counts of a run: answered, valid, right of the answered, questions back that were called for. */
export function scoreOf(all: readonly CaseResult[]): Score {
  const results = all.filter((r) => !r.rejected);
  const wanted = results.filter((r) => r.case.expect === 'sql');
  const answered = wanted.filter((r) => r.kind === 'sql');
  const asked = results.filter((r) => r.kind === 'clarify' || r.kind === 'refused');
  const byCategory: Record<string, { hits: number; total: number }> = {};
  for (const r of results) {
    byCategory[r.case.category] ??= { hits: 0, total: 0 };
    const row = byCategory[r.case.category] as { hits: number; total: number };
    row.total++;
    if (r.match) row.hits++;
  }
  const structure: Record<string, { hits: number; total: number }> = {};
  for (const r of answered)
    for (const [part, same] of Object.entries(r.structure)) {
      structure[part] ??= { hits: 0, total: 0 };
      const row = structure[part] as { hits: number; total: number };
      row.total++;
      if (same) row.hits++;
    }
  const sql = results.filter((r) => r.kind === 'sql');
  return {
    cases: all.length,
    rejected: all.length - results.length,
    answered: { hits: answered.length, total: wanted.length },
    valid: { hits: sql.filter((r) => r.valid).length, total: sql.length },
    match: { hits: answered.filter((r) => r.match).length, total: answered.length },
    clarify: { hits: asked.filter((r) => r.case.expect !== 'sql').length, total: asked.length },
    latencyMs: {
      p50: at(
        results.map((r) => r.ms),
        0.5,
      ),
      p99: at(
        results.map((r) => r.ms),
        0.99,
      ),
    },
    byCategory,
    structure,
  };
}

/** The score as a page, with every miss. */
export function scoreboardMarkdown(title: string, results: readonly CaseResult[]): string {
  const s = scoreOf(results);
  const lines = [
    `# ${title}`,
    '',
    '| what | share, 95 % interval |',
    '| --- | --- |',
    `| answered | ${shareText(s.answered.hits, s.answered.total)} |`,
    `| valid SQL of answers | ${shareText(s.valid.hits, s.valid.total)} |`,
    `| right of the answered (by execution) | ${shareText(s.match.hits, s.match.total)} |`,
    `| questions back that were called for | ${shareText(s.clarify.hits, s.clarify.total)} |`,
    `| latency p50 / p99 | ${s.latencyMs.p50.toFixed(1)} / ${s.latencyMs.p99.toFixed(1)} ms |`,
    `| left out (data do not discriminate) | ${s.rejected} |`,
    '',
    '| category | right |',
    '| --- | --- |',
    ...Object.entries(s.byCategory).map(([name, { hits, total }]) => `| ${name} | ${shareText(hits, total)} |`),
    '',
    '| part of the query | agrees with gold |',
    '| --- | --- |',
    ...Object.entries(s.structure).map(([name, { hits, total }]) => `| ${name} | ${shareText(hits, total)} |`),
    '',
    '## Misses',
    '',
    ...results
      .filter((r) => !r.match && !r.rejected)
      .map(
        (r) => `- \`${r.case.id}\` ${r.case.prompt} — ${r.why ?? ''}${r.sql === undefined ? '' : `\n  \`${r.sql.replace(/\s+/g, ' ')}\``}`,
      ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Counts alone, without a question or an answer: for sets that whoever works on the assistant must not read. */
export function totalsText(title: string, results: readonly CaseResult[]): string {
  const s = scoreOf(results);
  const rows: readonly (readonly [string, { readonly hits: number; readonly total: number }])[] = [
    ['answered', s.answered],
    ['valid SQL of answers', s.valid],
    ['right of the answered', s.match],
    ['questions back that were called for', s.clarify],
    ...Object.entries(s.byCategory).map(([name, count]) => [`  ${name}`, count] as const),
  ];
  const lines = rows.map(([name, { hits, total }]) => `${name.padEnd(38)}${String(hits).padStart(4)} of ${String(total).padStart(3)}`);
  return [`${title}: ${s.cases} questions, ${s.rejected} left out`, ...lines].join('\n');
}
