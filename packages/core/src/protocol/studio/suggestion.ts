/** Moments at which the studio looks for something worth saying. */
export type SuggestionTrigger =
  | 'connect_source'
  | 'list_topics'
  | 'inspect_topic'
  | 'generate_sql'
  | 'test_query'
  | 'deploy_pipeline'
  | 'thread_open'
  | 'customize_template'
  | 'poll';

/** A previewable, typed thing that a suggestion offers. Applied only through the same gate as the user's own actions. */
export type SuggestionAction =
  | { readonly kind: 'edit_sql'; readonly label: string; readonly sql: string; readonly before?: string; readonly cellId?: string }
  | {
      readonly kind: 'apply_annotations';
      readonly label: string;
      readonly sql: string;
      readonly before?: string;
      readonly tier?: 1 | 2 | 3;
    }
  | { readonly kind: 'run_tool'; readonly label: string; readonly tool: string; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: 'open'; readonly label: string; readonly artifact: string }
  | { readonly kind: 'prompt'; readonly label: string; readonly text: string };

/** One thing the rules found. Every number in `message` stands in `evidence`. */
export interface Suggestion {
  readonly id: string;
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly trigger: SuggestionTrigger;
  readonly severity: 'info' | 'low' | 'medium' | 'high';
  /** 0 to 1. */
  readonly confidence: number;
  readonly title: string;
  readonly message: string;
  readonly evidence: Readonly<Record<string, number | string | readonly string[]>>;
  readonly impact?: string;
  readonly actions: readonly SuggestionAction[];
  /** The offered edit was tried and its test passed. */
  readonly verified?: boolean;
}
