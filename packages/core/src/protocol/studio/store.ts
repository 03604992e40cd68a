/** Kinds of documents that a store keeps. */
export type StoreCollection = 'notebooks' | 'apps' | 'deployments' | 'snapshots' | 'preferences' | 'ledger';

export interface StoredSummary {
  readonly id: string;
  readonly updatedAt: number;
  /** Small facts for lists, kept beside the document so that listing reads no documents. */
  readonly summary: Readonly<Record<string, unknown>>;
}

/** Where documents live: JSON by collection and id. Implementations: `memoryStore`, `sqliteStore`, `browserStore`. Callers strip secrets before `put`. */
export interface StudioStore {
  list(collection: StoreCollection): Promise<readonly StoredSummary[]>;
  get(collection: StoreCollection, id: string): Promise<unknown>;
  put(collection: StoreCollection, document: StoredSummary & { readonly document: unknown }): Promise<void>;
  delete(collection: StoreCollection, id: string): Promise<boolean>;
  close(): Promise<void>;
}
