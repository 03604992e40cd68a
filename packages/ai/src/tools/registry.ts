import type { Artifact } from '@velostream/core/protocol';
import type { Approval, Assistant } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { type AuditEntry, AuditLog, type ChainedEntry } from '../guard/audit.ts';
import { randomId, sha256, stableJson } from '../guard/hash.ts';
import { redactText } from '../guard/redact.ts';
import { AiError } from './ai-error.ts';
import { analyseTools } from './analyse-tools.ts';
import { appTools } from './app-tools.ts';
import { deployTools } from './deploy-tools.ts';
import { exploreTools } from './explore-tools.ts';
import { sqlTools } from './sql-tools.ts';
import { templateTools } from './template-tools.ts';
import type { Tool, ToolContext, ToolOutcome, ToolRisk } from './tool.ts';

export const allTools = (): readonly Tool[] => [
  ...exploreTools,
  ...sqlTools,
  ...appTools,
  ...templateTools,
  ...deployTools,
  ...analyseTools,
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
  const { allow = ['read', 'compute', 'write', 'deploy'], only, approvalTtlMs = 600_000, now = () => Date.now() } = options;
  const every = options.tools ?? allTools();
  const tools = every
    .filter((t) => allow.includes(t.risk) && (only === undefined || only.includes(t.name)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const byName = new Map(tools.flatMap((t) => [[t.name, t] as const, ...t.aliases.map((a) => [a, t] as const)]));
  const pending = new Map<string, Pending>();
  const audit = new AuditLog(options.onAudit);

  const contextOf = (call: CallContext, approvedHash?: string): ToolContext => ({
    studio,
    session: call.session,
    now,
    ...(options.assistant && !call.offline ? { assistant: options.assistant } : {}),
    ...(call.signal ? { signal: call.signal } : {}),
    ...(approvedHash === undefined ? {} : { approvedHash }),
  });

  const record = (
    tool: Tool,
    input: unknown,
    call: CallContext,
    outcome: AuditEntry['outcome'],
    ms: number,
    message?: string,
    approvalId?: string,
  ): Promise<void> =>
    audit.append({
      at: now(),
      session: call.session.id,
      principal: call.principal ?? 'local',
      tool: tool.name,
      risk: tool.risk,
      input,
      tainted: call.tainted ?? false,
      outcome,
      ms,
      ...(message === undefined ? {} : { message: redactText(message) }),
      ...(approvalId === undefined ? {} : { approvalId }),
    });

  const run = async (
    tool: Tool,
    input: Readonly<Record<string, unknown>>,
    call: CallContext,
    approvedHash?: string,
    approvalId?: string,
  ): Promise<CallResult> => {
    const started = now();
    try {
      const outcome = await withTimeout(
        tool,
        (signal) => tool.execute(input as never, contextOf({ ...call, signal }, approvedHash)),
        call.signal,
      );
      await record(tool, input, call, 'ok', now() - started, undefined, approvalId);
      return { ...outcome, tool: tool.name };
    } catch (cause) {
      await record(tool, input, call, 'failed', now() - started, messageOf(cause), approvalId);
      throw cause;
    }
  };

  const registry: ToolRegistry = {
    studio,
    tools,
    audit,
    find: (name) => byName.get(name),
    async call(name, raw, call) {
      const tool = byName.get(name);
      if (!tool)
        throw new AiError(
          'invalid',
          `there is no tool "${name.slice(0, 80)}"${every.some((t) => t.name === name) ? ': it is switched off here' : ''}`,
        );
      const given = (
        tool.aliases.includes(name) && tool.fromAlias ? tool.fromAlias(name, (raw ?? {}) as Record<string, unknown>) : (raw ?? {})
      ) as unknown;
      const parsed = tool.input.safeParse(given);
      if (!parsed.success) {
        const first = parsed.error.issues[0];
        throw new AiError(
          'invalid',
          `input of "${tool.name}" is not as it should be: ${first?.path.join('.') ?? ''} ${first?.message ?? ''}`.trim(),
        );
      }
      const input = parsed.data as Readonly<Record<string, unknown>>;
      const refused = refusal(tool, input, call, options.allowedHosts);
      if (refused !== undefined) {
        await record(tool, input, call, 'denied', 0, refused);
        throw new AiError('refused', refused);
      }
      if (tool.risk !== 'deploy' && !(tool.risk === 'write')) return run(tool, input, call);
      if (call.approvalId !== undefined) return registry.decide(call.approvalId, true, { ...call, userText: call.userText ?? '' });
      return propose(tool, input, call);
    },
    async decide(approvalId, approved, call) {
      const waiting = pending.get(approvalId);
      if (!waiting || waiting.decided) throw new AiError('refused', 'this approval is not known or was used already');
      waiting.decided = true;
      pending.delete(approvalId);
      const { tool, input, approval } = waiting;
      if (waiting.binding !== bindingOf(call)) {
        await record(tool, input, call, 'denied', 0, 'approval of another thread or person', approvalId);
        throw new AiError('refused', 'this approval belongs to another thread or person');
      }
      if (!approved) {
        await record(tool, input, call, 'denied', 0, 'declined', approvalId);
        return { tool: tool.name, output: { declined: true }, text: 'Not done, as you wish.' };
      }
      if (now() > approval.expiresAt) {
        await record(tool, input, call, 'denied', 0, 'expired', approvalId);
        throw new AiError('refused', 'this approval has expired; ask for it again');
      }
      const current = await planOf(tool, input, contextOf(call));
      if (current.hash !== approval.hash) {
        await record(tool, input, call, 'denied', 0, 'the plan changed', approvalId);
        throw new AiError('refused', 'what would be done has changed since it was approved; look at it again');
      }
      return run(tool, input, call, current.hash, approvalId);
    },
    disabled: () =>
      every
        .filter((t) => !tools.includes(t))
        .map((t) => ({
          name: t.name,
          reason: allow.includes(t.risk)
            ? 'not in the list of tools to offer'
            : `tools that ${t.risk === 'deploy' ? 'deploy' : 'write'} are switched off; start with --allow ${t.risk}`,
        })),
  };

  const propose = async (tool: Tool, input: Readonly<Record<string, unknown>>, call: CallContext): Promise<CallResult> => {
    const plan = await planOf(tool, input, contextOf(call));
    for (const [id, p] of pending) if (now() > p.approval.expiresAt) pending.delete(id);
    const approval: Approval = {
      approvalId: randomId('appr'),
      tool: tool.name,
      title: plan.title,
      input,
      summary: plan.summary,
      hash: plan.hash,
      expiresAt: now() + approvalTtlMs,
    };
    pending.set(approval.approvalId, { approval, tool, input, binding: bindingOf(call) });
    await record(tool, input, call, 'approval-required', 0, undefined, approval.approvalId);
    return {
      tool: tool.name,
      output: { approval_required: true, approval_id: approval.approvalId, summary: plan.summary },
      text: plan.summary,
      approval,
    };
  };
  return registry;
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
  if (call.tainted && !(call.userText ?? '').toLowerCase().includes(host === '' ? uri.toLowerCase() : host))
    return `"${host || uri}" was not named by you; data that was read may not decide where to connect`;
  return undefined;
}

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
