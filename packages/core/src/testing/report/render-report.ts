import type { SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { suiteReport } from '../run/run-spec.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import { junitReport } from './junit-report.ts';
import { markdownReport } from './markdown-report.ts';
import { durationOf, type RenderOptions } from './render-options.ts';
import { textReport } from './text-report.ts';

export type ReportFormat = 'text' | 'json' | 'junit' | 'xml' | 'html' | 'markdown';

/** A report as text for people, JSON or JUnit XML for programs, or one HTML page without outside resources. */
export function renderReport(report: TestReport | SuiteReport, format: ReportFormat, options: RenderOptions = {}): string {
  const suite = asSuite(report);
  switch (format) {
    case 'json':
      return jsonReport(suite);
    case 'junit':
    case 'xml':
      return junitReport(suite);
    case 'html':
      return htmlReport(suite);
    case 'markdown':
      return markdownReport(suite);
    case 'text':
      return textReport(suite, options);
  }
}

const isSuite = (report: TestReport | SuiteReport): report is SuiteReport => 'queries' in report;

function asSuite(report: TestReport | SuiteReport): SuiteReport {
  if (isSuite(report)) return report;
  const suite = suiteReport(report.name, report.seed.toString(16), 0, [report]);
  return { ...suite, endedAt: Math.round(durationOf(report)) };
}
