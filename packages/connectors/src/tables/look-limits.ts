/** Bytes that a look goes through without a row before it gives up; more where records may be longer. */
const SILENT_BYTES_MAX = 32 * 1024 ** 2;

/** Told of what a look reads, so that it ends also where no record does. */
export interface ReadProgress {
  bytes(count: number): void;
  /** Rows came out of what was read. */
  rows(count: number): void;
}

/** What ends a look before it has what it wants: the caller, the time, or bytes without an end of a record. */
export class LookLimits implements ReadProgress {
  readonly signal: AbortSignal;
  private readonly caller: AbortSignal | undefined;
  private readonly silence = new AbortController();
  private readonly silentBytesMax: number;
  private silent = 0;

  constructor(o: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined; readonly longestRecord: number }) {
    this.caller = o.signal;
    this.silentBytesMax = Math.max(SILENT_BYTES_MAX, 2 * o.longestRecord);
    this.signal = AbortSignal.any([AbortSignal.timeout(o.timeoutMs), this.silence.signal, ...(o.signal === undefined ? [] : [o.signal])]);
  }

  bytes(count: number): void {
    this.silent += count;
    if (this.silent > this.silentBytesMax) this.silence.abort();
  }

  rows(count: number): void {
    if (count > 0) this.silent = 0;
  }

  /** Undefined while nothing has ended it. */
  get stoppedBy(): 'cancelled' | 'bytes' | 'time' | undefined {
    if (this.caller?.aborted) return 'cancelled';
    if (this.silence.signal.aborted) return 'bytes';
    return this.signal.aborted ? 'time' : undefined;
  }
}
