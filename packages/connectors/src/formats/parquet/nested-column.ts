import { type Column, type Scalar, type SqlType, scalarAt, textWriter } from '@velostream/core/connect/formats';
import type { ChunkPages } from './chunk-pages.ts';
import type { ColumnCursor } from './flat-column.ts';
import type { LeafPage, LeafReader } from './leaf-reader.ts';
import { contentType, groupShape, type SchemaNode } from './schema-tree.ts';

/** The entries of one leaf in order. Holds the pages of the rows that are being put together, and no more. */
class LeafEntries {
  private readonly pages: ChunkPages;
  private readonly leaf: LeafReader;
  private readonly max: number;
  private loaded: LeafPage[] = [];
  /** Rows that begin in the loaded pages and were not gone into yet. */
  private begun = 0;
  private isAtEnd = false;
  private page = 0;
  private entry = 0;
  private value = 0;

  constructor(pages: ChunkPages, leaf: LeafReader, max: number) {
    this.pages = pages;
    this.leaf = leaf;
    this.max = max;
  }

  /** Loads whatever belongs to the next `rows` rows: up to where one more row begins, or the end. */
  async ensure(rows: number): Promise<void> {
    this.loaded.splice(0, this.page);
    this.page = 0;
    while (this.begun <= rows && !this.isAtEnd) {
      const page = await this.leaf.next(this.pages, () => false);
      if (page === undefined) this.isAtEnd = true;
      else {
        this.loaded.push(page);
        this.begun += page.repetition === null ? page.entries : zeros(page.repetition);
      }
    }
    if (this.begun < rows) throw new RangeError('a column has fewer values than rows');
  }

  /** Marks `rows` rows as gone into. */
  leave(rows: number): void {
    this.begun -= rows;
  }

  /** Repetition level of the next entry; -1 at the end. */
  get repetition(): number {
    const page = this.current();
    return page === undefined ? -1 : page.repetition === null ? 0 : (page.repetition[this.entry] as number);
  }

  get definition(): number {
    const page = this.current();
    if (page === undefined) throw new RangeError('a nested column ends in the middle of a row');
    return page.definition === null ? this.max : (page.definition[this.entry] as number);
  }

  /** Value of the next entry, or null where it has none; goes on to the one after. */
  take(): Scalar {
    const isThere = this.definition === this.max;
    const page = this.loaded[this.page] as LeafPage;
    const value = isThere ? scalarAt(page.values, this.value++) : null;
    this.entry++;
    return value;
  }

  private current(): LeafPage | undefined {
    let page = this.loaded[this.page];
    while (page !== undefined && this.entry >= page.entries) {
      this.page++;
      this.entry = 0;
      this.value = 0;
      page = this.loaded[this.page];
    }
    return page;
  }
}

const zeros = (levels: Uint8Array): number => {
  let count = 0;
  for (let i = 0; i < levels.length; i++) if (levels[i] === 0) count++;
  return count;
};

/** A part of the tree with the leaves below it. */
interface Part {
  /** Reads one occurrence (or the whole list of a repeated node). */
  readonly read: () => Scalar;
  readonly leaves: readonly LeafEntries[];
}

/** A column of lists, maps or structures: levels of all its leaves are walked together. */
export class NestedColumn implements ColumnCursor {
  private readonly root: Part;

  constructor(node: SchemaNode, open: (leaf: SchemaNode) => { readonly pages: ChunkPages; readonly leaf: LeafReader }) {
    const entries = (leaf: SchemaNode): LeafEntries => {
      const opened = open(leaf);
      return new LeafEntries(opened.pages, opened.leaf, leaf.definition);
    };
    this.root = partOf(node, entries);
  }

  async take(rows: number): Promise<Column> {
    for (const leaf of this.root.leaves) await leaf.ensure(rows);
    const values: Scalar[] = [];
    const nulls = new Uint8Array(rows);
    let hasNull = false;
    for (let row = 0; row < rows; row++) {
      const value = this.root.read();
      if (this.root.leaves.some((leaf) => leaf.repetition > 0)) throw new RangeError('the leaves of a column do not fit together');
      values.push(value);
      if (value !== null) continue;
      nulls[row] = 1;
      hasNull = true;
    }
    for (const leaf of this.root.leaves) leaf.leave(rows);
    return { lane: 'boxed', values, nulls: hasNull ? nulls : null };
  }

  async skip(rows: number): Promise<void> {
    for (let left = rows; left > 0; ) {
      const now = Math.min(left, 4096);
      await this.take(now);
      left -= now;
    }
  }
}

type Entries = (leaf: SchemaNode) => LeafEntries;

/** A node with its own repetition: a list when it repeats, NULL where it may be missing. */
function partOf(node: SchemaNode, entries: Entries): Part {
  const content = contentOf(node, entries);
  const [first] = content.leaves;
  if (first === undefined) return { leaves: [], read: () => null };
  if (node.element.repetition === 'repeated') return { leaves: content.leaves, read: () => listOf(node, first, content) };
  if (node.element.repetition === 'required') return content;
  return { leaves: content.leaves, read: () => (first.definition < node.definition ? passed(content) : content.read()) };
}

/** One entry of every leaf below is used up by what is missing. */
function passed({ leaves }: Part): null {
  for (const leaf of leaves) leaf.take();
  return null;
}

function listOf(node: SchemaNode, first: LeafEntries, content: Part): readonly Scalar[] {
  if (first.definition < node.definition) {
    passed(content);
    return [];
  }
  const items: Scalar[] = [content.read()];
  while (first.repetition >= node.repetition) items.push(content.read());
  return items;
}

/** One occurrence of a node. */
function contentOf(node: SchemaNode, entries: Entries): Part {
  if (node.leafType !== undefined) {
    const leaf = entries(node);
    return { leaves: [leaf], read: () => leaf.take() };
  }
  const shape = groupShape(node);
  if (shape.kind === 'list') {
    const { repeated, element } = shape;
    const item = element === repeated ? contentOf(repeated, entries) : partOf(element, entries);
    const [first] = item.leaves;
    return first === undefined ? { leaves: [], read: () => [] } : { leaves: item.leaves, read: () => listOf(repeated, first, item) };
  }
  if (shape.kind === 'map') return mapPart(shape.repeated, shape.key, shape.value, entries);
  const children = node.children.map((child) => ({ name: child.element.name, part: partOf(child, entries) }));
  return {
    leaves: children.flatMap(({ part }) => part.leaves),
    read() {
      const value: Record<string, Scalar> = Object.create(null);
      for (const { name, part } of children) value[name] = part.read();
      return value;
    },
  };
}

function mapPart(repeated: SchemaNode, key: SchemaNode, value: SchemaNode | undefined, entries: Entries): Part {
  const keyPart = partOf(key, entries);
  const valuePart = value === undefined ? undefined : partOf(value, entries);
  const leaves = [...keyPart.leaves, ...(valuePart?.leaves ?? [])];
  const [first] = keyPart.leaves;
  const text = keyText(contentType(key));
  if (first === undefined) return { leaves, read: () => new Map() };
  const pair: Part = { leaves, read: () => [keyPart.read(), valuePart?.read() ?? null] };
  return {
    leaves,
    read() {
      const map = new Map<string, Scalar>();
      for (const item of listOf(repeated, first, pair)) {
        const [k, v] = item as readonly [Scalar, Scalar];
        map.set(text(k), v);
      }
      return map;
    },
  };
}

/** Keys of a map are text in the dialect; other keys are written as text. */
function keyText(type: SqlType): (key: Scalar) => string {
  const write = textWriter(type);
  return (key) => (key === null ? '' : typeof key === 'string' ? key : (write(key) ?? ''));
}
