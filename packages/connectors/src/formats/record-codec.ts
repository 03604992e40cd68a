import type { Field } from '@velostream/core/connect';
import type { Scalar } from '@velostream/core/connect/formats';

/** Bytes of one record <-> values: the value of a Kafka message with any framing taken off, or one object of a file. */
export interface RecordCodec {
  /** Columns of a record as its schema has them. */
  readonly fields: readonly Field[];
  /**
   * Reader of the wanted columns, in that order and in scalar form. A record that is no record of this schema throws VS4310 (or a
   * VS43xx that says more); a column that the schema does not have is refused here, with VS4307. Never returns fewer values.
   */
  reader(wanted: readonly Field[]): (record: Uint8Array) => readonly Scalar[];
  /** Writer of records that `reader` reads back. Columns are matched by name; a value that the schema cannot hold throws VS4404. */
  writer(columns: readonly Field[]): (row: readonly Scalar[]) => Uint8Array;
}
