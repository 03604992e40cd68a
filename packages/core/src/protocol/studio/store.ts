/** Kinds of documents that a store keeps. */
export type StoreCollection = 'notebooks' | 'apps' | 'deployments' | 'snapshots' | 'preferences' | 'ledger';

export interface StoredSummary {
  readonly id: string;
  readonly updatedAt: number;
  /** Small facts for lists, kept beside the document so that listing reads no documents. */
  readonly summary: Readonly<Record<string, unknown>>;
}

export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  /** ms since the epoch. */
  readonly now: number;
  readonly ttlMs: number;
}

/** Where documents live: JSON by collection and id. Implementations: `memoryStore`, `sqliteStore`, `browserStore`. Callers strip secrets before `put`. */
export interface StudioStore {
  list(collection: StoreCollection): Promise<readonly StoredSummary[]>;
  get(collection: StoreCollection, id: string): Promise<unknown>;
  put(collection: StoreCollection, document: StoredSummary & { readonly document: unknown }): Promise<void>;
  /**
   * As `put`, but only where what is stored has this `revision` in its summary; 0: nothing is stored, or a document from before there were any.
   * `false`: it has another one. In a store without it the last writer wins.
   */
  replace?(collection: StoreCollection, document: StoredSummary & { readonly document: unknown }, revision: number): Promise<boolean>;
  delete(collection: StoreCollection, id: string): Promise<boolean>;
  /**
   * Takes or renews what only one of several studios on this store may have at a time. `false`: another holder has it, and its time is not over.
   * A store without it belongs to one studio.
   */
  lease?(request: LeaseRequest): Promise<boolean>;
  /** Gives up what this holder has; of others it changes nothing. */
  release?(name: string, holder: string): Promise<void>;
  close(): Promise<void>;
}
