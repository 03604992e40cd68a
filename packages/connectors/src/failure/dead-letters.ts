/** A record that nobody could use, with all that is needed to find and repeat it. */
export interface DeadLetter {
  /** For people: `trades[3]@1042`, `trades.csv:17`. */
  readonly position: string;
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  /** At most 200 characters of the record. */
  readonly sample: string;
  /** ms since the epoch. */
  readonly failedAt: number;
  /** The whole record, where the queue can keep it. */
  readonly key?: Uint8Array | null;
  readonly value?: Uint8Array | null;
}

/** A durable place for records that could not be used. */
export interface DeadLetters {
  /** For messages about it. */
  readonly target: string;
  /** Durable when it resolves; rejects with VS4817 otherwise, and the job stops. */
  write(letters: readonly DeadLetter[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** The letter as one flat object, as files and topics hold it. */
export const letterObject = ({ position, code, reason, message, sample, failedAt }: DeadLetter): Record<string, string | number> => ({
  position,
  code,
  reason,
  message,
  sample,
  failed_at: failedAt,
});
