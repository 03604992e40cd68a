import type { TableSchema } from '@velostream/core/protocol';
import type { Assistant } from '@velostream/core/protocol/assist';

/** The part of a Monaco text model that is used; nothing of Monaco is imported. */
interface TextModel {
  getValue(): string;
  getOffsetAt(position: { readonly lineNumber: number; readonly column: number }): number;
}

interface Token {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

export interface InlineCompletion {
  readonly insertText: string;
  readonly range: {
    readonly startLineNumber: number;
    readonly startColumn: number;
    readonly endLineNumber: number;
    readonly endColumn: number;
  };
}

export interface CompletionCounts {
  shown: number;
  accepted: number;
}

export interface MonacoInlineCompletionsProvider {
  provideInlineCompletions(
    model: TextModel,
    position: { readonly lineNumber: number; readonly column: number },
    context: unknown,
    token: Token,
  ): Promise<{ readonly items: readonly InlineCompletion[] }>;
  handleItemDidShow(): void;
  handleEndOfLifetime(completions: unknown, item: unknown, reason: { readonly kind: number }): void;
  disposeInlineCompletions(): void;
  readonly counts: Readonly<CompletionCounts>;
}

/** Ghost text for Monaco: `monaco.languages.registerInlineCompletionsProvider('velo-sql', createInlineCompletions(assistant, { schemas }))`. Counts what was shown and taken. */
export function createInlineCompletions(
  assistant: Assistant,
  options: { readonly schemas: () => Readonly<Record<string, TableSchema>>; readonly debounceMs?: number },
): MonacoInlineCompletionsProvider {
  const counts: CompletionCounts = { shown: 0, accepted: 0 };
  return {
    counts,
    async provideInlineCompletions(model, position, _context, token) {
      await new Promise((resolve) => setTimeout(resolve, options.debounceMs ?? 150));
      if (token.isCancellationRequested) return { items: [] };
      const controller = new AbortController();
      const listening = token.onCancellationRequested(() => controller.abort());
      const text = model.getValue();
      const at = model.getOffsetAt(position);
      const found = await assistant
        .complete({ prefix: text.slice(0, at), suffix: text.slice(at), schemas: options.schemas() }, { signal: controller.signal })
        .catch(() => null);
      listening.dispose();
      const range = {
        startLineNumber: position.lineNumber,
        startColumn: position.column,
        endLineNumber: position.lineNumber,
        endColumn: position.column,
      };
      return { items: (found?.items ?? []).map((i) => ({ insertText: i.text, range })) };
    },
    handleItemDidShow() {
      counts.shown++;
    },
    handleEndOfLifetime(_completions, _item, reason) {
      if (reason.kind === 0) counts.accepted++;
    },
    disposeInlineCompletions() {},
  };
}
