import type { Artifact } from '../artifacts/artifact.ts';
import type { TableSchema } from '../table-schema.ts';
import type { AlertInfo, AppQuery, DashboardPlan, MetricInfo } from './app.ts';
import type { Approval } from './approval.ts';
import type { Owner } from './owner.ts';
import type { TestReport, TestRequest } from './testing.ts';

export interface Connection {
  readonly id: string;
  readonly alias?: string;
  /** Without credentials. */
  readonly uri: string;
  readonly type: 'kafka' | 'file' | 'file_mmap' | 's3' | 'clickhouse' | 'database' | 'memory' | 'datagen' | (string & {});
  readonly format?: string;
  /** Secrets are left out. */
  readonly options: Readonly<Record<string, string>>;
  readonly schemaRegistryUrl?: string;
  readonly connectedAt: number;
  readonly status: 'connected' | 'failed' | 'closed';
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Cell {
  readonly id: string;
  readonly type: 'sql' | 'markdown' | 'insight';
  readonly name?: string;
  readonly nlPrompt?: string;
  readonly sql?: string;
  readonly text?: string;
  readonly testConfig?: CellTestConfig;
  readonly vizConfig?: { readonly chartType?: string; readonly title?: string; readonly xAxis?: string; readonly yAxis?: string };
  readonly testReport?: TestReport;
  /** Grows with each change; see `ifRevision` of `updateCell`. Absent in cells of older notebooks. */
  readonly revision?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type CellTestConfig = Pick<TestRequest, 'schemas' | 'records' | 'seed' | 'assertions'>;

/** What a thread has gathered; plain JSON. */
export interface ThreadContext {
  readonly sources: Readonly<Record<string, string>>;
  readonly sinks: Readonly<Record<string, string>>;
  readonly metrics: readonly MetricInfo[];
  readonly alerts: readonly AlertInfo[];
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly connections: Readonly<Record<string, Connection>>;
  /** The connection used last. */
  readonly connection?: Connection;
  /** Cell ids, each after the cells whose results it reads. */
  readonly dependencies: readonly string[];
  readonly app?: {
    readonly id: string;
    readonly name: string;
    readonly queries: readonly AppQuery[];
    readonly dashboard?: DashboardPlan;
    readonly templateId?: string;
  };
}

/** A question with answers to press. */
export interface Choices {
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly prompt: string }[];
}

export interface ChatMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system';
  readonly text: string;
  /** Artifact ids that the message made, in order. */
  readonly artifacts: readonly string[];
  readonly at: number;
  /** `offline`, `anthropic`, … */
  readonly engine?: string;
  /** What it asks a yes or no for. Whoever has the thread before them may answer, in any tab. */
  readonly approval?: Approval;
  /** What it offers to be said next, the newest offer. */
  readonly choices?: Choices;
  /** Answers to approvals that were asked before it. */
  readonly decisions?: readonly { readonly approvalId: string; readonly approved: boolean }[];
}

export interface NotebookSummary {
  readonly id: string;
  readonly name: string;
  readonly cellCount: number;
  readonly metricsCount: number;
  readonly owner?: Owner;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** All that a store keeps of one thread. Never a secret. */
export interface NotebookDocument {
  readonly version: 1;
  readonly id: string;
  readonly name: string;
  /** Kept by the store; not part of an exported file. */
  readonly owner?: Owner;
  readonly cells: readonly Cell[];
  readonly context: ThreadContext;
  readonly messages: readonly ChatMessage[];
  /** Every version of every artifact, oldest first. */
  readonly artifacts: readonly Artifact[];
  readonly testConfig?: CellTestConfig;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Grows each time it is stored, so that of two studios on one store neither overwrites the other unseen. Absent in older ones. */
  readonly revision?: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}
