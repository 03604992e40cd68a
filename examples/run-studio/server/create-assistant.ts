import { createOfflineAssistant } from '@velostream/ai';
import type { StudioOptions, StudioStore } from '@velostream/core';
import type { Assistant } from '@velostream/core/protocol/assist';
import type { Studio } from '@velostream/core/protocol/studio';

interface ClaudeOptions {
  readonly studio: Studio;
  readonly apiKey: string;
  readonly fallback: Assistant;
}

/**
 * The assistant of the page: offline without a key, Claude with the offline one behind it when there is a key. With a store it remembers
 * which suggestions are not to be shown again.
 */
export async function createAssistant(
  apiKey: string | undefined,
  store: StudioStore | undefined,
): Promise<NonNullable<StudioOptions['assistant']>> {
  const offline = (studio: Studio): Assistant => createOfflineAssistant({ studio, ...(store && { store }) });
  if (apiKey === undefined) return offline;
  // Loaded only where there is a key: a studio without one never reads the client of the model.
  const server = '@velostream/ai/server';
  const { createAnthropicAssistant } = (await import(server)) as { createAnthropicAssistant: (o: ClaudeOptions) => Assistant };
  return (studio) => createAnthropicAssistant({ studio, apiKey, fallback: offline(studio) });
}
