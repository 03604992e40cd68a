import type { EngineOptions, Query, SourceInput } from '../engine/api.ts';
import { createEngine } from '../engine/index.ts';
import type { CommandArguments, ExitCode } from './command.ts';
import { type LoadedConnectors, loadConnectors } from './load-connectors.node.ts';
import { errorJson, errorText, withInstallHint, withSourceHint } from './problem-text.ts';
import { showProgress } from './progress.node.ts';
import { pairs } from './read-arguments.node.ts';
import type { SqlInput } from './read-input.node.ts';
import type { RowFormat } from './row-output.ts';
import { runReport } from './run-report.ts';
import { OutputClosed, type Terminal } from './terminal.node.ts';
import { writeRows } from './write-rows.node.ts';

export interface ScriptRun {
  readonly input: SqlInput;
  readonly args: CommandArguments;
  readonly format: RowFormat;
  readonly limit: number;
  /** Folder that files are read from and written to. */
  readonly root: string;
}

/** Runs the last query of a script and prints its rows, then what a person has to know about the run. */
export async function runScript({ input, args, format, limit, root }: ScriptRun, terminal: Terminal): Promise<ExitCode> {
  const connectors = await loadConnectors([root], terminal.cwd);
  const stop = new AbortController();
  // The first Ctrl-C ends the input, so that windows come out and sinks are committed; the second one gives up.
  let isInterrupted = false;
  const interrupt = (): void => {
    if (isInterrupted || query.metrics().status === 'waiting') stop.abort();
    else query.finish().catch(() => {});
    isInterrupted = true;
  };
  const leave = terminal.onInterrupt(interrupt);
  const options: EngineOptions = { connectors: connectors.definitions, sources: sourcesOf(args) };
  const engine = createEngine(options);
  const query = engine.run(input.sql, { signal: stop.signal });
  const progress = showProgress(terminal.stderr, () => query.metrics());
  let failure: unknown;
  try {
    await writeRows(query, {
      format,
      limit,
      output: terminal.stdout,
      before: () => (terminal.stdout.isTerminal ? progress.hide() : undefined),
    });
  } catch (error) {
    failure = error;
  }
  await progress.stop();
  leave();
  await engine.close();
  if (failure instanceof OutputClosed) throw failure;
  if (isInterrupted && query.metrics().status === 'waiting') {
    await terminal.stderr.write('stopped before the query began: a source had not answered yet\n');
    return 1;
  }
  // Ending an endless query is what Ctrl-C is for: no failure.
  return await report({ query, failure: isInterrupted ? undefined : failure, connectors, input, args }, terminal);
}

/** `trades.csv` is a file; one letter in front of a colon is a drive. */
const uriOf = (text: string): string => (/^[a-z][a-z0-9+.-]+:/i.test(text) ? text : `file://${text.replaceAll('\\', '/')}`);

/** `--source name=uri` */
function sourcesOf(args: CommandArguments): Record<string, SourceInput> {
  const sources: Record<string, SourceInput> = Object.create(null);
  for (const [name, uri] of pairs(args, 'source')) sources[name] = { uri: uriOf(uri) };
  return sources;
}

interface Ended {
  readonly query: Query;
  readonly failure: unknown;
  readonly connectors: LoadedConnectors;
  readonly input: SqlInput;
  readonly args: CommandArguments;
}

async function report({ query, failure, connectors, input, args }: Ended, terminal: Terminal): Promise<ExitCode> {
  if (failure !== undefined) {
    const error = withSourceHint(withInstallHint(failure, connectors.missing));
    await terminal.stderr.write(`${args.has('json') ? errorJson(error) : errorText(error, input, terminal.color)}\n`);
    return 1;
  }
  const lines = runReport(query, { isComplete: terminal.stderr.isTerminal });
  if (lines.length > 0 && !args.has('json')) await terminal.stderr.write(`${lines.join('\n')}\n`);
  return 0;
}
