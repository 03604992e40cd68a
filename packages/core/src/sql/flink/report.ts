import { redactUri } from '../../connect/redact-uri.ts';
import type { FlinkVerdict } from './script.ts';

/** What is found out while one statement is printed. */
export interface Report {
  /** Runs on Flink with this difference. */
  differs(reason: string): void;
  /** Does not run on Flink. The text stands for what would have been printed, so that the work goes on and finds other reasons. */
  refuse(reason: string): string;
  readonly verdict: FlinkVerdict;
  readonly reasons: readonly string[];
}

export function newReport(): Report {
  const differences = new Set<string>();
  const refusals = new Set<string>();
  return {
    differs: (reason) => void differences.add(redactUri(reason)),
    refuse(reason) {
      refusals.add(redactUri(reason));
      return 'NULL';
    },
    get verdict() {
      return refusals.size > 0 ? 'refused' : differences.size > 0 ? 'different' : 'same';
    },
    get reasons() {
      return refusals.size > 0 ? [...refusals] : [...differences];
    },
  };
}

const ORDER: readonly FlinkVerdict[] = ['same', 'different', 'refused'];
export const worst = (verdicts: readonly FlinkVerdict[]): FlinkVerdict =>
  ORDER[Math.max(0, ...verdicts.map((each) => ORDER.indexOf(each)))] as FlinkVerdict;
