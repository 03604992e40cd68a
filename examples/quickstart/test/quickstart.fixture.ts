import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export interface Quickstart {
  readonly url: string;
  stop(): Promise<number | null>;
}

/** Starts the quickstart as `npm start` does, on a free port, and waits for its address. */
export async function startQuickstart(args: readonly string[] = ['--port', '0']): Promise<Quickstart> {
  const child = spawn(process.execPath, ['--conditions=@velostream/source', MAIN, '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((done) => child.on('close', done));
  const url = await addressOf(child);
  return {
    url,
    stop() {
      child.kill('SIGINT');
      return closed;
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text.toString();
      const url = output.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('close', () => reject(new Error(`the quickstart ended before it had an address:\n${output}`)));
  });
}

/** Why there is no browser to test with, or undefined where there is one. */
export function browserProblem(): string | undefined {
  if (browserPath() !== undefined) return undefined;
  const reason = `no Chromium at ${BROWSERS.join(', ')}: the page itself is not opened`;
  if (process.env['REQUIRE_SERVICES'] === 'all') throw new Error(reason);
  return reason;
}

const browserPath = (): string | undefined => BROWSERS.find((path) => existsSync(path));

/** A browser without a window. */
export function openBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined) throw new Error('no browser');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
  return chromium.launch({ executablePath, args });
}
