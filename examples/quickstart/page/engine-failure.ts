import type { Failure } from '../engine/messages.ts';

/** What went wrong on the other side. */
export class EngineFailure extends Error {
  readonly failure: Failure;
  readonly code: string | undefined;
  readonly hint: string | undefined;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'EngineFailure';
    this.failure = failure;
    this.code = failure.code;
    this.hint = failure.hint;
  }
}
