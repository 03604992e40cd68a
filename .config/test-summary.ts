import { writeFileSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

/** A file with failures: its part of the counts, so that a second run of it can take its place. */
interface Unsure {
  readonly file: string;
  readonly project: string;
  readonly counts: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly reasons: readonly string[];
}

/** Counts tests for the last line of `npm test`; a file that could not be loaded and an error outside any test count as failures. */
export default class TestSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env['VELO_TEST_SUMMARY'];
    if (!file) return;
    const counts = { passed: 0, failed: 0, skipped: 0, reasons: [] as string[], crashed: [] as string[], unsure: [] as Unsure[] };
    for (const error of errors) {
      const crash = crashOf(error);
      if (crash) {
        counts.crashed.push(crash.file);
        counts.reasons.push(`crashed: ${crash.what}`);
        continue;
      }
      counts.failed++;
      counts.reasons.push(`failed: outside any test: ${firstLine(error)}`);
    }
    for (const module of modules) {
      // Its process ended in the middle: what it had counted so far is counted by the run of it that follows.
      if (counts.crashed.includes(module.moduleId)) continue;
      let failedHere = 0;
      const [passed, skipped, told] = [counts.passed, counts.skipped, counts.reasons.length];
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed++;
        else if (result.state === 'failed') {
          failedHere++;
          counts.reasons.push(`failed: ${module.relativeModuleId}: ${test.fullName}: ${firstLine(result.errors[0])}`);
        } else counts.skipped++;
        if (result.state === 'skipped' && result.note) counts.reasons.push(`skipped: ${test.fullName}: ${result.note}`);
      }
      // The file itself, or what runs before and after its tests.
      const around = [module, ...module.children.allSuites()].flatMap((each) => each.errors());
      for (const error of around) counts.reasons.push(`failed: ${module.relativeModuleId}: ${firstLine(error)}`);
      const failed = failedHere > 0 ? failedHere : module.ok() ? 0 : 1;
      counts.failed += failed;
      if (failed > 0)
        counts.unsure.push({
          file: module.moduleId,
          // A project that runs in a browser bears its name in brackets; it is chosen by its own.
          project: module.project.name.replace(/ \(.*\)$/, ''),
          counts: { passed: counts.passed - passed, failed, skipped: counts.skipped - skipped },
          reasons: counts.reasons.slice(told),
        });
    }
    writeFileSync(file, JSON.stringify(counts));
  }
}

const firstLine = (error: { readonly message: string } | undefined): string => error?.message.split('\n', 1)[0] ?? 'no reason is known';

/** The file whose process was ended by a signal, such as a fault of Node itself or of native code. */
function crashOf(error: SerializedError): { readonly file: string; readonly what: string } | undefined {
  const what = [error.message, error.cause?.message].find((text) => text?.includes('exited unexpectedly with signal'));
  const file = /while running test file (.+)$/m.exec(what ?? '')?.[1];
  return what !== undefined && file !== undefined ? { file, what } : undefined;
}
