import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { blocked } from '../../diagnostics/codes/deploy.ts';
import { serverMissing } from '../../diagnostics/codes/deploy-process.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { DeployTarget, Job, LogLine, TargetDeployment, TargetRequest } from '../../protocol/studio/deployment.ts';
import { type RestartPolicy, restartDelay } from '../embedded/restart-policy.ts';
import { serverSql } from '../export/server-sql.ts';
import { jobOfServer, readServerJobs, type ServerJob } from './server-answers.ts';

export interface VelostreamProcessOptions {
  /** The program `velo-sql`. */
  readonly binary: string;
  /** Arguments in front of `deploy-app`, e.g. when `binary` is a container runner. */
  readonly leadingArguments?: readonly string[];
  /** Where the SQL is written. */
  readonly directory: string;
  readonly brokers?: string;
  readonly metricsPort?: number;
  readonly groupId?: string;
  /** Addresses of relations that the SQL knows by name. */
  readonly uris?: Readonly<Record<string, string>>;
  readonly restart?: RestartPolicy;
  /** Time that it may take to end after a signal; 30 s by default, as the server itself says. */
  readonly stopMs?: number;
  readonly pollMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

const LOG_LINES_MAX = 500;

/**
 * Runs an application in a Velostream server of its own: writes the annotated SQL, starts `velo-sql deploy-app`, looks at `/jobs` and
 * `/metrics`, and starts it again when it ends. The server can be started and stopped, and nothing else: it has no way to pause, and
 * delivers at least once.
 */
export function velostreamProcess(options: VelostreamProcessOptions): DeployTarget {
  return {
    name: 'velostream-process',
    capabilities: {
      pause: false,
      resume: false,
      restart: true,
      stop: true,
      rollback: true,
      shadow: false,
      metrics: true,
      logs: true,
      savepoint: false,
    },
    async deploy(request) {
      const { sql, blockers, warnings } = serverSql(request.app, {
        schemas: request.schemas,
        ...(options.brokers === undefined ? {} : { brokers: options.brokers }),
        ...(options.uris === undefined ? {} : { uris: options.uris }),
      });
      if (blockers.length > 0) throw blocked(blockers);
      const folder = join(options.directory, request.id);
      await mkdir(folder, { recursive: true });
      const file = join(folder, 'app.annotated.sql');
      await writeFile(file, sql);
      const server = new ServerProcess(request, options, file);
      for (const warning of warnings) server.log('warn', warning);
      await server.start();
      return server;
    },
  };
}

class ServerProcess implements TargetDeployment {
  readonly files: readonly string[];
  private readonly request: TargetRequest;
  private readonly o: VelostreamProcessOptions;
  private readonly port: number;
  private readonly createdAt = Date.now();
  private child: ChildProcess | null = null;
  private wanted = false;
  private restarts = 0;
  private failures = 0;
  private serverJobs: readonly ServerJob[] = [];
  private metrics = '';
  private poll: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;
  private readonly lines: LogLine[] = [];

  constructor(request: TargetRequest, options: VelostreamProcessOptions, file: string) {
    this.request = request;
    this.o = options;
    this.port = options.metricsPort ?? 9091;
    this.files = [file];
  }

  jobs(): readonly Job[] {
    return this.request.queries.map((query) => {
      const own = {
        name: query.job,
        queryId: query.id,
        sql: query.sql,
        guarantee: 'at least once: the server commits offsets and output apart',
      };
      const names = [slugOf(query.name), query.job, query.name];
      const found = this.serverJobs.find((job) => names.includes(job.name)) ?? this.unknownJob(query.job);
      return jobOfServer(found, own, { createdAt: this.createdAt, restarts: this.restarts });
    });
  }

  async start(): Promise<void> {
    if (this.child !== null) return;
    this.wanted = true;
    this.failures = 0;
    await this.launch();
  }

  async stop(): Promise<void> {
    this.wanted = false;
    clearTimeout(this.again);
    clearInterval(this.poll);
    const { child } = this;
    if (child === null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), this.o.stopMs ?? 30_000);
    await ended;
    clearTimeout(hard);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  pause = async (): Promise<void> => {};
  resume = async (): Promise<void> => {};

  async remove(): Promise<void> {
    await this.stop();
  }

  close(): Promise<void> {
    return this.stop();
  }

  async logs({ limit = 200 }: { readonly limit?: number } = {}): Promise<readonly LogLine[]> {
    return this.lines.slice(-limit);
  }

  alerts() {
    return [];
  }

  metricsText(): string {
    return this.metrics;
  }

  log(level: LogLine['level'], message: string): void {
    this.lines.push({ at: Date.now(), level, message });
    if (this.lines.length > LOG_LINES_MAX) this.lines.shift();
  }

  private unknownJob(name: string): ServerJob {
    const status = this.child !== null ? 'starting' : this.wanted ? 'failed' : 'stopped';
    return {
      name,
      version: '',
      topic: '',
      status,
      metrics: { recordsIn: 0, recordsProcessed: 0, recordsPerSecond: 0, errors: 0, uptimeSeconds: 0 },
    };
  }

  private async launch(): Promise<void> {
    const { binary, leadingArguments = [], brokers, groupId, environment = {} } = this.o;
    const args = [
      ...leadingArguments,
      'deploy-app',
      '--file',
      this.files[0] as string,
      ...(brokers === undefined ? [] : ['--brokers', brokers]),
      '--group-id',
      groupId ?? `velo-${this.request.id}`,
      '--enable-metrics',
      '--metrics-port',
      String(this.port),
    ];
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    const failed = new Promise<never>((_, reject) => child.once('error', (cause) => reject(serverMissing(binary, cause))));
    const started = new Promise<void>((resolve) => child.once('spawn', resolve));
    await Promise.race([started, failed]);
    failed.catch(() => {});
    this.child = child;
    for (const [stream, level] of [[child.stdout, 'info'] as const, [child.stderr, 'warn'] as const])
      if (stream !== null) createInterface({ input: stream }).on('line', (line) => this.log(level, line));
    child.once('exit', (code, signal) => this.onExit(code, signal));
    this.poll = setInterval(() => void this.look(), this.o.pollMs ?? 1000);
    this.poll.unref();
    await this.look();
  }

  private onExit(code: number | null, signal: NodeJS.Signals | null): void {
    this.child = null;
    clearInterval(this.poll);
    this.serverJobs = [];
    this.metrics = '';
    this.log(this.wanted ? 'error' : 'info', `the server ended with ${signal ?? `code ${code}`}`);
    if (!this.wanted) return;
    this.failures++;
    const delay = restartDelay(this.o.restart ?? {}, this.failures, undefined);
    if (delay === null) {
      this.log('error', 'it stays ended: it was started too often');
      return;
    }
    this.again = setTimeout(() => {
      this.restarts++;
      this.launch().catch((error: unknown) => this.log('error', error instanceof Error ? error.message : String(error)));
    }, delay);
    this.again.unref();
  }

  /** An answer that does not come is no failure: the server serves nothing before it is up. */
  private async look(): Promise<void> {
    const base = `http://127.0.0.1:${this.port}`;
    const get = (path: string) => fetch(`${base}${path}`, { signal: AbortSignal.timeout(2000) });
    try {
      const jobs = await get('/jobs');
      if (jobs.ok) this.serverJobs = readServerJobs(await jobs.json());
      const metrics = await get('/metrics');
      if (metrics.ok) this.metrics = await metrics.text();
      if (jobs.ok && this.serverJobs.length > 0) this.failures = 0;
    } catch {
      this.serverJobs = [];
    }
  }
}
