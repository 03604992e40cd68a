import type { DecodedBatch, Field, RecordBatch } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { type Column, NO_META, nearestName } from '@velostream/core/connect/formats';
import { damaged } from '../damaged.ts';
import type { ColumnFacts, OpenedFile, RandomAccess, RandomReadRequest } from '../random-access.ts';
import { ChunkPages } from './chunk-pages.ts';
import { type ColumnCursor, FlatColumn } from './flat-column.ts';
import { type ColumnChunk, type Footer, type RowGroup, readFooter } from './footer.ts';
import { LeafReader, TextMemory } from './leaf-reader.ts';
import { NestedColumn } from './nested-column.ts';
import { type Unpack, unpackerOf } from './page-codecs.ts';
import { type Bound, boundOf, isRuledOut } from './prune-row-groups.ts';
import { type ParquetSchema, type SchemaNode, schemaOf } from './schema-tree.ts';
import { ThriftProblem } from './thrift.ts';

/** Columns that stand so close together are read at once. */
const TOGETHER_BYTES = 4 * 1024 ** 2;
const GAP_PART = 2;

const FORMAT = 'Parquet';

/** A Parquet file by its footer. */
export async function openParquet(file: RandomAccess, signal: AbortSignal): Promise<OpenedFile> {
  try {
    const footer = await readFooter(file, signal);
    const schema = schemaOf(footer.elements);
    checkGroups(footer, schema);
    return new ParquetFile(file, footer, schema);
  } catch (error) {
    throw damaged(error, file.name, FORMAT);
  }
}

function checkGroups({ rowGroups, rows }: Footer, { leaves }: ParquetSchema): void {
  let total = 0;
  for (const group of rowGroups) {
    total += group.rows;
    if (group.columns.length !== leaves.length)
      throw new ThriftProblem(`a row group has ${group.columns.length} columns, the schema ${leaves.length}`);
    if (group.columns.some((column, i) => column.physical !== leaves[i]?.element.physical))
      throw new ThriftProblem('a column has another type than the schema says');
  }
  if (total !== rows) throw new ThriftProblem(`its row groups have ${total} rows, the file ${rows}`);
}

class ParquetFile implements OpenedFile {
  readonly fields: readonly Field[];
  readonly rows: number;
  readonly about: Readonly<Record<string, string | number>>;
  private readonly file: RandomAccess;
  private readonly footer: Footer;
  private readonly schema: ParquetSchema;

  constructor(file: RandomAccess, footer: Footer, schema: ParquetSchema) {
    this.file = file;
    this.footer = footer;
    this.schema = schema;
    this.fields = schema.fields;
    this.rows = footer.rows;
    const codecs = new Set(footer.rowGroups.flatMap((group) => group.columns.map((column) => column.codec.toLowerCase())));
    this.about = {
      'row groups': footer.rowGroups.length,
      compression: [...codecs].join(', ') || 'none',
      ...(footer.createdBy === undefined ? {} : { writer: footer.createdBy }),
    };
  }

  async *read(request: RandomReadRequest): AsyncGenerator<DecodedBatch> {
    const nodes = request.fields.map((field) => this.nodeOf(field));
    const memories = this.schema.leaves.map(() => new TextMemory());
    let first = 0;
    try {
      for (const group of this.footer.rowGroups) {
        const end = first + group.rows;
        if (end > request.fromRecord && !isRuledOut(group, this.schema, request.predicates)) {
          yield* this.readGroup(group, first, nodes, memories, request);
        }
        first = end;
        if (request.signal.aborted) return;
      }
    } catch (error) {
      throw damaged(error, this.file.name, FORMAT);
    }
  }

  stats(): readonly ColumnFacts[] {
    return this.schema.top.filter((node) => node.leaf >= 0).map((node) => this.factsOf(node));
  }

  private factsOf(node: SchemaNode): ColumnFacts {
    const all = this.footer.rowGroups.map((group) => group.columns[node.leaf]?.statistics);
    const mins = all.map((statistics) => boundOf(node, statistics?.min));
    const maxes = all.map((statistics) => boundOf(node, statistics?.max));
    const nulls = all.every((statistics) => statistics?.nulls !== undefined);
    const isWhole = all.length > 0 && ![...mins, ...maxes].includes(undefined);
    return {
      column: node.element.name,
      ...(isWhole ? { min: mins.reduce((a, b) => (isLess(b, a) ? b : a)), max: maxes.reduce((a, b) => (isLess(a, b) ? b : a)) } : {}),
      ...(nulls ? { nulls: all.reduce((sum, statistics) => sum + (statistics?.nulls ?? 0), 0) } : {}),
    };
  }

  private nodeOf({ name }: Field): SchemaNode {
    const node = this.schema.top.find(({ element }) => element.name === name);
    if (node !== undefined) return node;
    const known = this.fields.map((field) => field.name);
    throw connectorError('VS4307', { file: this.file.name, column: name, known, nearest: nearestName(name, known) });
  }

  private async *readGroup(
    group: RowGroup,
    first: number,
    nodes: readonly SchemaNode[],
    memories: readonly TextMemory[],
    { fromRecord, maxBatchRows, signal }: RandomReadRequest,
  ): AsyncGenerator<DecodedBatch> {
    const columns = await this.open(group, nodes, memories, signal);
    let at = Math.max(0, fromRecord - first);
    if (at > 0) for (const column of columns) await column.skip(at);
    while (at < group.rows && !signal.aborted) {
      const length = Math.min(maxBatchRows, group.rows - at);
      const taken: Column[] = [];
      for (const column of columns) taken.push(await column.take(length));
      at += length;
      const batch: RecordBatch = { length, columns: taken, meta: NO_META, ops: null, watermarks: null };
      yield { batch, endByte: 0, endRecord: first + at, bad: [] };
    }
  }

  /** Cursors over the wanted columns of a row group. */
  private async open(
    group: RowGroup,
    nodes: readonly SchemaNode[],
    memories: readonly TextMemory[],
    signal: AbortSignal,
  ): Promise<readonly ColumnCursor[]> {
    const chunks = nodes.flatMap((node) => leavesOf(node).map((leaf) => group.columns[leaf.leaf] as ColumnChunk));
    const known = await this.readTogether(chunks, signal);
    const unpackers = new Map<string, Unpack>();
    for (const { codec } of chunks) if (!unpackers.has(codec)) unpackers.set(codec, await unpackerOf(codec, this.file.name));
    const openLeaf = (leaf: SchemaNode) => {
      const chunk = group.columns[leaf.leaf] as ColumnChunk;
      if (leaf.leafType === undefined) throw new ThriftProblem('a group has no values');
      const reader = new LeafReader(leaf, leaf.leafType, unpackers.get(chunk.codec) as Unpack, memories[leaf.leaf] as TextMemory);
      return { pages: new ChunkPages(this.file, chunk, signal, known?.(chunk)), leaf: reader };
    };
    return nodes.map((node) => {
      if (node.leaf < 0 || node.element.repetition === 'repeated') return new NestedColumn(node, openLeaf);
      const { pages, leaf } = openLeaf(node);
      return new FlatColumn(pages, leaf);
    });
  }

  /** Small columns that are neighbours are read with one request; undefined when each is better read alone. */
  private async readTogether(
    chunks: readonly ColumnChunk[],
    signal: AbortSignal,
  ): Promise<((chunk: ColumnChunk) => Uint8Array) | undefined> {
    if (chunks.length < 2) return undefined;
    const start = Math.min(...chunks.map((chunk) => chunk.start));
    const end = Math.max(...chunks.map((chunk) => chunk.start + chunk.bytes));
    const wanted = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
    if (end - start > TOGETHER_BYTES || end - start > wanted * GAP_PART || end > this.file.size) return undefined;
    const bytes = await this.file.read(start, end, signal);
    return (chunk) => bytes.subarray(chunk.start - start, chunk.start - start + chunk.bytes);
  }
}

const isLess = (a: Bound | undefined, b: Bound | undefined): boolean => a !== undefined && b !== undefined && a < b;

const leavesOf = (node: SchemaNode): readonly SchemaNode[] => (node.leaf >= 0 ? [node] : node.children.flatMap(leavesOf));
