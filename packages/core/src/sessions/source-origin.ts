import type { TableSchema } from '../protocol/table-schema.ts';

/** An input as a store keeps it. */
export interface SourceOrigin {
  readonly uri: string;
  readonly format?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly schema?: TableSchema;
  /** A secret belonged to it; whoever opens it again has to bring it. */
  readonly hasSecret?: boolean;
}
