import { FlatTable } from './flat-table.ts';

export interface CheckedMessage {
  readonly kind: 'schema' | 'dictionary' | 'batch' | 'other';
  readonly bodyBytes: number;
  /** Rows of a batch. */
  readonly rows: number;
}

const DEPTH_MAX = 64;
const FIELDS_MAX = 100_000;
const KINDS = ['other', 'schema', 'dictionary', 'batch'] as const;

/** Walks the metadata of one message: every vector lies within it, and every buffer within the body. */
export function checkMessage(metadata: Uint8Array): CheckedMessage {
  const message = FlatTable.root(metadata);
  const kind = KINDS[message.byte(1)] ?? 'other';
  const header = message.table(2);
  const bodyBytes = message.long(3);
  checkPairs(message, 4);
  if (header === undefined) return { kind: 'other', bodyBytes, rows: 0 };
  if (kind === 'schema') checkSchema(header);
  if (kind === 'batch') checkBuffers(header, bodyBytes);
  if (kind === 'dictionary') {
    const data = header.table(1);
    if (data === undefined) throw new RangeError('a dictionary has no values');
    checkBuffers(data, bodyBytes);
  }
  return { kind, bodyBytes, rows: kind === 'batch' ? header.long(0) : 0 };
}

/** Where a message of a file lies. */
export interface Block {
  readonly offset: number;
  readonly metadataBytes: number;
}

/** Walks the footer of a file in the same manner; what it points at lies before it. */
export function checkFooter(
  footer: Uint8Array,
  end: number,
): { readonly dictionaries: readonly Block[]; readonly batches: readonly Block[] } {
  const root = FlatTable.root(footer);
  const schema = root.table(1);
  if (schema === undefined) throw new RangeError('it has no schema');
  checkSchema(schema);
  checkPairs(root, 4);
  const blocks = (field: number): Block[] => {
    const { start, length } = root.vector(field, 24);
    return Array.from({ length }, (_, i) => {
      const [offset, metadataBytes, body] = [root.longAt(start + i * 24), root.intAt(start + i * 24 + 8), root.longAt(start + i * 24 + 16)];
      if (!(offset >= 0 && metadataBytes > 0 && body >= 0 && offset + metadataBytes + body <= end))
        throw new RangeError('a batch lies behind the file');
      return { offset, metadataBytes };
    });
  };
  return { dictionaries: blocks(2), batches: blocks(3) };
}

function checkPairs(table: FlatTable, field: number): void {
  for (const pair of table.tables(field)) {
    pair.vector(0, 1);
    pair.vector(1, 1);
  }
}

function checkSchema(schema: FlatTable): void {
  let fields = 0;
  const check = (field: FlatTable, depth: number): void => {
    if (depth > DEPTH_MAX || ++fields > FIELDS_MAX) throw new RangeError('its schema is too large or nested too deep');
    field.vector(0, 1);
    field.table(3);
    const dictionary = field.table(4);
    dictionary?.table(1);
    for (const child of field.tables(5)) check(child, depth + 1);
    checkPairs(field, 6);
  };
  for (const field of schema.tables(1)) check(field, 0);
  checkPairs(schema, 2);
  schema.vector(3, 8);
}

function checkBuffers(batch: FlatTable, bodyBytes: number): void {
  batch.long(0);
  const nodes = batch.vector(1, 16);
  for (let i = 0; i < nodes.length; i++) {
    const [length, nulls] = [batch.longAt(nodes.start + i * 16), batch.longAt(nodes.start + i * 16 + 8)];
    if (!Number.isSafeInteger(length) || length < 0 || nulls < 0 || nulls > length) throw new RangeError(`a column has ${length} values`);
  }
  const buffers = batch.vector(2, 16);
  for (let i = 0; i < buffers.length; i++) {
    const [start, length] = [batch.longAt(buffers.start + i * 16), batch.longAt(buffers.start + i * 16 + 8)];
    if (start < 0 || length < 0 || start + length > bodyBytes) throw new RangeError('a column lies behind the bytes of its batch');
  }
  batch.vector(4, 8);
}
