import { connectorError, type Field } from '@velostream/core/connect';
import { apiWriter, type Scalar } from '@velostream/core/connect/formats';
import { type ColumnSchema, maskRows, type Row } from '@velostream/core/protocol';

const BYTES_DEFAULT = 1024 ** 2;

/** The place behind what was shown, for `continueFrom`: rows that were passed over. */
export const continueToken = (rows: number): string => `rows:${rows}`;

export function readToken(token: string | undefined, connector: string): number {
  if (token === undefined) return 0;
  const match = /^rows:(\d{1,15})$/.exec(token);
  if (match === null) throw connectorError('VS4107', { connector });
  return Number(match[1]);
}

export interface PeekedRows {
  readonly rows: readonly Row[];
  readonly masked: readonly string[];
  /** Rows that were looked at; those that could not be read count. */
  readonly taken: number;
  /** More bytes than allowed. */
  readonly isCut: boolean;
}

/** Rows to show, masked by the tags of their columns, at most `maxBytes` of text. `null` stands for a row that could not be read. */
export function peekRows(
  rows: readonly (readonly Scalar[] | null)[],
  o: { readonly fields: readonly Field[]; readonly columns: readonly ColumnSchema[]; readonly maxBytes: number | undefined },
): PeekedRows {
  const writers = o.fields.map((field) => apiWriter(field.type));
  const limit = o.maxBytes ?? BYTES_DEFAULT;
  const shown: Row[] = [];
  let bytes = 0;
  let taken = 0;
  for (const values of rows) {
    if (values !== null) {
      const row: Row = Object.create(null);
      o.fields.forEach((field, c) => {
        row[field.name] = writers[c]!(values[c] as Scalar) as Row[string];
      });
      bytes += JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).length;
      if (bytes > limit && shown.length > 0) return { ...masked(shown, o.columns), taken, isCut: true };
      shown.push(row);
    }
    taken++;
  }
  return { ...masked(shown, o.columns), taken, isCut: false };
}

const masked = (rows: readonly Row[], columns: readonly ColumnSchema[]) => maskRows(rows, columns);
