import { toDiagnostics } from '../../diagnostics/diagnostic.ts';
import { throwFirstError } from '../../diagnostics/throw-first-error.ts';
import type { Statement, StatementBody } from '../ast/index.ts';
import { bindScript, type ScriptResult } from '../bind/bind-script.ts';
import { provideWholeLanguage } from '../bind/whole-language.ts';
import { parse } from '../syntax/index.ts';
import { worst } from './report.ts';
import type { FlinkOptions, FlinkScript, FlinkStatement } from './script.ts';
import { type PrinterOptions, ScriptPrinter } from './script-printer.ts';

/**
 * A script of ours as statements of Flink SQL: tables for what it reads and writes, views for what its statements make, and one INSERT or
 * SELECT for each that gives rows. What Flink cannot do, or does otherwise, stands with the statement; nothing is left out in silence.
 * Values that rows of SQL text must not show are placeholders, see `FlinkScript.secrets`.
 *
 * @throws {VeloError} when a statement has an error of its own, with all diagnostics.
 * @example toFlink("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(1m)", { catalog, connections })
 */
export function toFlink(input: string, options: FlinkOptions = {}): FlinkScript {
  provideWholeLanguage();
  const parsed = parse(input);
  throwFirstError(parsed.diagnostics);
  const statements = parsed.statements.map(jobBody);
  const script = bindScript(statements, { sql: input, catalog: options.catalog ?? null });
  throwFirstError(script.problems.flatMap((problem) => toDiagnostics(input, [problem], problem.statement)));
  const holdsPlaceholder = `${input}${JSON.stringify(options.connections ?? {})}`.includes('{{secret:');
  return printed(script, statements, parsed.statements, { ...options, holdsPlaceholder });
}

/** `START JOB name AS …` runs its statement. */
const jobBody = (statement: Statement | StatementBody): StatementBody =>
  statement.kind === 'job' && (statement.action === 'START' || statement.action === 'DEPLOY') ? jobBody(statement.body) : statement;

function printed(
  script: ScriptResult,
  bodies: readonly StatementBody[],
  written: readonly Statement[],
  options: PrinterOptions,
): FlinkScript {
  const printer = new ScriptPrinter(script, options);
  for (const at of script.order) {
    const bound = script.bound[at];
    const origin = written[at]?.span ?? bodies[at]?.span ?? { start: 0, end: 0 };
    if (bound != null) printer.print(bound, origin);
  }
  const statements: readonly FlinkStatement[] = printer.finish();
  return { statements, verdict: worst(statements.map((each) => each.verdict)), secrets: printer.secrets };
}
