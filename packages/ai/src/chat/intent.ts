import type { DataTalk } from './said-of-data.ts';
import type { QueryAct } from './said-of-query.ts';
import type { RunTalk } from './what-runs.ts';

/** One tool call that a sentence asks for. */
export interface Step {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Intent =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'tutorial'; readonly command: 'start' | 'next' | 'hint' | 'stop' }
  | { readonly kind: 'insights'; readonly source?: string }
  | { readonly kind: 'compare'; readonly sources: readonly string[] }
  | { readonly kind: 'failure' }
  | { readonly kind: 'runs'; readonly about: RunTalk /** It names what is deployed. */; readonly ofDeployed?: boolean }
  | { readonly kind: 'job'; readonly action: 'start' | 'stop' | 'pause' | 'resume' | 'restart' | 'rollback'; readonly name?: string }
  | { readonly kind: 'suggestions'; readonly which: string; readonly action: 'apply' | 'dismiss' | 'never' }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'explain' }
  | { readonly kind: 'data'; readonly about: DataTalk; readonly source?: string }
  | { readonly kind: 'change'; readonly act: QueryAct }
  | { readonly kind: 'told'; readonly text: string }
  | { readonly kind: 'question' };

export interface ThreadFacts {
  readonly sources: readonly string[];
  readonly hasSql: boolean;
  /** The query that was shown last. */
  readonly sql?: string;
  readonly hasApp: boolean;
  /** What was shown last, a query or an application: "it" is that. */
  readonly inHand?: 'query' | 'app';
  /** The query in hand has no metric. */
  readonly isUnmeasured?: boolean;
  readonly inTutorial: boolean;
  readonly lastTemplate?: string;
  readonly offers: readonly string[];
}

export const steps = (...list: Step[]): Intent => ({ kind: 'steps', steps: list });
export const call = (tool: string, input: Readonly<Record<string, unknown>> = {}): Step => ({ tool, input });
