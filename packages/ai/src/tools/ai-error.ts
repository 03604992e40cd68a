import type { AiErrorJson } from '@velostream/core/protocol/assist';

/** What can go wrong on the way to an answer, with a text that is safe to show. */
export class AiError extends Error {
  readonly code: AiErrorJson['code'];
  readonly retryAfterMs?: number;
  readonly requestId?: string;

  constructor(
    code: AiErrorJson['code'],
    message: string,
    more: { readonly retryAfterMs?: number; readonly requestId?: string; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AiError';
    this.code = code;
    if (more.retryAfterMs !== undefined) this.retryAfterMs = more.retryAfterMs;
    if (more.requestId !== undefined) this.requestId = more.requestId;
  }

  toJSON(): AiErrorJson {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.requestId === undefined ? {} : { requestId: this.requestId }),
    };
  }
}
