import type { Properties } from '../../bind/bound.ts';
import { propertyOf } from '../../bind/properties.ts';
import type { TableContext } from './table-registry.ts';

export interface ConnectorNeed {
  readonly name: string;
  readonly role: 'source' | 'sink';
  readonly properties: Properties;
  /** Columns of the message key. */
  readonly key: readonly { readonly name: string; readonly isText: boolean }[];
  /** Rows are replaced by key. */
  readonly keyed: boolean;
  readonly updates: boolean;
  /** A materialised table is read from its beginning. */
  readonly isTable: boolean;
}

/** The text of the first property that is set, with variables filled in. */
export function text(properties: Properties, cx: TableContext, ...keys: readonly string[]): string | undefined {
  const value = propertyOf(properties, ...keys);
  return value === undefined ? undefined : cx.variable(String(value));
}
