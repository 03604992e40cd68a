import type { CompletionRequest, CompletionResult } from '@velostream/core/protocol/assist';

/** Placeholder of the follow-set candidate; replaced by the grammar-driven one. */
export function completeOffline(_request: CompletionRequest): CompletionResult | null {
  return null;
}
