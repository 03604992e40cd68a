import type { FailureAnalysis, TestReport } from '../../protocol/studio/testing.ts';
export async function analyzeTestFailure(report: TestReport, _options: object, _run?: object): Promise<FailureAnalysis> {
  return { summary: report.name, suggestions: [], fixes: [], confidence: 0 };
}
