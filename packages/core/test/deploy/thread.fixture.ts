// What the thread of a deployment runs in the tests: a generator in, files of state beside it, and a sink that appends to a file.
import { appendFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { datagen } from '../../src/connect/datagen/datagen.ts';
import { embedded } from '../../src/deploy/index.ts';
import { fileSystem, serveThread } from '../../src/node/index.ts';

void workerData;
const directory = process.env['VELO_THREAD_DIRECTORY'] as string;
appendFileSync(`${directory}/starts`, 'x');
serveThread(embedded({ connectors: [datagen()], fs: fileSystem(), directory: `${directory}/state`, checkpointEveryMs: 20 }));
// Lets a test end the thread in the middle of its work.
setInterval(async () => {
  const { existsSync, rmSync } = await import('node:fs');
  if (!existsSync(`${directory}/crash`)) return;
  rmSync(`${directory}/crash`);
  throw new Error('out of luck');
}, 10);
