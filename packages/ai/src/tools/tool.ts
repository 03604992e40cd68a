import type { Artifact, ArtifactAction, ArtifactData, ArtifactKind, ArtifactOf, ArtifactState } from '@velostream/core/protocol';
import type { Assistant } from '@velostream/core/protocol/assist';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import type * as z from 'zod/mini';
import type { DeploySnapshots } from '../analyse/deploy-snapshots.ts';
import type { JobHistory } from '../analyse/job-history.ts';
import type { SuggestionLedger } from '../analyse/suggestion-ledger.ts';

/** How far a tool reaches: `read` looks, `compute` runs something here, `write` changes the studio, `deploy` starts what keeps running. */
export type ToolRisk = 'read' | 'compute' | 'write' | 'deploy';

export interface ToolContext {
  readonly studio: Studio;
  readonly session: Session;
  readonly assistant?: Assistant;
  readonly signal?: AbortSignal;
  /** What became of suggestions. */
  readonly ledger?: SuggestionLedger;
  /** The schemas that deployed queries were made for. */
  readonly snapshots?: DeploySnapshots;
  /** What running jobs showed before. */
  readonly history?: JobHistory;
  /** Set once for what an approval covered: the hash of the plan. */
  readonly approvedHash?: string;
  readonly now: () => number;
}

export interface ToolOutcome {
  /** Small facts, as the output schema says; what a model or a caller over HTTP reads. */
  readonly output: Readonly<Record<string, unknown>>;
  readonly artifact?: Artifact;
  /** One line for people. */
  readonly text: string;
  /** The output holds text that others wrote: values, names, payloads. */
  readonly untrusted?: boolean;
}

/** What an action would do, found without doing it. */
export interface ToolPlan {
  readonly hash: string;
  readonly summary: string;
  readonly title: string;
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly aliases: readonly string[];
  readonly risk: ToolRisk;
  /** Kind of artifact it shows, if any. */
  readonly artifact?: ArtifactKind | 'suggestions';
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
  readonly timeoutMs: number;
  /** Of what a model is given; the whole stays in the artifact. */
  readonly maxOutputBytes: number;
  /** The same input twice does no more than once. */
  readonly idempotent: boolean;
  /** It may open connections to the outside. */
  readonly reachesOut: boolean;
  /** Maps arguments of an alias onto those of the tool. */
  readonly fromAlias?: (alias: string, input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly plan?: (input: never, context: ToolContext) => Promise<ToolPlan>;
  readonly execute: (input: never, context: ToolContext) => Promise<ToolOutcome>;
}

export interface ToolDefinition<I extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly aliases?: readonly string[];
  readonly risk: ToolRisk;
  readonly artifact?: ArtifactKind | 'suggestions';
  readonly input: I;
  readonly output: O;
  readonly timeoutMs?: number;
  readonly maxOutputBytes?: number;
  readonly idempotent?: boolean;
  readonly reachesOut?: boolean;
  readonly fromAlias?: Tool['fromAlias'];
  readonly plan?: (input: z.output<I>, context: ToolContext) => Promise<ToolPlan>;
  execute(input: z.output<I>, context: ToolContext): Promise<ToolOutcome & { readonly output: z.input<O> }>;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** One tool, defined once; every export (model APIs, MCP, HTTP, plain JSON) is made from it. */
export function defineTool<I extends z.ZodMiniType, O extends z.ZodMiniType>(d: ToolDefinition<I, O>): Tool {
  if (!NAME.test(d.name)) throw new TypeError(`tool name "${d.name}" holds characters that model APIs refuse`);
  return {
    name: d.name,
    title: d.title,
    description: d.description,
    aliases: d.aliases ?? [],
    risk: d.risk,
    ...(d.artifact === undefined ? {} : { artifact: d.artifact }),
    input: d.input,
    output: d.output,
    timeoutMs: d.timeoutMs ?? 30_000,
    maxOutputBytes: d.maxOutputBytes ?? 8_192,
    idempotent: d.idempotent ?? d.risk === 'read',
    reachesOut: d.reachesOut ?? false,
    ...(d.fromAlias ? { fromAlias: d.fromAlias } : {}),
    ...(d.plan ? { plan: d.plan as Tool['plan'] & object } : {}),
    // The executor validates input before it calls, so the argument is what the schema says.
    execute: d.execute as Tool['execute'],
  };
}

const ACTIONS: Partial<Record<ArtifactKind, readonly ArtifactAction[]>> = {
  'sql-editor': [
    { name: 'run', label: 'Run', primary: true },
    { name: 'test', label: 'Test' },
    { name: 'deploy', label: 'Deploy' },
    { name: 'edit', label: 'Edit' },
  ],
  'query-results': [
    { name: 'pause', label: 'Pause' },
    { name: 'export', label: 'Export' },
  ],
  'schema-viewer': [{ name: 'peek', label: 'Show rows' }],
  'topic-list': [{ name: 'inspect', label: 'Inspect', primary: true }],
  'data-preview': [{ name: 'refresh', label: 'Refresh' }],
  'app-preview': [
    { name: 'test-all', label: 'Test all', primary: true },
    { name: 'deploy-app', label: 'Deploy app' },
    { name: 'edit', label: 'Edit queries' },
  ],
  'template-browser': [
    { name: 'use-template', label: 'Use template', primary: true },
    { name: 'inspect', label: 'Details' },
  ],
  'grafana-embed': [
    { name: 'view-sql', label: 'View SQL' },
    { name: 'edit', label: 'Edit' },
    { name: 'deploy', label: 'Deploy', primary: true },
  ],
};

export interface ArtifactParts<K extends ArtifactKind> {
  readonly title: string;
  readonly data: ArtifactData[K];
  readonly by: string;
  readonly sources?: readonly string[];
  readonly state?: ArtifactState;
  /** Replaces the artifact of this id; otherwise a new one. */
  readonly id?: string;
  readonly actions?: readonly ArtifactAction[];
  readonly scanned?: number;
  readonly tookMs?: number;
}

/** Makes one artifact, numbers its version and keeps it in the notebook. */
export async function putArtifact<K extends ArtifactKind>(context: ToolContext, kind: K, parts: ArtifactParts<K>): Promise<ArtifactOf<K>> {
  const { notebook } = context.session;
  const id = parts.id ?? `${kind}-${notebook.artifacts.filter((a) => a.kind === kind && a.version === 1).length + 1}`;
  const version = notebook.artifacts.filter((a) => a.id === id).reduce((max, a) => Math.max(max, a.version), 0) + 1;
  const artifact: ArtifactOf<K> = {
    kind,
    id,
    version,
    title: parts.title,
    state: parts.state ?? 'done',
    data: parts.data,
    actions: parts.actions ?? ACTIONS[kind] ?? [],
    provenance: {
      sources: parts.sources ?? [],
      by: parts.by,
      ...(parts.scanned === undefined ? {} : { scanned: parts.scanned }),
      ...(parts.tookMs === undefined ? {} : { tookMs: parts.tookMs }),
    },
    createdAt: context.now(),
  };
  // A mapped union does not follow the type parameter; the pair of kind and data was checked above.
  await notebook.putArtifact(artifact as Artifact);
  return artifact;
}

/** The newest artifact of a kind in this thread. */
export function latestArtifact<K extends ArtifactKind>(session: Session, kind: K): ArtifactOf<K> | undefined {
  const found = session.notebook.artifacts.findLast((a) => a.kind === kind);
  return found as ArtifactOf<K> | undefined;
}
