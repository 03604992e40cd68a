import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import type { ChartRecommendation } from '../artifacts/chart.ts';
import type { TableSchema } from '../table-schema.ts';
import type { AppInput } from './app.ts';
import type { Approval } from './approval.ts';
import type { ChatMessage } from './notebook.ts';
import type { Session } from './session.ts';
import type { Suggestion } from './suggestion.ts';
import type { FailureAnalysis, TestReport } from './testing.ts';
import type { TraceContext } from './trace.ts';

export type { Approval } from './approval.ts';

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface NlToSqlRequest {
  readonly prompt: string;
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly previousSql?: string;
  /** Words of the business → SQL expression. */
  readonly glossary?: Readonly<Record<string, string>>;
}

export interface Assumption {
  readonly text: string;
  readonly kind: 'window' | 'emit' | 'time' | 'column' | 'join' | 'unit' | 'threshold' | 'limit' | 'other';
}

export type NlToSqlResult =
  | {
      readonly kind: 'sql';
      readonly sql: string;
      /** Made from the query itself, never from a model's claim. */
      readonly explanation: string;
      readonly assumptions: readonly Assumption[];
      /** 0 to 1. */
      readonly confidence: number;
      readonly alternatives: readonly { readonly label: string; readonly sql: string }[];
      /** `@metric` and `@alert` lines that the SQL carries. */
      readonly annotations: readonly string[];
      readonly viz: ChartRecommendation | null;
      readonly diagnostics: readonly Diagnostic[];
      /** `offline`, `anthropic`, `replay`. */
      readonly engine: string;
      /** Content words that nothing came of. */
      readonly ignored: readonly string[];
    }
  | {
      readonly kind: 'clarify';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly prompt: string }[];
      readonly confidence: number;
    }
  | { readonly kind: 'refused'; readonly reason: 'out_of_scope' | 'policy' | 'provider'; readonly message: string };

export interface CompletionRequest {
  readonly prefix: string;
  readonly suffix: string;
  readonly schemas: Readonly<Record<string, TableSchema>>;
}

export interface CompletionResult {
  readonly items: readonly { readonly text: string; readonly confidence: number; readonly explanation?: string; readonly engine: string }[];
}

export interface ChatRequest {
  readonly session: Session;
  readonly text: string;
  readonly history?: readonly ChatMessage[];
  /** Approval of an earlier `approval_required`. */
  readonly approvals?: readonly { readonly approvalId: string; readonly approved: boolean }[];
  /** Spans of the tools that are called go on from it. */
  readonly trace?: TraceContext;
}

export interface AiErrorJson {
  readonly code:
    | 'rate_limited'
    | 'overloaded'
    | 'auth'
    | 'billing'
    | 'refused'
    | 'too_long'
    | 'timeout'
    | 'network'
    | 'aborted'
    | 'bad_output'
    | 'budget'
    | 'invalid';
  readonly message: string;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
}

export type ChatEvent =
  | { readonly type: 'text'; readonly delta: string }
  | { readonly type: 'tool_start'; readonly callId: string; readonly tool: string; readonly title: string }
  | { readonly type: 'tool_input'; readonly callId: string; readonly partial: unknown }
  | { readonly type: 'approval_required'; readonly approval: Approval }
  | { readonly type: 'tool_result'; readonly callId: string; readonly ok: boolean; readonly artifact?: Artifact; readonly message?: string }
  | {
      readonly type: 'options';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly prompt: string }[];
    }
  | { readonly type: 'suggestions'; readonly items: readonly Suggestion[] }
  | {
      readonly type: 'usage';
      readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly cacheReadTokens: number };
    }
  | { readonly type: 'notice'; readonly code: 'offline_fallback' | 'budget' | 'truncated' | 'discarded'; readonly message: string }
  | { readonly type: 'done'; readonly stop: 'end' | 'approval' | 'limit' | 'aborted' | 'error' }
  | { readonly type: 'error'; readonly error: AiErrorJson };

export interface AppRequest {
  readonly prompt: string;
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly options?: {
    readonly includeDashboard?: boolean;
    readonly includeAlerts?: boolean;
    readonly maxQueries?: number;
    readonly skipSqlPreview?: boolean;
  };
}

export interface AppResult {
  readonly app: AppInput;
  readonly explanation: string;
  readonly assumptions: readonly Assumption[];
  readonly templateId?: string;
  readonly engine: string;
}

/** Turns words into queries, apps and actions. The offline one needs no key and runs anywhere. */
export interface Assistant {
  readonly id: 'offline' | 'anthropic' | 'replay' | (string & {});
  nlToSql(request: NlToSqlRequest, options?: CallOptions): Promise<NlToSqlResult>;
  complete(request: CompletionRequest, options?: CallOptions): Promise<CompletionResult | null>;
  chat(request: ChatRequest, options?: CallOptions): AsyncIterable<ChatEvent>;
  generateApp(request: AppRequest, options?: CallOptions): Promise<AppResult>;
  analyzeFailure(request: { readonly report: TestReport }, options?: CallOptions): Promise<FailureAnalysis>;
  /** Suggestions for a moment of a session, from rules alone. */
  suggest?(request: SuggestRequest, options?: CallOptions): Promise<readonly Suggestion[]>;
  /** Puts suggestions away where the assistant keeps what became of them, so that they do not come again in any page. */
  dismiss?(request: DismissRequest, options?: CallOptions): Promise<void>;
}

export interface DismissRequest {
  readonly session: Session;
  readonly suggestions: readonly Pick<Suggestion, 'id' | 'ruleId' | 'fingerprint'>[];
  /** Nothing of their kind again, not only these. */
  readonly forever?: boolean;
}

export interface SuggestRequest {
  readonly session: Session;
  readonly trigger: Suggestion['trigger'];
  /** What just happened, e.g. the source id, the SQL, the report, the deployment id. */
  readonly subject?: Readonly<Record<string, unknown>>;
}
