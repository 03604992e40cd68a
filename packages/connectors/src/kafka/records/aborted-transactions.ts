/** A transaction that ended in an abort, as a fetch response lists it. */
export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: number;
}

/** What of a record batch matters here. */
export interface TransactionalBatch {
  readonly producerId: bigint;
  readonly lastOffset: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  /** Of a control batch: whether it is the marker of an abort. */
  readonly isAbortMarker: boolean;
}

/**
 * Tells the record batches of aborted transactions, as the Java consumer does: the listed transactions are entered in the order of their
 * first offset (the broker lists them by their end), all that begin up to a batch at once, and only a control batch ends one. A record whose
 * key looks like a marker is a record.
 */
export class AbortedTransactions {
  private readonly pending: AbortedTransaction[];
  private next = 0;
  private readonly open = new Set<bigint>();

  constructor(listed: readonly AbortedTransaction[]) {
    this.pending = [...listed].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Whether a batch is to be left out. Batches come in the order of their offsets, control batches among them. */
  covers(batch: TransactionalBatch): boolean {
    if (batch.producerId < 0n) return false;
    for (let first = this.pending[this.next]; first && first.firstOffset <= batch.lastOffset; first = this.pending[++this.next]) {
      this.open.add(first.producerId);
    }
    if (batch.isControl) {
      if (batch.isAbortMarker) this.open.delete(batch.producerId);
      return false;
    }
    return batch.isTransactional && this.open.has(batch.producerId);
  }
}
