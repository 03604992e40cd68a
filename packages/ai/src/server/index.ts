import type { Assistant, ChatEvent } from '@velostream/core/protocol/assist';
import type { Studio, StudioStore } from '@velostream/core/protocol/studio';
import { modelChat } from '../anthropic/chat-loop.ts';
import { FillInMiddle } from '../anthropic/complete.ts';
import { modelGenerateApp } from '../anthropic/generate-app.ts';
import { ModelClient, type ModelOptions } from '../anthropic/model-client.ts';
import { modelNlToSql } from '../anthropic/nl-to-sql.ts';
import { phrase } from '../anthropic/phrase.ts';
import { createOfflineAssistant } from '../offline-assistant.ts';
import { AiError } from '../tools/ai-error.ts';
import { type CallContext, createToolRegistry, type RegistryOptions, type ToolRegistry } from '../tools/registry.ts';

export type { BudgetOptions, ModelMap, ModelOptions, UsageEvent } from '../anthropic/model-client.ts';
export { DEFAULT_MODELS } from '../anthropic/model-client.ts';
export { AiError } from '../tools/ai-error.ts';

export interface AnthropicAssistantOptions extends ModelOptions {
  readonly studio?: Studio;
  readonly registry?: ToolRegistry;
  readonly tools?: RegistryOptions;
  /** Keeps what became of suggestions, as for the offline assistant. */
  readonly store?: StudioStore;
  /** Answers when the model cannot; the offline assistant by default. */
  readonly fallback?: Assistant;
  /** Runs every generated query on a few rows before it is shown; true by default. */
  readonly smokeRun?: boolean;
  /** Lets the model reword suggestions; their actions and numbers stay. */
  readonly rewordSuggestions?: boolean;
  readonly wallMs?: number;
}

/**
 * The assistant with Claude. The key stays in this process. Every query goes through the same validation as those of the offline
 * assistant, which also answers, labelled as such, whenever the model cannot.
 *
 * @example createStudio({ assistant: (studio) => createAnthropicAssistant({ studio, apiKey: process.env.ANTHROPIC_API_KEY }) })
 */
export function createAnthropicAssistant(options: AnthropicAssistantOptions): Assistant {
  const { studio, now = () => Date.now() } = options;
  const client = new ModelClient(options);
  let registry = options.registry;
  const self: { assistant?: Assistant } = {};
  const tools = (): ToolRegistry => {
    if (!studio && !registry)
      throw new AiError('invalid', 'this assistant was made without a studio: createAnthropicAssistant({ studio, apiKey })');
    registry ??= createToolRegistry(studio as Studio, {
      ...(options.store ? { store: options.store } : {}),
      ...options.tools,
      now,
      ...(self.assistant ? { assistant: self.assistant } : {}),
    });
    return registry;
  };
  let made: Assistant | undefined;
  const offline = (): Assistant => {
    const shared = studio || registry ? tools() : undefined;
    // The same gate and approvals; without asking the model again for what it just failed at.
    const without = shared && {
      ...shared,
      call: (name: string, input: unknown, context: CallContext) => shared.call(name, input, { ...context, offline: true }),
    };
    made ??= createOfflineAssistant({ now, ...(without ? { studio: without.studio, registry: without } : {}) });
    return made;
  };
  const alone = createOfflineAssistant({ now });
  const fim = new FillInMiddle(client);
  const assistant: Assistant = {
    id: 'anthropic',
    async nlToSql(request, call) {
      try {
        return await modelNlToSql(client, request, { ...call, ...(options.smokeRun === undefined ? {} : { smoke: options.smokeRun }) });
      } catch (cause) {
        const error = cause as AiError;
        if (error.code === 'aborted') throw cause;
        const answer = await alone.nlToSql(request, call);
        return answer.kind === 'sql'
          ? { ...answer, assumptions: [...answer.assumptions, { kind: 'other', text: `answered without the model: ${error.message}` }] }
          : answer;
      }
    },
    complete: (request, call) => fim.complete(request, call),
    async *chat(request, call = {}): AsyncGenerator<ChatEvent> {
      yield* modelChat(
        {
          client,
          registry: tools(),
          now,
          ...(options.rewordSuggestions ? { reword: (items) => phrase(client, items, call) } : {}),
          // An approval belongs to the registry that asked for it, whoever answers otherwise.
          fallback: (r, o) => (options.fallback && !r.approvals?.length ? options.fallback : offline()).chat(r, o),
          ...(options.wallMs === undefined ? {} : { wallMs: options.wallMs }),
        },
        request,
        call,
      );
    },
    async generateApp(request, call) {
      try {
        return await modelGenerateApp(client, request, call);
      } catch (cause) {
        if ((cause as AiError).code === 'aborted') throw cause;
        const made = await alone.generateApp(request, call);
        return {
          ...made,
          assumptions: [...made.assumptions, { kind: 'other', text: `made without the model: ${(cause as Error).message}` }],
        };
      }
    },
    analyzeFailure: (request, call) => alone.analyzeFailure(request, call),
    async suggest(request, call) {
      const items = (await offline().suggest?.(request, call)) ?? [];
      if (!options.rewordSuggestions) return items;
      return phrase(client, items, call).catch(() => items);
    },
    dismiss: async (request, call) => offline().dismiss?.(request, call),
  };
  self.assistant = assistant;
  return assistant;
}
