import { createOfflineAssistant } from '@velostream/ai';
import type { StudioOptions } from '@velostream/core';

/** The assistant of the page: offline without a key, Claude with the offline one behind it when there is a key. */
export async function createAssistant(apiKey: string | undefined): Promise<NonNullable<StudioOptions['assistant']>> {
  if (apiKey === undefined) return (studio) => createOfflineAssistant({ studio });
  const { createAnthropicAssistant } = await import('@velostream/ai/server');
  return (studio) => createAnthropicAssistant({ studio, apiKey, fallback: createOfflineAssistant({ studio }) });
}
