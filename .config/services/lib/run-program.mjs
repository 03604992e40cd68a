// Programs that do one thing and end: installers, key tools, storage formatters.
import { spawn } from 'node:child_process';

/** Runs a program; resolves with its output, rejects with its name, how it ended and the end of what it said. */
export function runProgram(command, args, { cwd, env = {}, input, timeoutMs = 300_000 } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'], timeout: timeoutMs });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
    child.on('error', (error) => fail(new Error(`${command} could not be started (${error.message})`)));
    child.on('close', (code, name) => {
      if (code === 0) return done(stdout);
      const said = `${stderr}\n${stdout}`.trim().slice(-2000);
      return fail(new Error(`${command} ${args[0] ?? ''} ended with ${code ?? name}: ${said}`));
    });
  });
}

/** Whether a program can be started from the PATH. */
export async function hasProgram(command, args = ['--version']) {
  return runProgram(command, args, { timeoutMs: 20_000 }).then(
    () => true,
    () => false,
  );
}
