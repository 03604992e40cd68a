import type { TestReport } from '../../protocol/studio/testing.ts';

export interface RenderOptions {
  /** More of what happened: inputs, coverage, memory, slowest query, advice. */
  readonly verbose?: boolean;
  /** Colours of a terminal, in text. */
  readonly color?: boolean;
}

/** What a query took, generation included, ms. */
export const durationOf = (report: TestReport): number => report.performance.generationMs + report.performance.executionTimeMs;
