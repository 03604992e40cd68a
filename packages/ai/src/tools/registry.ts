import type { Span, TraceContext, Tracing } from '@velostream/core/observability/tracing';
import type { Artifact } from '@velostream/core/protocol';
import type { Approval, Assistant } from '@velostream/core/protocol/assist';
import type { Session, Studio, StudioStore } from '@velostream/core/protocol/studio';
import { type DeploySnapshots, deploySnapshots } from '../analyse/deploy-snapshots.ts';
import { type JobHistory, jobHistory } from '../analyse/job-history.ts';
import { type SuggestionLedger, SuggestionLedgers } from '../analyse/suggestion-ledger.ts';
import { type AuditEntry, AuditLog, type ChainedEntry } from '../guard/audit.ts';
import { randomId, sha256, stableJson } from '../guard/hash.ts';
import { redactText } from '../guard/redact.ts';
import { AiError } from './ai-error.ts';
import { analyseTools } from './analyse-tools.ts';
import { appTools } from './app-tools.ts';
import { deployTools } from './deploy-tools.ts';
import { exploreTools } from './explore-tools.ts';
import { sqlTools } from './sql-tools.ts';
import { suggestionTools } from './suggestion-tools.ts';
import { templateTools } from './template-tools.ts';
import type { Tool, ToolContext, ToolOutcome, ToolRisk } from './tool.ts';
import { tutorialTools } from './tutorial-tools.ts';

export const allTools = (): readonly Tool[] => [
  ...exploreTools,
  ...sqlTools,
  ...appTools,
  ...templateTools,
  ...deployTools,
  ...analyseTools,
  ...suggestionTools,
  ...tutorialTools,
];

export interface RegistryOptions {
  readonly assistant?: Assistant;
  /** Tools of a higher risk are not there at all. `deploy` by default. */
  readonly allow?: readonly ToolRisk[];
  readonly only?: readonly string[];
  /** Hosts that `connect_source` may reach; all but link-local and metadata addresses by default. */
  readonly allowedHosts?: readonly string[];
  readonly approvalTtlMs?: number;
  readonly tools?: readonly Tool[];
  readonly onAudit?: (entry: ChainedEntry) => void;
  readonly now?: () => number;
  /** A span for each tool that runs. */
  readonly tracing?: Tracing;
  /** Keeps what became of suggestions; a ledger in memory without one. */
  readonly store?: StudioStore;
}

export interface CallContext {
  readonly session: Session;
  readonly principal?: string;
  readonly signal?: AbortSignal;
  /** What has been approved before. */
  readonly approvalId?: string;
  /** Text of others has entered this turn. */
  readonly tainted?: boolean;
  /** Work without a model even where one is set. */
  readonly offline?: boolean;
  /** The user's own words of this turn: destinations in them are theirs. */
  readonly userText?: string;
  /** What the span of the tool is below. */
  readonly trace?: TraceContext;
}

export interface CallResult extends ToolOutcome {
  readonly tool: string;
  readonly approval?: Approval;
}

interface Pending {
  readonly approval: Approval;
  readonly tool: Tool;
  readonly input: Readonly<Record<string, unknown>>;
  readonly binding: string;
  decided?: boolean;
}

export interface ToolRegistry {
  readonly studio: Studio;
  readonly tools: readonly Tool[];
  readonly audit: AuditLog;
  /** What became of the suggestions of whoever a session belongs to. */
  ledgerOf(session: Session): SuggestionLedger;
  readonly snapshots: DeploySnapshots;
  /** What running jobs showed before. */
  readonly history: JobHistory;
  find(name: string): Tool | undefined;
  /** Validates, checks, runs and records one call. What needs an approval comes back with `approval` instead of having run. */
  call(name: string, input: unknown, context: CallContext): Promise<CallResult>;
  /** Runs or drops what waited for an approval. Each approval serves once, for the exact plan that was shown. */
  decide(approvalId: string, approved: boolean, context: CallContext): Promise<CallResult>;
  /** Tools that are not there, and why. */
  disabled(): readonly { readonly name: string; readonly reason: string }[];
}

const HIDDEN_HOSTS = /^(169\.254\.|0\.|fe80:|fd00:ec2|metadata\.|100\.100\.100\.200|\[?::ffff:169\.254)/i;
const hostOf = (uri: string): string => /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#,]*)/i.exec(uri)?.[1]?.toLowerCase() ?? '';

/**
 * All tools over one studio, behind one gate: unknown names and bad input are refused, outputs are bounded, deployments wait for an
 * approval that is bound to the hash of their plan, and every call is recorded.
 */
export function createToolRegistry(studio: Studio, options: RegistryOptions = {}): ToolRegistry {
  const gate = new ToolGate(studio, options);
  return {
    studio,
    tools: gate.tools,
    audit: gate.audit,
    ledgerOf: ({ owner }) => gate.ledgers.of(owner),
    snapshots: gate.snapshots,
    history: gate.history,
    find: (name) => gate.find(name),
    call: (name, raw, call) => gate.call(name, raw, call),
    decide: (approvalId, approved, call) => gate.decide(approvalId, approved, call),
    disabled: () => gate.disabled(),
  };
}

/** Every call of a tool passes here: checked, approved where that is asked for, bounded in time, recorded. */
class ToolGate {
  readonly tools: readonly Tool[];
  readonly audit: AuditLog;
  readonly ledgers: SuggestionLedgers;
  readonly snapshots: DeploySnapshots;
  readonly history: JobHistory;
  readonly #every: readonly Tool[];
  readonly #byName: ReadonlyMap<string, Tool>;
  readonly #pending = new Map<string, Pending>();
  readonly #allow: readonly Tool['risk'][];
  readonly #now: () => number;
  readonly #studio: Studio;
  readonly #options: RegistryOptions;

  constructor(studio: Studio, options: RegistryOptions) {
    this.#studio = studio;
    this.#options = options;
    const { allow = ['read', 'compute', 'write', 'deploy'], only, now = () => Date.now() } = options;
    this.#allow = allow;
    this.#now = now;
    this.#every = options.tools ?? allTools();
    this.tools = this.#every
      .filter((t) => allow.includes(t.risk) && (only === undefined || only.includes(t.name)))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    this.#byName = new Map(this.tools.flatMap((t) => [[t.name, t] as const, ...t.aliases.map((a) => [a, t] as const)]));
    this.audit = new AuditLog(options.onAudit);
    const kept = { now, ...(options.store ? { store: options.store } : {}) };
    this.ledgers = new SuggestionLedgers(kept);
    this.snapshots = deploySnapshots(kept);
    this.history = jobHistory({ now });
  }

  find(name: string): Tool | undefined {
    return this.#byName.get(name);
  }

  async call(name: string, raw: unknown, call: CallContext): Promise<CallResult> {
    const tool = this.#known(name);
    const input = checkedInput(tool, name, raw);
    const refused = refusal(tool, input, call, this.#options.allowedHosts);
    if (refused !== undefined) {
      await this.#record(tool, input, call, { outcome: 'denied', message: refused });
      throw new AiError('refused', refused);
    }
    if (tool.risk !== 'deploy' && tool.risk !== 'write') return this.#run(tool, input, call);
    if (call.approvalId !== undefined) {
      const waiting = this.#pending.get(call.approvalId);
      if (waiting && (waiting.tool !== tool || stableJson(waiting.input) !== stableJson(input)))
        throw new AiError('refused', 'this approval was given for another action');
      return this.decide(call.approvalId, true, { ...call, userText: call.userText ?? '' });
    }
    return this.#propose(tool, input, call);
  }

  async decide(approvalId: string, approved: boolean, call: CallContext): Promise<CallResult> {
    const waiting = this.#pending.get(approvalId);
    if (!waiting || waiting.decided) throw new AiError('refused', 'this approval is not known or was used already');
    waiting.decided = true;
    this.#pending.delete(approvalId);
    const { tool, input, approval } = waiting;
    const deny = (message: string): Promise<void> => this.#record(tool, input, call, { outcome: 'denied', message, approvalId });
    if (waiting.binding !== bindingOf(call)) {
      await deny('approval of another thread or person');
      throw new AiError('refused', 'this approval belongs to another thread or person');
    }
    if (!approved) {
      await deny('declined');
      return { tool: tool.name, output: { declined: true }, text: 'Not done, as you wish.' };
    }
    if (this.#now() > approval.expiresAt) {
      await deny('expired');
      throw new AiError('refused', 'this approval has expired; ask for it again');
    }
    const current = await planOf(tool, input, this.#contextOf(call));
    if (current.hash !== approval.hash) {
      await deny('the plan changed');
      throw new AiError('refused', 'what would be done has changed since it was approved; look at it again');
    }
    return this.#run(tool, input, call, { hash: current.hash, approvalId });
  }

  disabled(): readonly { readonly name: string; readonly reason: string }[] {
    return this.#every
      .filter((t) => !this.tools.includes(t))
      .map((t) => ({
        name: t.name,
        reason: this.#allow.includes(t.risk)
          ? 'not in the list of tools to offer'
          : `tools that ${t.risk === 'deploy' ? 'deploy' : 'write'} are switched off; start with --allow ${t.risk}`,
      }));
  }

  #known(name: string): Tool {
    const tool = this.#byName.get(name);
    if (tool) return tool;
    const isOff = this.#every.some((t) => t.name === name);
    throw new AiError('invalid', `there is no tool "${name.slice(0, 80)}"${isOff ? ': it is switched off here' : ''}`);
  }

  async #run(tool: Tool, input: ToolInput, call: CallContext, approved?: { hash: string; approvalId: string }): Promise<CallResult> {
    const started = this.#now();
    const { approvalId } = approved ?? {};
    const span = this.#span(tool, call);
    try {
      const outcome = await withTimeout(
        tool,
        (signal) => tool.execute(input as never, this.#contextOf({ ...call, signal }, approved?.hash)),
        call.signal,
      );
      span?.end();
      await this.#record(tool, input, call, { outcome: 'ok', ms: this.#now() - started, approvalId });
      return { ...outcome, tool: tool.name };
    } catch (cause) {
      // The message goes through the same redaction as that of the audit.
      span?.end(new Error(redactText(messageOf(cause))));
      await this.#record(tool, input, call, { outcome: 'failed', ms: this.#now() - started, message: messageOf(cause), approvalId });
      throw cause;
    }
  }

  /** Of the tool and never of its input, which may be anything. */
  #span(tool: Tool, { trace, session }: CallContext): Span | undefined {
    const attributes = { 'velo.tool': tool.name, 'velo.tool.risk': tool.risk, 'velo.session': session.id };
    return this.#options.tracing?.start('velo.tool', { attributes, ...(trace ? { parent: trace } : {}) });
  }

  async #propose(tool: Tool, input: ToolInput, call: CallContext): Promise<CallResult> {
    const plan = await planOf(tool, input, this.#contextOf(call));
    const now = this.#now();
    for (const [id, p] of this.#pending) if (now > p.approval.expiresAt) this.#pending.delete(id);
    const approval: Approval = {
      approvalId: randomId('appr'),
      tool: tool.name,
      title: plan.title,
      input,
      summary: plan.summary,
      hash: plan.hash,
      expiresAt: now + (this.#options.approvalTtlMs ?? 600_000),
    };
    this.#pending.set(approval.approvalId, { approval, tool, input, binding: bindingOf(call) });
    await this.#record(tool, input, call, { outcome: 'approval-required', approvalId: approval.approvalId });
    return {
      tool: tool.name,
      output: { approval_required: true, approval_id: approval.approvalId, summary: plan.summary },
      text: plan.summary,
      approval,
    };
  }

  #contextOf(call: CallContext, approvedHash?: string): ToolContext {
    return {
      // What the person of this session may see, where the studio tells its callers apart.
      studio: call.session.studio ?? this.#studio,
      session: call.session,
      now: this.#now,
      ledger: this.ledgers.of(call.session.owner),
      snapshots: this.snapshots,
      history: this.history,
      ...(this.#options.assistant && !call.offline ? { assistant: this.#options.assistant } : {}),
      ...(call.signal ? { signal: call.signal } : {}),
      ...(approvedHash === undefined ? {} : { approvedHash }),
    };
  }

  #record(tool: Tool, input: ToolInput, call: CallContext, what: Happened): Promise<void> {
    return this.audit.append({
      at: this.#now(),
      session: call.session.id,
      principal: call.principal ?? 'local',
      tool: tool.name,
      risk: tool.risk,
      input,
      tainted: call.tainted ?? false,
      outcome: what.outcome,
      ms: what.ms ?? 0,
      ...(what.message === undefined ? {} : { message: redactText(what.message) }),
      ...(what.approvalId === undefined ? {} : { approvalId: what.approvalId }),
    });
  }
}

type ToolInput = Readonly<Record<string, unknown>>;

/** What the audit says of one call. */
interface Happened {
  readonly outcome: AuditEntry['outcome'];
  readonly ms?: number;
  readonly message?: string;
  readonly approvalId?: string | undefined;
}

/** The input in the tool's own terms, or an error that names the first field that is wrong. */
function checkedInput(tool: Tool, name: string, raw: unknown): ToolInput {
  const isAlias = tool.aliases.includes(name) && tool.fromAlias !== undefined;
  const given: unknown = isAlias ? tool.fromAlias?.(name, (raw ?? {}) as Record<string, unknown>) : (raw ?? {});
  const parsed = tool.input.safeParse(given);
  if (parsed.success) return parsed.data as ToolInput;
  const first = parsed.error.issues[0];
  throw new AiError(
    'invalid',
    `input of "${tool.name}" is not as it should be: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim(),
  );
}

const bindingOf = (call: CallContext): string => `${call.session.id}|${call.principal ?? 'local'}`;

async function planOf(tool: Tool, input: Readonly<Record<string, unknown>>, context: ToolContext) {
  if (tool.plan) return tool.plan(input as never, context);
  return {
    hash: await sha256(stableJson({ tool: tool.name, input })),
    title: tool.title,
    summary: `${tool.title} with ${stableJson(input).slice(0, 400)}`,
  };
}

/** Destinations that must not be reached, or that only somebody else's text named. */
function refusal(
  tool: Tool,
  input: Readonly<Record<string, unknown>>,
  call: CallContext,
  allowed: readonly string[] | undefined,
): string | undefined {
  if (tool.name !== 'connect_source') return undefined;
  const uri = String(input['uri'] ?? '');
  const host = hostOf(uri);
  if (host !== '' && HIDDEN_HOSTS.test(host)) return `the address "${host}" is not to be reached from here`;
  if (allowed && host !== '' && !allowed.some((a) => host === a || host.endsWith(`.${a}`)))
    return `"${host}" is not among the hosts that may be reached`;
  if (call.tainted && !(call.userText ?? '').toLowerCase().includes(host === '' ? pathOf(uri) : host))
    return `"${host || uri}" was not named by you; data that was read may not decide where to connect`;
  return undefined;
}

/** The last part of a path: people name a file by it, however its URI is written. */
const pathOf = (uri: string): string =>
  uri
    .toLowerCase()
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
    .at(-1) ?? uri.toLowerCase();

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

async function withTimeout<T>(tool: Tool, work: (signal: AbortSignal) => Promise<T>, outer: AbortSignal | undefined): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(outer?.reason);
  if (outer?.aborted) throw new AiError('aborted', 'stopped');
  outer?.addEventListener('abort', stop, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new AiError('timeout', `"${tool.name}" took longer than ${Math.round(tool.timeoutMs / 1000)} s`));
    }, tool.timeoutMs);
    controller.signal.addEventListener('abort', () => reject(new AiError('aborted', 'stopped')), { once: true });
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', stop);
  }
}

export type { Artifact };
