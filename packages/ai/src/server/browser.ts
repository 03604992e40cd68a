import { AiError } from '../tools/ai-error.ts';

/** In a browser there is no key: the page speaks with the studio's own server, or works offline. */
export function createAnthropicAssistant(): never {
  throw new AiError(
    'invalid',
    'the assistant with Claude runs on a server only; use createOfflineAssistant, or the assistant of createStudioClient',
  );
}
