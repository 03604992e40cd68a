import {
  blocked,
  cannotTarget,
  heldElsewhere,
  nameTaken,
  noPreviousVersion,
  notApproved,
  tooManyJobs,
  unknownDeployment,
  unknownTarget,
} from '../diagnostics/codes/deploy.ts';
import { systemClock } from '../engine/default-ports.ts';
import { mergeExpositions } from '../observability/exposition.ts';
import type { AppInput } from '../protocol/studio/app.ts';
import type {
  Deployment,
  DeployOptions,
  DeployPlan,
  DeployTarget,
  LogLine,
  Shadow,
  ShadowOptions,
  TargetCapabilities,
  TargetDeployment,
  TargetInfo,
} from '../protocol/studio/deployment.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { StoredSummary } from '../protocol/studio/store.ts';
import type { Clock } from '../runtime/ports.ts';
import { deploymentIdFor } from './deployment-id.ts';
import {
  type DeploymentRecord,
  type DeploymentVersion,
  deploymentView,
  endRun,
  factsOf,
  failedStep,
  leaveElsewhere,
  shadowOptions,
  storedForm,
  VERSIONS_MAX,
} from './deployment-record.ts';
import type { BringInputs, DeploymentService, DeploymentsOptions } from './deployment-service.ts';
import { type JobShare, jobsOf, quotasOf, shareOf } from './job-quota.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { type PlannedDeployment, planDeployment, reviewRequest } from './plan-deployment.ts';
import { publishDashboard } from './publish-dashboard.ts';
import { readStored, unreadable } from './read-stored.ts';
import { ShadowRuns } from './shadow-runs.ts';
import { NO_REVIEW, runnable } from './stored-version.ts';
import type { DeploySubject } from './subject.ts';

export function createDeployments(options: DeploymentsOptions): DeploymentService {
  return new StoredDeployments(options);
}

class StoredDeployments implements DeploymentService {
  private readonly o: DeploymentsOptions;
  private readonly clock: Clock;
  private readonly records = new Map<string, DeploymentRecord>();
  /** Changes of one deployment come one after the other. */
  private readonly queues = new Map<string, Promise<unknown>>();
  private inputs: BringInputs = async () => ({});
  /** Settles when it is known what was deployed before this host was started. */
  private known: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  private restores = false;
  private readonly shadows = new ShadowRuns();
  private readonly leases: LeaseKeeper;
  /** What deployments take that are being started just now, by id. */
  private readonly starting = new Map<string, JobShare>();
  /** What the store said of each when it was last read or written. */
  private readonly seen = new Map<string, string>();

  constructor(options: DeploymentsOptions) {
    this.o = options;
    this.clock = options.clock ?? systemClock;
    this.leases = new LeaseKeeper({
      store: options.store,
      clock: this.clock,
      ttlMs: options.leaseMs ?? 10_000,
      lost: (id) => this.oneByOne(id, () => this.yieldTo(id)),
      look: () => this.lookAround(),
    });
  }

  async plan(subject: DeploySubject, options: DeployOptions): Promise<DeployPlan> {
    await this.known;
    return this.planned(subject, options).plan;
  }

  async deploy(subject: DeploySubject, options: DeployOptions): Promise<Deployment> {
    await this.known;
    return this.oneByOne(this.idFor(options.name, subject.owner), async () => {
      const id = this.idFor(options.name, subject.owner);
      await this.hold(id);
      try {
        return await this.carryOut(id, subject, options);
      } catch (error) {
        if (!this.records.has(id)) await this.leases.release(id);
        throw error;
      }
    });
  }

  private async carryOut(id: string, subject: DeploySubject, options: DeployOptions): Promise<Deployment> {
    if (this.records.has(id)) this.intact(id);
    const planned = this.planned(subject, options);
    this.approve(planned.plan, options);
    if (planned.plan.blockers.length > 0) throw blocked(planned.plan.blockers);
    const known = this.records.get(id);
    const target = this.target(options.target);
    // A trace is that of the call that deploys: a start much later is not part of it.
    const { traceparent, ...lasting } = options;
    if (known !== undefined && known.current.plan.target !== target.name) throw nameTaken(options.name);
    const version: DeploymentVersion = {
      version: (known?.current.version ?? 0) + 1,
      subject,
      options: lasting,
      plan: planned.plan,
      app: planned.app,
      shapes: planned.shapes,
      deployedAt: this.clock.now(),
    };
    const record: DeploymentRecord = known ?? {
      id,
      owner: subject.owner,
      current: version,
      previous: [],
      running: null,
      wanted: 'running',
      dashboardUrl: undefined,
      extraSteps: [],
    };
    this.starting.set(id, { owner: subject.owner, target: target.name, jobs: jobsOf(planned.plan) });
    try {
      await this.replace(record, version, known !== undefined, traceparent);
      this.records.set(id, record);
    } finally {
      this.starting.delete(id);
    }
    await publishDashboard(record, this.o.grafana);
    await this.save(record);
    return this.view(record);
  }

  async restore(inputs: BringInputs): Promise<readonly Deployment[]> {
    this.inputs = inputs;
    this.restores = true;
    const found: DeploymentRecord[] = [];
    const reading = (async () => {
      for (const head of (await this.o.store?.list('deployments')) ?? []) {
        const { id } = head;
        this.seen.set(id, factsOf(head));
        const record = await this.stored(id, head.summary);
        if (record === undefined || this.records.has(id)) continue;
        this.records.set(id, record);
        found.push(record);
      }
    })();
    this.known = reading.catch(() => {});
    await reading;
    await Promise.all(found.map((record) => this.oneByOne(record.id, () => this.startOrWait(record))));
    this.leases.start();
    return found.flatMap(({ id }) => this.records.get(id) ?? []).map((record) => this.view(record));
  }

  async list(): Promise<readonly Deployment[]> {
    await this.known;
    return [...this.records.values()].map((record) => this.view(record));
  }

  async get(id: string): Promise<Deployment> {
    await this.known;
    return this.view(this.record(id));
  }

  start = (id: string, job?: string): Promise<Deployment> =>
    this.act(id, 'stop', async (record) => {
      if (record.running === null) {
        record.running = await this.launch(record.id, record.current);
        record.extraSteps = [];
      } else await record.running.start(job);
      record.wanted = 'running';
    });

  stop = (id: string, job?: string): Promise<Deployment> =>
    this.act(id, 'stop', async (record) => {
      await record.running?.stop(job);
      if (job === undefined) record.wanted = 'stopped';
    });

  pause = (id: string, job?: string): Promise<Deployment> => this.act(id, 'pause', (record) => record.running?.pause(job));
  resume = (id: string, job?: string): Promise<Deployment> => this.act(id, 'resume', (record) => record.running?.resume(job));
  restart = (id: string, job?: string): Promise<Deployment> => this.act(id, 'restart', (record) => record.running?.restart(job));

  rollback(id: string): Promise<Deployment> {
    return this.act(id, 'rollback', async (record) => {
      const [before, ...rest] = record.previous;
      if (before === undefined) throw noPreviousVersion(record.current.plan.name);
      await this.replace(record, before, true);
      record.previous = rest;
      await publishDashboard(record, this.o.grafana);
    });
  }

  async delete(id: string): Promise<boolean> {
    await this.known;
    const record = this.records.get(id);
    if (record === undefined) return false;
    return this.oneByOne(id, async () => {
      await this.hold(id);
      await this.shadows.end(id);
      await this.records.get(id)?.running?.remove();
      this.records.delete(id);
      await this.o.store?.delete('deployments', id);
      await this.leases.release(id);
      return true;
    });
  }

  async startShadow(id: string, app: AppInput, options: ShadowOptions = {}): Promise<Shadow> {
    await this.known;
    const { current } = this.intact(id);
    const inputs = await runnable(current, this.inputs, this.o.bringSecrets);
    const next: DeploySubject = { ...inputs, app };
    const { plan } = this.planned(next, shadowOptions(current));
    const target = this.target(current.plan.target);
    return this.shadows.start(id, { target, current: inputs, next, plan, now: this.clock.now(), options });
  }

  async shadow(id: string): Promise<Shadow> {
    await this.known;
    this.record(id);
    return this.shadows.view(id);
  }

  async promote(id: string, planHash: string): Promise<Deployment> {
    await this.known;
    const { current } = this.record(id);
    const deployment = await this.deploy(this.shadows.subject(id), { ...shadowOptions(current), planHash });
    await this.shadows.end(id);
    return deployment;
  }

  async endShadow(id: string): Promise<boolean> {
    await this.known;
    this.record(id);
    return this.shadows.end(id);
  }

  async metrics(id: string) {
    const jobs = this.record(id).running?.jobs() ?? [];
    return Object.fromEntries(jobs.map((job) => [job.name, job.metrics]));
  }

  async alerts(id: string) {
    return this.record(id).running?.alerts() ?? [];
  }

  async logs(id: string, options: { readonly job?: string; readonly limit?: number } = {}): Promise<readonly LogLine[]> {
    return (await this.record(id).running?.logs(options)) ?? [];
  }

  async targets(): Promise<readonly TargetInfo[]> {
    return this.o.targets.map(({ name, capabilities }) => ({ name, capabilities }));
  }

  async metricsText(sees: (owner: Owner | undefined) => boolean = () => true): Promise<string> {
    return mergeExpositions(
      [...this.records.values()].filter((record) => sees(record.owner)).map((record) => record.running?.metricsText() ?? ''),
    );
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.known;
    await this.shadows.close();
    // What is being started ends its start first: nothing of it may come up behind the closing.
    await Promise.all(this.queues.values());
    await Promise.all(
      [...this.records.values()].map(async ({ running }) => {
        if (running?.detach !== undefined) return running.detach();
        return endRun(running);
      }),
    );
    await this.leases.close();
  }

  private planned(subject: DeploySubject, options: DeployOptions): PlannedDeployment {
    const target = this.target(options.target);
    const id = this.idFor(options.name, subject.owner);
    const known = this.records.get(id);
    const quotas = quotasOf({ owner: subject.owner, target }, this.sharesBeside(id), this.o.jobs);
    return planDeployment(
      subject,
      { ...options, target: target.name },
      {
        now: this.clock.now(),
        id,
        ...(known === undefined ? {} : { previous: { subject: known.current.subject, shapes: known.current.shapes } }),
        ...(this.o.traffic === undefined ? {} : { traffic: this.o.traffic(subject) }),
        quotas,
        ...(target.review === undefined ? {} : { review: (request) => target.review?.(request) ?? NO_REVIEW }),
      },
    );
  }

  /** What others take: those that are there, and those on their way. */
  private sharesBeside(id: string): readonly JobShare[] {
    const known = [...this.records.values()].filter((record) => record.id !== id && !this.starting.has(record.id));
    return [...known.map(shareOf), ...[...this.starting].filter(([other]) => other !== id).map(([, share]) => share)];
  }

  async idOf(name: string, owner?: Owner): Promise<string> {
    await this.known;
    return this.idFor(name, owner);
  }

  private idFor(name: string, owner: Owner | undefined): string {
    return deploymentIdFor(this.records, name, owner);
  }

  private approve(plan: DeployPlan, options: DeployOptions): void {
    if (options.approve === 'auto' && this.o.allowUnapproved === true && options.planHash === undefined) return;
    if (options.planHash !== plan.hash) throw notApproved(plan.hash, options.planHash);
  }

  private target(name = 'embedded'): DeployTarget {
    const { targets } = this.o;
    const found = targets.find((target) => target.name === name);
    if (found !== undefined) return found;
    throw unknownTarget(
      name,
      targets.map((target) => target.name),
    );
  }

  private record(id: string): DeploymentRecord {
    const found = this.records.get(id);
    if (found === undefined) throw unknownDeployment(id);
    return found;
  }

  /** One that something can be done with. */
  private intact(id: string): DeploymentRecord {
    const record = this.record(id);
    if (record.damage !== undefined) throw record.damage;
    return record;
  }

  /** The running version makes way; if the new one cannot start, the old one runs again. */
  private async replace(record: DeploymentRecord, next: DeploymentVersion, hasBefore: boolean, traceparent?: string): Promise<void> {
    const before = record.current;
    await endRun(record.running);
    try {
      record.running = await this.launch(record.id, next, traceparent);
    } catch (error) {
      if (hasBefore) record.running = await this.launch(record.id, before);
      throw error;
    }
    if (hasBefore && next.version > before.version) record.previous = [before, ...record.previous].slice(0, VERSIONS_MAX);
    record.current = next;
    record.wanted = 'running';
  }

  private async launch(id: string, wanted: DeploymentVersion, traceparent?: string): Promise<TargetDeployment> {
    const { version, options, plan, shapes } = wanted;
    const target = this.target(plan.target);
    if (target.maxJobs !== undefined && plan.jobs.length > target.maxJobs) throw tooManyJobs(target.maxJobs, plan.jobs.length);
    const subject = await runnable(wanted, this.inputs, this.o.bringSecrets);
    return target.deploy({
      id,
      version,
      plan,
      ...reviewRequest(options.name, subject, shapes),
      options: traceparent === undefined ? options : { ...options, traceparent },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  }

  private async act(
    id: string,
    capability: keyof TargetCapabilities,
    work: (record: DeploymentRecord) => Promise<unknown> | undefined,
  ): Promise<Deployment> {
    await this.known;
    const target = this.target(this.record(id).current.plan.target);
    if (!target.capabilities[capability]) throw cannotTarget(target.name, capability, 'the target has no way to do it');
    return this.oneByOne(id, async () => {
      await this.hold(id);
      const record = this.intact(id);
      await work(record);
      await this.save(record);
      return this.view(record);
    });
  }

  private oneByOne<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.queues.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.catch(() => {});
    this.queues.set(id, settled);
    void settled.then(() => {
      if (this.queues.get(id) === settled) this.queues.delete(id);
    });
    return mine;
  }

  private view(record: DeploymentRecord): Deployment {
    const { target } = record.current.plan;
    return deploymentView(record, this.o.targets.find(({ name }) => name === target)?.capabilities);
  }

  private async save(record: DeploymentRecord): Promise<void> {
    const { name, target } = record.current.plan;
    const summary = { name, target, version: record.current.version, wanted: record.wanted };
    const head = { id: record.id, updatedAt: this.clock.now(), summary };
    this.seen.set(record.id, factsOf(head));
    await this.o.store?.put('deployments', { ...head, document: storedForm(record) });
  }

  private async stored(id: string, summary?: StoredSummary['summary']): Promise<DeploymentRecord | undefined> {
    const entry = { id, ...(summary === undefined ? {} : { summary }) };
    try {
      const document = await this.o.store?.get('deployments', id);
      return document === undefined ? undefined : readStored({ ...entry, document }, this.o.targets);
    } catch (error) {
      return unreadable(entry, this.o.targets, error);
    }
  }

  /** Before anything is done with a deployment: nobody else may run it, and what is known of it has to be what is stored. */
  private async hold(id: string): Promise<void> {
    this.leases.start();
    if (this.leases.holds(id)) return;
    if (!(await this.leases.take(id))) throw heldElsewhere(id);
    const record = await this.reload(id);
    if (record?.wanted === 'running') await this.startAgain(record);
  }

  private async reload(id: string): Promise<DeploymentRecord | undefined> {
    const record = await this.stored(id);
    if (record === undefined) this.records.delete(id);
    else this.records.set(id, record);
    return record;
  }

  private async startOrWait(record: DeploymentRecord): Promise<void> {
    if (record.damage !== undefined) return;
    if (record.wanted === 'running' && !(await this.leases.take(record.id))) leaveElsewhere(record);
    else await this.startAgain(record);
  }

  /** Another studio has taken over, because this one was silent for too long: what runs here has to end. */
  private async yieldTo(id: string): Promise<void> {
    const record = this.records.get(id);
    if (record === undefined) return;
    await endRun(record.running);
    leaveElsewhere(record);
  }

  /** What other studios on this store have deployed, changed and deleted; and what of theirs nobody runs any more. */
  private async lookAround(): Promise<void> {
    if (!this.restores || this.isClosed) return;
    const heads = (await this.o.store?.list('deployments')) ?? [];
    for (const id of this.records.keys()) if (!this.leases.holds(id) && !heads.some((head) => head.id === id)) this.records.delete(id);
    for (const head of heads) {
      const { id, summary } = head;
      if (this.leases.holds(id)) continue;
      await this.oneByOne(id, async () => {
        const isFree = summary['wanted'] === 'running' && !this.isClosed && (await this.leases.take(id));
        if (!isFree && this.seen.get(id) === factsOf(head)) return;
        this.seen.set(id, factsOf(head));
        const record = await this.reload(id);
        if (record === undefined || record.damage !== undefined) return;
        if (isFree) await this.startAgain(record);
        else leaveElsewhere(record);
      });
    }
  }

  private async startAgain(record: DeploymentRecord): Promise<void> {
    if (record.damage !== undefined) return;
    try {
      if (record.wanted === 'running' && !this.isClosed) record.running = await this.launch(record.id, record.current);
    } catch (error) {
      // One that cannot start must not keep the others from it; `start` tries again.
      record.extraSteps = [failedStep(record.id, error)];
      // Where the target is missing here, another studio on the store may have it.
      if (!this.o.targets.some(({ name }) => name === record.current.plan.target)) await this.leases.release(record.id);
    } finally {
      record.isStarting = false;
    }
  }
}
