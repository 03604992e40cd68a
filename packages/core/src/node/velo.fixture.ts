import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Output, Terminal } from './terminal.node.ts';
import { velo } from './velo.node.ts';

const CLI = fileURLToPath(new URL('./cli.node.ts', import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface VeloOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  /** Ends the process with Ctrl-C as soon as this stands on its standard output. */
  readonly interruptAfter?: string;
}

/** Runs the command as its user does: a process of its own. */
export function runVelo(args: readonly string[], { cwd, stdin, interruptAfter }: VeloOptions = {}): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, ['--conditions=@velostream/source', CLI, ...args], { cwd, env, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  let interrupted = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (interruptAfter === undefined || interrupted || !stdout.includes(interruptAfter)) return;
    interrupted = true;
    child.kill('SIGINT');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A command that fails early closes its input before everything is written.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same within this process: much cheaper, for what does not depend on being one. */
export async function runHere(args: readonly string[], { cwd = tmpdir(), stdin = '' }: VeloOptions = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): Output => ({
    isTerminal: false,
    columns: 80,
    write: async (text) => {
      written[name] += text;
    },
  });
  const terminal: Terminal = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdinIsTerminal: false,
    stdout: output('stdout'),
    stderr: output('stderr'),
    cwd,
    color: false,
    onInterrupt: () => () => {},
  };
  return { code: await velo(args, terminal), ...written };
}

/** A folder with files, gone after `using` ends. */
export function folderWith(files: Readonly<Record<string, string>>): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'velo-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
