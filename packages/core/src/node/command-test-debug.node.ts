import { resolve } from 'node:path';
import type { Row } from '../protocol/query.ts';
import type { DebugSession, StatementResult } from '../testing/debug.ts';
import type { ExitCode } from './command.ts';
import type { Terminal } from './terminal.node.ts';
import { writeNew } from './test-files.node.ts';

const HELP = `Enter, s  next statement        c  go on to the next breakpoint   r  run the rest
b N|name  set a breakpoint       u N|name  take it away              cb  take all away
l  list   st  state   hi  history   i N|name  result of a statement
head N [n]   tail N [n]   filter N expression   export N file.json|csv   q  quit
`;

const json = (row: Row): string => JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v));
const rowLines = (rows: readonly Row[]): string => (rows.length === 0 ? 'no rows\n' : rows.map((r) => `${json(r)}\n`).join(''));
const resultLine = (r: StatementResult): string =>
  `${r.success ? '✓' : '✗'} ${r.index + 1} ${r.name} (${r.kind}): ${r.success ? `${r.rows.length} rows` : r.error}, ${r.ms.toFixed(1)} ms${r.hitBreakpoint ? ', breakpoint' : ''}\n`;

/** Reads commands line by line and runs the statements of a script by them. Exit code 1 when a statement failed. */
export async function debugScript(
  sql: string,
  o: { readonly records?: number; readonly seed?: number },
  terminal: Terminal,
): Promise<ExitCode> {
  const { createDebugSession } = await import('../testing/debug.ts');
  const session = createDebugSession(sql, o);
  await terminal.stdout.write(`${list(session)}${terminal.stdinIsTerminal ? HELP : ''}`);
  for await (const line of linesOf(terminal.stdin)) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === 'q' || word === 'quit') break;
    const text = await answer(session, word.toLowerCase(), rest, terminal).catch(
      (error: unknown) => `${error instanceof Error ? error.message : String(error)}\n`,
    );
    await terminal.stdout.write(text);
    if (session.state.kind === 'completed' && !terminal.stdinIsTerminal && word === '') break;
  }
  return session.state.kind === 'error' ? 1 : 0;
}

async function answer(session: DebugSession, word: string, rest: readonly string[], terminal: Terminal): Promise<string> {
  const [target = '', ...more] = rest;
  switch (word) {
    case '':
    case 's':
    case 'step': {
      const result = await session.step();
      return result ? resultLine(result) : 'nothing is left to run\n';
    }
    case 'c':
    case 'continue':
      return (await session.continue()).map(resultLine).join('') || 'nothing is left to run\n';
    case 'r':
    case 'run':
      return (await session.run()).map(resultLine).join('') || 'nothing is left to run\n';
    case 'b':
    case 'break':
      session.break(target);
      return list(session);
    case 'u':
    case 'unbreak':
      session.unbreak(target);
      return list(session);
    case 'cb':
    case 'clear':
      session.clearBreakpoints();
      return list(session);
    case 'l':
    case 'list':
      return list(session);
    case 'st':
    case 'status':
      return `${JSON.stringify(session.state)}\n`;
    case 'hi':
    case 'history':
      return session.history.map(resultLine).join('') || 'nothing has run\n';
    case 'i':
    case 'inspect': {
      const result = session.inspect(target);
      return result ? `${resultLine(result)}${result.sql}\n${rowLines(result.rows.slice(0, 10))}` : 'it has not run\n';
    }
    case 'head':
      return rowLines(session.head(target, Number(more[0] ?? 10)));
    case 'tail':
      return rowLines(session.tail(target, Number(more[0] ?? 10)));
    case 'filter':
      return rowLines(session.filter(target, more.join(' ')));
    case 'export':
      return exportRows(session, target, more[0] ?? '', terminal);
    default:
      return HELP;
  }
}

const list = (session: DebugSession): string =>
  session.statements.map((s) => `${s.hasBreakpoint ? '*' : ' '} ${s.index + 1} ${s.name} (${s.kind})\n`).join('');

async function exportRows(session: DebugSession, target: string, file: string, terminal: Terminal): Promise<string> {
  const rows = session.inspect(target)?.rows ?? [];
  if (file === '') return 'name a file: export N file.json or file.csv\n';
  const { writeCsv } = await import('../testing/spec/read-records.ts');
  await writeNew(resolve(terminal.cwd, file), /\.csv$/i.test(file) ? writeCsv(rows) : `[\n${rows.map(json).join(',\n')}\n]\n`, false);
  return `${rows.length} rows in ${file}\n`;
}

async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
