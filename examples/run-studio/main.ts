// The studio: builds its page once, serves page and API from one process to this machine, opens a browser where there is one.
//
//   npm start                          http://127.0.0.1:4321/, or the next free port
//   npm start -- --port 8080           that port
//   npm start -- --root ~/data         files below that folder may be connected (can be given several times)
//   npm start -- --no-samples          without the sample streams: only what you connect
//   npm start -- --flink-gateway http://localhost:8083 --flink-savepoints s3://state/savepoints   deploys to Flink as well
//   npm start -- --no-open             prints the address only
//   npm start -- --claude-api-key-file key.txt
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Logger } from '@velostream/core';
import { serveStudio } from '@velostream/core/node';
import { openBrowser } from '../quickstart/server/open-browser.ts';
import { buildPage } from './server/build-page.ts';
import { createSampleStudio, type SampleStudioOptions } from './server/create-sample-studio.ts';
import { firstFreePort } from './server/first-free-port.ts';

const USAGE =
  'usage: npm start -- [--port <number>] [--root <folder>]… [--home <folder>] [--claude-api-key-file <file>] [--flink-gateway <url> --flink-savepoints <folder> [--flink-rest <url>]] [--no-samples] [--no-open]';

interface Wishes {
  readonly port: number | undefined;
  readonly opens: boolean;
  readonly samples: boolean;
  readonly roots: readonly string[];
  readonly home: string;
  readonly claudeApiKey: string | undefined;
  readonly flink?: NonNullable<SampleStudioOptions['flink']>;
}

function wishesOf(argv: readonly string[]): Wishes {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: 'string' },
      root: { type: 'string', multiple: true },
      home: { type: 'string' },
      'claude-api-key-file': { type: 'string' },
      'flink-gateway': { type: 'string' },
      'flink-rest': { type: 'string' },
      'flink-savepoints': { type: 'string' },
      'no-open': { type: 'boolean' },
      'no-samples': { type: 'boolean' },
    },
  });
  const { port } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) throw new Error(`"${port}" is no port`);
  const { 'flink-gateway': gatewayUrl, 'flink-rest': restUrl, 'flink-savepoints': savepointDirectory } = values;
  if ((gatewayUrl === undefined) !== (savepointDirectory === undefined))
    throw new Error('--flink-gateway and --flink-savepoints go together');
  const keyFile = values['claude-api-key-file'];
  return {
    port: port === undefined ? undefined : Number(port),
    opens: values['no-open'] !== true,
    samples: values['no-samples'] !== true,
    roots: (values.root ?? []).map((folder) => resolve(folder)),
    home: values.home ?? process.env['VELO_HOME'] ?? join(homedir(), '.velostream'),
    ...(gatewayUrl !== undefined &&
      savepointDirectory !== undefined && { flink: { gatewayUrl, savepointDirectory, ...(restUrl !== undefined && { restUrl }) } }),
    claudeApiKey: keyFile === undefined ? process.env['ANTHROPIC_API_KEY'] : readFileSync(keyFile, 'utf8').trim(),
  };
}

/** Requests are not logged; what went wrong inside is. */
const ERRORS: Logger = {
  log: (level, message, facts) => level === 'error' && process.stderr.write(`error: ${message} ${JSON.stringify(facts)}\n`),
};

async function start(wishes: Wishes): Promise<void> {
  const since = Date.now();
  const [page, studio, port] = await Promise.all([buildPage(), createSampleStudio(wishes), wishes.port ?? firstFreePort(4321)]);
  const served = await serveStudio(studio, { port, page, rateLimits: { all: 6_000, expensive: 300 }, logger: ERRORS });
  process.stdout.write(
    `Velostream Studio: ${served.url}/  (ready after ${((Date.now() - since) / 1000).toFixed(1)} s)\nCtrl-C stops it.\n`,
  );
  if (wishes.opens) openBrowser(`${served.url}/`);
  const stop = (): void => void served.close().then(() => studio.close());
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
