import { sha256, stableJson } from './hash.ts';
import { redact } from './redact.ts';

export interface AuditEntry {
  readonly at: number;
  readonly session: string;
  readonly principal: string;
  readonly tool: string;
  readonly risk: string;
  readonly inputHash: string;
  readonly input: unknown;
  readonly tainted: boolean;
  readonly approvalId?: string;
  readonly outcome: 'ok' | 'failed' | 'denied' | 'approval-required';
  readonly ms: number;
  readonly message?: string;
}

export type ChainedEntry = AuditEntry & { readonly previous: string; readonly hash: string };

const START = '0'.repeat(64);
const KEPT = 5_000;

/** Append-only record of every tool call. Each entry holds the hash of the one before, so that none can be changed or left out unseen. */
export class AuditLog {
  #entries: ChainedEntry[] = [];
  #last = START;
  #queue: Promise<void> = Promise.resolve();
  readonly #sink: ((entry: ChainedEntry) => void) | undefined;

  constructor(sink?: (entry: ChainedEntry) => void) {
    this.#sink = sink;
  }

  append(entry: Omit<AuditEntry, 'inputHash' | 'input'> & { readonly input: unknown }): Promise<void> {
    const add = async (): Promise<void> => {
      const clean: AuditEntry = { ...entry, input: redact(entry.input), inputHash: await sha256(stableJson(entry.input)) };
      const previous = this.#last;
      const hash = await sha256(previous + stableJson(clean));
      const chained = { ...clean, previous, hash };
      this.#last = hash;
      this.#entries = [...this.#entries, chained].slice(-KEPT);
      this.#sink?.(chained);
    };
    this.#queue = this.#queue.then(add, add);
    return this.#queue;
  }

  entries(): readonly ChainedEntry[] {
    return this.#entries;
  }
}

/** Index of the first entry that does not follow from the one before; -1 when the chain holds. */
export async function brokenAt(entries: readonly ChainedEntry[]): Promise<number> {
  let previous = entries[0]?.previous ?? START;
  for (const [i, { hash, previous: stated, ...entry }] of entries.entries()) {
    if (stated !== previous || hash !== (await sha256(previous + stableJson(entry)))) return i;
    previous = hash;
  }
  return -1;
}
