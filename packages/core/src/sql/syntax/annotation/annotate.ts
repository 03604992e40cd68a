import { syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { Comment, Statement } from '../../ast/index.ts';
import type { ApplicationHeader, SqlAnnotations, StatementInfo } from '../annotations.ts';
import { closest } from '../closest.ts';
import { readAlerts, readVizHints } from './alert-blocks.ts';
import { readApplication, readStatements } from './application.ts';
import { type Entry, readEntries } from './entries.ts';
import { checkSetting } from './job-settings.ts';
import { ALERT_NAMES, isKnown, knownNames, METRIC_NAMES, VIZ_NAMES } from './known-names.ts';
import { readMetrics } from './metric-blocks.ts';

/** Everything that the comments of a file say. */
export interface FileNotes {
  readonly application?: ApplicationHeader;
  readonly annotations: SqlAnnotations;
  readonly info: () => readonly StatementInfo[];
  /** Problems by the statement whose comments they stand in. */
  readonly problems: readonly (Problem & { readonly statement: number })[];
}

/** Reads annotations and header lines out of the comments of a file (§2.9, §9). */
export function annotate(sql: string, statements: readonly Statement[], trailing: readonly Comment[], strict: boolean): FileNotes {
  const entries = [
    ...statements.flatMap((statement, index) => readEntries(sql, statement.comments, index)),
    ...readEntries(sql, trailing, -1),
  ];
  const problems: (Problem & { statement: number })[] = [];
  const report = (problem: Problem, entry: Entry): void => void problems.push({ ...problem, statement: entry.statement });
  const among = (names: ReadonlySet<string>): Entry[] => entries.filter((entry) => entry.marked && names.has(entry.name));
  for (const entry of entries) {
    if (!entry.marked) continue;
    const setting = checkSetting(entry);
    if (setting) report(setting, entry);
    if (!isKnown(entry.name))
      report(syntaxProblem('VS1056', entry.span, { annotation: entry.name, closest: closest(entry.name, knownNames()) }), entry);
  }
  const annotations = {
    metrics: readMetrics(among(METRIC_NAMES), strict, report),
    alerts: readAlerts(among(ALERT_NAMES), report),
    vizHints: readVizHints(among(VIZ_NAMES)),
  };
  const application = readApplication(entries);
  return {
    ...(application && { application }),
    annotations,
    info: () => readStatements(statements, entries, application !== undefined),
    problems,
  };
}
