import type { BeforeQuery, QueryOutcome, QuerySettings } from '../run/query-runner.ts';
import type { QuerySpec, TestSpec } from '../spec/test-spec.ts';

/** What a thread is told once: everything that its queries have in common. */
export interface TestJob {
  readonly spec: TestSpec;
  readonly sql: string;
  readonly settings: Omit<QuerySettings, 'memory'>;
  readonly tracksMemory: boolean;
  readonly canList: boolean;
  readonly canWrite: boolean;
}

export type ToTestThread =
  | { readonly kind: 'job'; readonly job: TestJob }
  | { readonly kind: 'query'; readonly id: number; readonly query: QuerySpec; readonly before: BeforeQuery }
  | { readonly kind: 'abort' }
  | { readonly kind: 'file'; readonly id: number; readonly answer: FileAnswer };

export type FileAnswer =
  | { readonly kind: 'read'; readonly text: string | null }
  | { readonly kind: 'listed'; readonly names: readonly string[] }
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly message: string; readonly code?: string; readonly reason?: string; readonly hint?: string };

/** Files are read and written by the thread of the caller, which knows what may be read. */
export type FileCall =
  | { readonly action: 'read'; readonly path: string }
  | { readonly action: 'list'; readonly path: string }
  | { readonly action: 'write'; readonly path: string; readonly text: string };

export type FromTestThread =
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: QueryOutcome }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'file'; readonly id: number; readonly call: FileCall };
