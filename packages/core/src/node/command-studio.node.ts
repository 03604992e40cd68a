import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { datagen } from '../connect/datagen/datagen.ts';
import { embedded } from '../deploy/embedded/embedded-target.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import { apiKeyAuth } from '../http/api-key-auth.ts';
import type { Tracing } from '../observability/tracing/tracing.ts';
import type { Assistant } from '../protocol/studio/assistant.ts';
import type { StudioStore } from '../protocol/studio/store.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import { createStudio } from '../studio/create-studio.ts';
import type { Command, CommandArguments } from './command.ts';
import { FLINK_OPTIONS, flinkTargetOf } from './flink-options.ts';
import { loadConnectors, loadOptional } from './load-connectors.node.ts';
import { tracingTo } from './otlp-tracing.node.ts';
import { QUOTA_OPTIONS, quotasOf } from './quota-options.node.ts';
import { serveStudio } from './serve-studio.node.ts';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

/** `velo studio`: the Studio API of this machine, and a page where one is given. */
export const studioCommand: Command = {
  name: 'studio',
  about: 'Serve the studio: its HTTP and WebSocket API, and a built page where one is given.',
  takes: '[options]',
  options: [
    { name: 'port', value: '<n>', about: '8080 by default; 0 takes a free one.' },
    { name: 'host', value: '<name>', about: '127.0.0.1 by default; any other needs --api-key-file.' },
    { name: 'cors-origin', value: '<origin>', many: true, about: 'A page of this origin may call.' },
    { name: 'api-key-file', value: '<file>', about: 'Callers must send the key in this file as X-API-Key.' },
    { name: 'claude-api-key-file', value: '<file>', about: 'Answers come from Claude; without it from the offline assistant.' },
    { name: 'root', value: '<folder>', many: true, about: 'Files below it may be connected.' },
    { name: 'store', value: '<file>', about: 'Keep notebooks in this SQLite file; in memory without it.' },
    { name: 'otlp', value: '<url>', about: 'Send spans to this OTLP/HTTP receiver; a token is read from OTLP_TOKEN.' },
    { name: 'page', value: '<folder>', about: 'A built page to serve beside the API.' },
    ...QUOTA_OPTIONS,
    ...FLINK_OPTIONS,
  ],
  examples: [
    'velo studio --port 8080 --root ./data',
    'velo studio --host 0.0.0.0 --api-key-file key.txt --cors-origin https://app.example',
    'velo studio --flink-gateway http://localhost:8083 --flink-savepoints s3://state/savepoints',
  ],
  async run(args, terminal) {
    if (args.positionals.length > 0)
      throw new UsageError(`"${args.positionals[0]}" is one word too many`, 'velo studio takes options only.');
    const tracing = await tracingTo(args.text('otlp'), 'velo-studio');
    const studio = await studioOf(args, terminal, tracing);
    const apiKey = await keyIn(args.text('api-key-file'));
    const origins = args.texts('cors-origin');
    const page = args.text('page');
    const host = args.text('host');
    if (page !== undefined && !(await stat(resolve(terminal.cwd, page)).catch(() => null))?.isDirectory())
      throw new UsageError(`"${page}" is no folder`, 'Give the folder of a built page in --page.');
    const served = await serveStudio(studio, {
      port: portOf(args.text('port')),
      ...(host === undefined ? {} : { host }),
      ...(apiKey === undefined ? {} : { authorize: apiKeyAuth({ keys: { [apiKey]: { id: 'key', role: 'admin' } } }) }),
      ...(origins.length === 0 ? {} : { cors: { origins } }),
      ...(page === undefined ? {} : { page: resolve(terminal.cwd, page) }),
      ...(tracing && { tracing }),
    }).catch(async (error: unknown) => {
      await studio.close();
      if (!(VeloError.is(error) && error.code === 'VS7113')) throw error;
      throw new UsageError(`serving on "${host}" needs a key that callers send`, 'Give --api-key-file, or serve on 127.0.0.1.');
    });
    await terminal.stdout.write(`Velostream Studio: ${served.url}\n`);
    await new Promise<void>((done) => {
      process.once('SIGINT', () => done());
      process.once('SIGTERM', () => done());
    });
    await served.close();
    await studio.close();
    await tracing?.close();
    return 0;
  },
};

async function studioOf(args: CommandArguments, terminal: Terminal, tracing: Tracing | undefined): Promise<Studio> {
  const roots = args.texts('root').map((folder) => resolve(terminal.cwd, folder));
  const { definitions, missing } = await loadConnectors(roots, terminal.cwd);
  for (const name of missing)
    await terminal.stderr.write(`note: ${name} is not installed; run "npm install ${name}" to connect files, Kafka and databases\n`);
  const file = args.text('store');
  // Loaded where it is asked for: SQLite is not in every Node that can do the rest.
  const store =
    file === undefined ? undefined : (await import('./sqlite-store.node.ts')).sqliteStore({ path: resolve(terminal.cwd, file) });
  const assistant = await assistantOf(await keyIn(args.text('claude-api-key-file')), { store, tracing }, terminal);
  const connectors = [...definitions, datagen()];
  const flink = await flinkTargetOf(args, terminal.cwd, connectors);
  return createStudio({
    connectors,
    quotas: quotasOf(args),
    ...(flink === undefined && tracing === undefined
      ? {}
      : { targets: [embedded({ connectors, ...(tracing && { tracing }) }), ...(flink === undefined ? [] : [flink])] }),
    ...(store && { store }),
    ...(assistant === undefined ? {} : { assistant }),
  });
}

type MakeAssistant = (options: {
  readonly studio: Studio;
  readonly store?: StudioStore;
  readonly apiKey?: string;
  readonly tools?: { readonly tracing?: Tracing };
  readonly fallback?: Assistant;
}) => Assistant;

/** The assistant package where it is installed; Claude with the offline one behind it where there is a key. */
async function assistantOf(
  apiKey: string | undefined,
  { store, tracing }: { readonly store: StudioStore | undefined; readonly tracing: Tracing | undefined },
  terminal: Terminal,
): Promise<((studio: Studio) => Assistant) | undefined> {
  const make = (await loadOptional('@velostream/ai', terminal.cwd))?.['createOfflineAssistant'] as MakeAssistant | undefined;
  if (!make) {
    await terminal.stderr.write('note: @velostream/ai is not installed; the studio runs without an assistant\n');
    return undefined;
  }
  const more = { ...(store && { store }), ...(tracing && { tools: { tracing } }) };
  // With a store it remembers which suggestions are not to be shown again.
  const offline = (studio: Studio): Assistant => make({ studio, ...more });
  if (apiKey === undefined) return offline;
  const claude = (await loadOptional('@velostream/ai/server', terminal.cwd))?.['createAnthropicAssistant'] as MakeAssistant | undefined;
  if (!claude) throw new UsageError('the installed @velostream/ai has no Claude assistant', 'Update @velostream/ai.');
  return (studio) => claude({ studio, apiKey, ...more, fallback: offline(studio) });
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 8080;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new UsageError(`"${text}" is no port`, 'Use a number from 0 to 65535.');
  return Number(text);
}

/** Keys come from files, so that they stand in no process list and no shell history. */
async function keyIn(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`"${file}" cannot be read: ${error.message}`, 'Check the path.');
  });
  const key = text.trim();
  if (key === '') throw new UsageError(`there is no key in "${file}"`, 'Put the key, and nothing else, into the file.');
  return key;
}
