// The first run: builds the quickstart page, serves it to this machine, opens a browser where there is one.
//
//   npm run quickstart                       http://127.0.0.1:4321/, or the next free port
//   npm run quickstart -- --port 8080        that port
//   npm run quickstart -- --no-open          prints the address only
import { parseArgs } from 'node:util';
import { bundlePage } from './server/bundle-page.ts';
import { openBrowser } from './server/open-browser.ts';
import { servePage } from './server/serve-page.ts';

const USAGE = 'usage: npm run quickstart -- [--port <number>] [--no-open]';

interface Wishes {
  readonly port: number | undefined;
  readonly opens: boolean;
}

function wishesOf(argv: readonly string[]): Wishes {
  const { values } = parseArgs({ args: [...argv], options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
  const { port } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) throw new Error(`"${port}" is no port`);
  return { port: port === undefined ? undefined : Number(port), opens: values['no-open'] !== true };
}

async function start(wishes: Wishes): Promise<void> {
  const files = bundlePage();
  // Who waits for it below sees why it failed; until then nobody must be told that nobody looks.
  files.catch(() => {});
  const server = await servePage(files, wishes.port);
  await files.catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  process.stdout.write(`Velostream Studio quickstart: ${server.url}\nCtrl-C stops it.\n`);
  if (wishes.opens) openBrowser(server.url);
  const stop = (): void => void server.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

let wishes: Wishes | undefined;
try {
  wishes = wishesOf(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n${USAGE}\n`);
  process.exitCode = 2;
}
if (wishes) {
  start(wishes).catch((error: unknown) => {
    process.stderr.write(`error: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  });
}
