import type { AssertionResult, SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { show } from '../assert/operators.ts';
import { coverageText } from '../coverage/coverage-text.ts';
import { escapeMarkup as esc } from './escape.ts';
import { durationOf } from './render-options.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1c2024;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:0}section{border:1px solid #d9d9e0;border-radius:8px;margin:1rem 0;padding:1rem}
.passed{color:#18794e}.failed,.error{color:#c62a2f}.skipped{color:#8d5c00}table{border-collapse:collapse;width:100%;font-size:.9em}
td,th{border-bottom:1px solid #e8e8ec;padding:.3rem .5rem;text-align:left;vertical-align:top}code,pre{font:13px ui-monospace,monospace}
pre{background:#f9f9fb;padding:.6rem;overflow:auto;border-radius:6px}ins{background:#d6f1df;text-decoration:none}del{background:#ffdbdc}
@media(prefers-color-scheme:dark){body{background:#18191b;color:#edeef0}section{border-color:#43484e}td,th{border-color:#363a3f}pre{background:#212225}
.passed{color:#3dd68c}.failed,.error{color:#ff9592}.skipped{color:#ffca16}ins{background:#113b29}del{background:#500f1c}}`;

/** One page without scripts and outside resources; all data is shown as text. */
export function htmlReport(suite: SuiteReport): string {
  const { summary: s } = suite;
  const state = suite.passed ? 'passed' : 'failed';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${esc(suite.application)}: ${state}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${STYLE}</style></head><body>
<h1>${esc(suite.application)} <span class="${state}">${state}</span></h1>
<p>${s.passed} of ${s.total} queries passed${s.skipped > 0 ? `, ${s.skipped} skipped` : ''}. ${s.passedAssertions} of ${s.totalAssertions} assertions passed. Run ${esc(suite.runId)}.</p>
${suite.queries.map(querySection).join('\n')}
</body></html>
`;
}

function querySection(q: TestReport): string {
  return `<section><h2><span class="${q.status}">${q.status}</span> ${esc(q.name)}</h2>
<p>${Math.round(durationOf(q))} ms · in ${esc(
    Object.entries(q.inputs)
      .map(([n, c]) => `${n} ${c}`)
      .join(', ') || 'nothing',
  )} · out ${q.output.rowCount} rows · seed ${q.seed}${q.coverage ? ` · plan coverage ${esc(coverageText(q.coverage))}` : ''}</p>
${q.error ? `<p class="error">${esc(q.error.code)}: ${esc(q.error.message)}</p>` : ''}
<table><thead><tr><th>Assertion</th><th>Expected</th><th>Actual</th></tr></thead><tbody>${q.assertions.map(assertionRow).join('')}</tbody></table>
${diffTable(q)}${analysisBlock(q)}${coverageList(q)}
<details><summary>SQL and rows</summary><pre>${esc(q.sql)}</pre>${rowsTable(q)}</details></section>`;
}

const cell = (value: unknown): string => esc(show(value).slice(0, 400));

const assertionRow = (a: AssertionResult): string =>
  `<tr><td><span class="${a.passed ? (a.skipped ? 'skipped' : 'passed') : 'failed'}">${a.passed ? '✓' : '✗'}</span> ${esc(a.message)}</td><td><code>${cell(a.expected)}</code></td><td><code>${cell(a.actual)}</code></td></tr>`;

function diffTable(q: TestReport): string {
  if (!q.diff || q.diff.length === 0) return '';
  const rows = q.diff
    .slice(0, 200)
    .map(
      (d) =>
        `<tr><td>${d.row + 1}</td><td>${esc(d.column)}</td><td><ins>${cell(d.expected)}</ins></td><td><del>${cell(d.actual)}</del></td></tr>`,
    );
  return `<table><thead><tr><th>Row</th><th>Column</th><th>Expected</th><th>Actual</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function analysisBlock({ analysis }: TestReport): string {
  if (!analysis) return '';
  const fixes = analysis.fixes.map(
    (f) =>
      `<li>${esc(f.title)}${f.verified ? ` (tried: ${f.passed} of ${f.total} pass)` : ''}${f.sql ? `<pre>${esc(f.sql)}</pre>` : ''}</li>`,
  );
  return `<h3>Why</h3><p>${esc(analysis.summary)}</p><ol>${analysis.suggestions.map((s) => `<li>${esc(s)}</li>`).join('')}</ol><ul>${fixes.join('')}</ul>`;
}

function coverageList({ coverage }: TestReport): string {
  if (!coverage || coverage.missing.length === 0) return '';
  return `<details><summary>${coverage.missing.length === 1 ? '1 place' : `${coverage.missing.length} places`} that no row of the test data reached</summary><ul>${coverage.missing.map((m) => `<li>${esc(m.text)}</li>`).join('')}</ul></details>`;
}

function rowsTable({ output }: TestReport): string {
  const names = output.columns.map((c) => c.name);
  const rows = output.rows.slice(0, 50).map((row) => `<tr>${names.map((n) => `<td>${cell(row[n])}</td>`).join('')}</tr>`);
  return `<table><thead><tr>${names.map((n) => `<th>${esc(n)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
