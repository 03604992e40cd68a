import type { Assistant, ChatEvent, SuggestRequest } from '@velostream/core/protocol/assist';
import type { FailureAnalysis } from '@velostream/core/protocol/explore';
import type { Studio, StudioStore } from '@velostream/core/protocol/studio';
import { needsRareKinds } from './offline/is-plain.ts';
import { translateQuestion } from './offline/nl-to-sql.ts';
import { AiError } from './tools/ai-error.ts';
import type { RegistryOptions, ToolRegistry } from './tools/registry.ts';

export interface OfflineAssistantOptions {
  /** What chat and suggestions work on; without it the assistant still writes queries. */
  readonly studio?: Studio;
  readonly registry?: ToolRegistry;
  readonly tools?: RegistryOptions;
  /** Words of the business → SQL expression. */
  readonly glossary?: Readonly<Record<string, string>>;
  /** Keeps what became of suggestions: dismissals, "don't show again", counts. Without it they last as long as the process. */
  readonly store?: StudioStore;
  readonly now?: () => number;
}

/**
 * The assistant without a model: deterministic, in the browser too, with no key and no network. It answers only with queries that the
 * product's own validator accepts, says what it assumed, and asks where a question leaves the answer open.
 *
 * @example createStudio({ assistant: (studio) => createOfflineAssistant({ studio }) })
 */
export function createOfflineAssistant(options: OfflineAssistantOptions = {}): Assistant {
  const { studio, glossary, now = () => Date.now() } = options;
  let registry = options.registry;
  // Writing queries is what a page loads first; everything else comes when it is used.
  const tools = async (): Promise<ToolRegistry> => {
    if (!studio) throw new AiError('invalid', 'this assistant was made without a studio: createOfflineAssistant({ studio })');
    registry ??= (await import('./tools/registry.ts')).createToolRegistry(studio, {
      ...(options.store ? { store: options.store } : {}),
      ...options.tools,
      now,
    });
    return registry;
  };
  return {
    id: 'offline',
    async nlToSql(request) {
      const asked = glossary ? { ...request, glossary: { ...glossary, ...request.glossary } } : request;
      (await import('./offline/load-words.ts')).addWords();
      if (needsRareKinds(asked)) (await import('./offline/load-rare-kinds.ts')).addRareKinds();
      return translateQuestion(asked);
    },
    async complete(request) {
      return (await import('./complete/complete-offline.ts')).completeOffline(request);
    },
    async *chat(request, call = {}): AsyncGenerator<ChatEvent> {
      const registry = await tools();
      const { offlineChat } = await import('./chat/offline-chat.ts');
      yield* offlineChat(
        {
          studio: request.session.studio ?? registry.studio,
          registry,
          now,
          engine: 'offline',
        },
        request,
        call,
      );
    },
    generateApp: async (request) => (await import('./apps/generate-app.ts')).generateApp(request),
    async analyzeFailure({ report }): Promise<FailureAnalysis> {
      return (
        report.analysis ?? {
          summary: report.error?.message ?? 'no analysis came with this report',
          suggestions: report.error?.hint === undefined ? [] : [report.error.hint],
          fixes: [],
          confidence: 0.3,
        }
      );
    },
    async suggest(request: SuggestRequest) {
      const { findingsFor } = await import('./analyse/gather.ts');
      const registry = await tools();
      const ledger = registry.ledgerOf(request.session);
      const found = await findingsFor(request.session.studio ?? registry.studio, request, { ...registry, ledger, now });
      if (found.length > 0) await ledger.shown(found, request.session.id);
      return found;
    },
    async dismiss({ session, suggestions, forever }) {
      await (await tools()).ledgerOf(session).dismissed(suggestions, session.id, forever ? 'rule' : 'one');
    },
  };
}
