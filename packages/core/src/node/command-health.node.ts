import { access, constants, mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import type { Command } from './command.ts';
import { loadConnectors } from './load-connectors.node.ts';

interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
}

const CONNECT_MS = 3000;
const NODE_MIN = [22, 15] as const;

/** `velo health`: whether what a run needs is there. */
export const healthCommand: Command = {
  name: 'health',
  about: 'Check what a run needs: Node, connectors, brokers, a folder for state, and an application that runs.',
  takes: '[options]',
  options: [
    { name: 'brokers', value: '<host:port,…>', about: 'Kafka brokers; VELOSTREAM_KAFKA_BROKERS or KAFKA_BOOTSTRAP_SERVERS by default.' },
    { name: 'url', value: '<url>', about: 'Metrics address of an application that runs, e.g. http://localhost:9091.' },
    { name: 'state', value: '<dir>', about: 'Directory for state; .velo/deployments by default.' },
    { name: 'json', about: 'The checks as JSON.' },
  ],
  examples: ['velo health', 'velo health --brokers localhost:9092 --url http://localhost:9091 --json'],
  async run(args, terminal) {
    const brokers = args.text('brokers') ?? process.env['VELOSTREAM_KAFKA_BROKERS'] ?? process.env['KAFKA_BOOTSTRAP_SERVERS'];
    const url = args.text('url');
    const checks: Check[] = [
      nodeCheck(),
      await connectorCheck(terminal.cwd),
      await stateCheck(resolve(terminal.cwd, args.text('state') ?? '.velo/deployments')),
      ...(brokers === undefined
        ? [{ name: 'kafka', status: 'warning' as const, message: 'no brokers are named; use --brokers' }]
        : await brokerChecks(brokers)),
      ...(url === undefined ? [] : [await applicationCheck(url)]),
    ];
    if (args.has('json')) await terminal.stdout.write(`${JSON.stringify({ checks }, null, 2)}\n`);
    else for (const { name, status, message } of checks) await terminal.stdout.write(`${status.padEnd(8)}${name}: ${message}\n`);
    return checks.some((check) => check.status === 'failed') ? 1 : 0;
  },
};

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  return {
    name: 'node',
    status: ok ? 'ok' : 'failed',
    message: `${process.versions.node}${ok ? '' : `; at least ${NODE_MIN.join('.')} is needed`}`,
  };
}

async function connectorCheck(cwd: string): Promise<Check> {
  const { definitions } = await loadConnectors([cwd], cwd, false);
  const names = definitions.map((definition) => definition.name).join(', ');
  return definitions.length > 0
    ? { name: 'connectors', status: 'ok', message: names }
    : { name: 'connectors', status: 'warning', message: 'none; install @velostream/connectors to read files, Kafka and databases' };
}

async function stateCheck(directory: string): Promise<Check> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.R_OK | constants.W_OK);
    return { name: 'state', status: 'ok', message: `${directory} can be written` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return { name: 'state', status: 'failed', message: `${directory} cannot be written (${code})` };
  }
}

function brokerChecks(list: string): Promise<Check[]> {
  const addresses = list
    .split(',')
    .map((each) => each.trim().replace(/^kafka:\/\//, ''))
    .filter((each) => each !== '');
  return Promise.all(
    addresses.map(async (address): Promise<Check> => {
      const [, host = '', port = '9092'] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(address) ?? [];
      const problem = await reached(host, Number(port));
      return { name: `kafka ${host}:${port}`, status: problem === undefined ? 'ok' : 'failed', message: problem ?? 'accepts connections' };
    }),
  );
}

/** Undefined: a connection was made; else what kept it. */
function reached(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: CONNECT_MS });
    const end = (problem: string | undefined): void => {
      socket.destroy();
      done(problem);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end(`no answer within ${CONNECT_MS / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

async function applicationCheck(url: string): Promise<Check> {
  const name = 'application';
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(CONNECT_MS), redirect: 'error' });
    const body = (await answer.json()) as { readonly status?: unknown; readonly issues?: unknown; readonly job_count?: unknown };
    const issues = Array.isArray(body.issues) ? body.issues.map(String) : [];
    const text = [`${String(body.status).toLowerCase()}, ${Number(body.job_count ?? 0)} jobs`, ...issues].join('; ');
    return { name, status: !answer.ok ? 'failed' : issues.length > 0 ? 'warning' : 'ok', message: text };
  } catch (error) {
    return {
      name,
      status: 'failed',
      message: `no answer of ${new URL(url).origin}: ${error instanceof Error ? error.message : 'unknown reason'}`,
    };
  }
}
