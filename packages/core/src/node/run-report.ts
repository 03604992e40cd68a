import type { Query } from '../engine/api.ts';

const grouped = (n: number): string => n.toLocaleString('en-US');
const rows = (n: number): string => `${grouped(n)} ${n === 1 ? 'row' : 'rows'}`;

/** What a person has to know after a run: what was lost and why, why nothing came, and in a terminal how much went through. */
export function runReport(query: Query, { isComplete }: { readonly isComplete: boolean }): string[] {
  const metrics = query.metrics();
  const lines: string[] = [];
  if (metrics.rowErrors > 0) {
    lines.push(`warning: ${rows(metrics.rowErrors)} could not be processed`);
    for (const { code, message, hint } of metrics.lastErrors) {
      lines.push(`  ${code}: ${message}`);
      if (hint !== undefined) lines.push(`    ${hint}`);
    }
  }
  const bad = metrics.sources.filter((source) => source.badRecords > 0);
  for (const { name, badRecords } of bad) lines.push(`warning: ${grouped(badRecords)} records of "${name}" could not be read`);
  if (metrics.rowsLate > 0) lines.push(`warning: ${rows(metrics.rowsLate)} came too late for their window`);
  const hasEnded = metrics.sources.every((source) => source.ended);
  for (const [reason, count] of Object.entries(metrics.warnings)) {
    // What waits for the end of the input has come out by now.
    if (hasEnded && reason.startsWith('VS2063')) continue;
    lines.push(`warning: ${reason}${count > 1 ? ` (${grouped(count)})` : ''}`);
  }
  const silence = query.explainSilence();
  if (silence.silent) for (const { text } of silence.reasons) lines.push(`no rows: ${text}`);
  if (isComplete) lines.push(`${rows(metrics.rowsIn)} in, ${rows(metrics.rowsOut)} out, ${(metrics.elapsedMs / 1000).toFixed(2)} s`);
  return lines;
}
