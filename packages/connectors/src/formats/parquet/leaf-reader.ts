import { type Column, createDictionary, type Dictionary } from '@velostream/core/connect/formats';
import type { ChunkPages, Page } from './chunk-pages.ts';
import { deltaByteValues, deltaLengthValues, deltaValues, unsplit } from './delta-values.ts';
import { bitWidth, readHybrid } from './hybrid.ts';
import type { LeafType } from './leaf-type.ts';
import type { Unpack } from './page-codecs.ts';
import { plainValues } from './plain-values.ts';
import type { SchemaNode } from './schema-tree.ts';

/** Texts of a column beyond this many get a fresh dictionary: what a column remembers stays bounded. */
const TEXTS_MAX = 1 << 20;

/** Decoded entries of one page: levels, and the values that are there. */
export interface LeafPage {
  readonly entries: number;
  /** Null where the column has no such level. */
  readonly repetition: Uint8Array | null;
  readonly definition: Uint8Array | null;
  /** Without NULLs. */
  readonly values: Column;
  readonly present: number;
}

/** What one column remembers over the row groups of a file: its texts by code. At most 1,048,576, then it starts anew. */
export class TextMemory {
  dictionary: Dictionary = createDictionary();
  codesOf(texts: readonly string[]): Int32Array {
    if (this.dictionary.size > TEXTS_MAX) this.dictionary = createDictionary();
    return Int32Array.from(texts, (text) => this.dictionary.add(text));
  }
}

/** Decodes the pages of one column chunk. State: its dictionary page. */
export class LeafReader {
  private readonly node: SchemaNode;
  private readonly leaf: LeafType;
  private readonly unpack: Unpack;
  private readonly memory: TextMemory;
  private dictionary: Column | null = null;
  private codes: Int32Array | null = null;
  private textDictionary: Dictionary | null = null;
  private dictionarySize = 0;

  constructor(node: SchemaNode, leaf: LeafType, unpack: Unpack, memory: TextMemory) {
    this.node = node;
    this.leaf = leaf;
    this.unpack = unpack;
    this.memory = memory;
  }

  /** The next data page, with its dictionary taken in before; undefined behind the last. `canSkip` may let a page pass unread. */
  async next(pages: ChunkPages, canSkip: (entries: number) => boolean): Promise<LeafPage | undefined> {
    for (;;) {
      const page = await pages.next();
      if (page === undefined) return undefined;
      const { kind, values } = page.header;
      if (kind === 'dictionary') this.takeDictionary(page);
      else if (kind === 'data' || kind === 'data-v2') {
        if (!canSkip(values)) return kind === 'data' ? this.first(page) : this.second(page);
      }
    }
  }

  private takeDictionary({ header, bytes }: Page): void {
    const page = this.unpack(bytes, header.unpackedBytes);
    const column = plainValues(this.leaf.kind, this.node.element, page, 0, header.values);
    this.dictionarySize = header.values;
    this.dictionary = column;
    if (column.lane !== 'str') return;
    this.codes = this.memory.codesOf(column.values);
    this.textDictionary = this.memory.dictionary;
  }

  /** A page of the first version: levels and values packed together, each level with its length before it. */
  private first({ header, bytes }: Page): LeafPage {
    const page = this.unpack(bytes, header.unpackedBytes);
    const { values: entries } = header;
    if (header.levelEncoding === 'BIT_PACKED') throw new RangeError('levels are packed in the way that was given up');
    let at = 0;
    const levels = (max: number): Uint8Array | null => {
      if (max === 0) return null;
      const length = new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(at, true);
      const out = new Uint8Array(entries);
      if (at + 4 + length > page.length) throw new RangeError('levels end in the middle');
      readHybrid(page, at + 4, at + 4 + length, bitWidth(max), out, entries);
      at += 4 + length;
      return out;
    };
    const repetition = levels(this.node.repetition);
    const definition = levels(this.node.definition);
    return this.decoded(entries, repetition, definition, page, at, header.encoding);
  }

  private second({ header, bytes }: Page): LeafPage {
    const { values: entries, v2 } = header;
    const { repetitionBytes = 0, definitionBytes = 0, isPacked = true } = v2 ?? {};
    const levelBytes = repetitionBytes + definitionBytes;
    if (levelBytes > bytes.length || levelBytes > header.unpackedBytes) throw new RangeError('levels are longer than their page');
    const levels = (max: number, from: number, to: number): Uint8Array | null => {
      if (max === 0) return null;
      const out = new Uint8Array(entries);
      readHybrid(bytes, from, to, bitWidth(max), out, entries);
      return out;
    };
    const repetition = levels(this.node.repetition, 0, repetitionBytes);
    const definition = levels(this.node.definition, repetitionBytes, levelBytes);
    const rest = bytes.subarray(levelBytes);
    const page = isPacked && rest.length > 0 ? this.unpack(rest, header.unpackedBytes - levelBytes) : rest;
    return this.decoded(entries, repetition, definition, page, 0, header.encoding);
  }

  private decoded(
    entries: number,
    repetition: Uint8Array | null,
    definition: Uint8Array | null,
    page: Uint8Array,
    at: number,
    encoding: Page['header']['encoding'],
  ): LeafPage {
    let present = entries;
    if (definition !== null) {
      const max = this.node.definition;
      present = 0;
      for (let i = 0; i < entries; i++) {
        const level = definition[i] as number;
        if (level > max) throw new RangeError(`a level of ${level}, at most ${max} is possible`);
        if (level === max) present++;
      }
    }
    return { entries, repetition, definition, present, values: this.values(encoding, page, at, present) };
  }

  private values(encoding: Page['header']['encoding'], page: Uint8Array, at: number, count: number): Column {
    const { element } = this.node;
    const { kind } = this.leaf;
    if (count === 0) return this.none();
    switch (encoding) {
      case 'PLAIN':
        return plainValues(kind, element, page, at, count);
      case 'PLAIN_DICTIONARY':
      case 'RLE_DICTIONARY':
        return this.looked(page, at, count);
      case 'RLE': {
        if (element.physical !== 'BOOLEAN') throw new RangeError('run lengths of values that are not BOOLEAN');
        const values = new Uint8Array(count);
        readHybrid(page, at + 4, page.length, 1, values, count);
        return { lane: 'bool', values, nulls: null };
      }
      case 'DELTA_BINARY_PACKED':
        return deltaValues(kind, element, page, at, count);
      case 'DELTA_LENGTH_BYTE_ARRAY':
        return deltaLengthValues(kind, page, at, count);
      case 'DELTA_BYTE_ARRAY':
        return deltaByteValues(kind, page, at, count);
      case 'BYTE_STREAM_SPLIT': {
        const { physical } = element;
        const width = physical === 'FIXED_LEN_BYTE_ARRAY' ? element.typeLength : physical === 'INT32' || physical === 'FLOAT' ? 4 : 8;
        return plainValues(kind, element, unsplit(page, at, count, width), 0, count);
      }
      default:
        throw new RangeError('values are stored in an unknown way');
    }
  }

  /** No values, in the lane that the others of the chunk have. */
  private none(): Column {
    if (this.codes !== null && this.textDictionary !== null)
      return { lane: 'dict', values: new Int32Array(0), nulls: null, dictionary: this.textDictionary };
    return this.leaf.kind === 'text'
      ? { lane: 'dict', values: new Int32Array(0), nulls: null, dictionary: this.memory.dictionary }
      : plainValues(this.leaf.kind, this.node.element, new Uint8Array(0), 0, 0);
  }

  private looked(page: Uint8Array, at: number, count: number): Column {
    const { dictionary, dictionarySize, codes } = this;
    if (dictionary === null) throw new RangeError('codes without a dictionary');
    if (at >= page.length) throw new RangeError('codes end in the middle');
    const indexes = new Int32Array(count);
    readHybrid(page, at + 1, page.length, page[at] as number, indexes, count);
    for (let i = 0; i < count; i++) {
      const index = indexes[i] as number;
      if (index < 0 || index >= dictionarySize) throw new RangeError(`code ${index} of a dictionary of ${dictionarySize}`);
    }
    if (codes !== null && this.textDictionary !== null) {
      for (let i = 0; i < count; i++) indexes[i] = codes[indexes[i] as number] as number;
      return { lane: 'dict', values: indexes, nulls: null, dictionary: this.textDictionary };
    }
    return gathered(dictionary, indexes, count);
  }
}

function gathered(dictionary: Column, indexes: Int32Array, count: number): Column {
  switch (dictionary.lane) {
    case 'f64': {
      const values = new Float64Array(count);
      for (let i = 0; i < count; i++) values[i] = dictionary.values[indexes[i] as number] as number;
      return { lane: 'f64', values, nulls: null };
    }
    case 'i64': {
      const values = new BigInt64Array(count);
      for (let i = 0; i < count; i++) values[i] = dictionary.values[indexes[i] as number] as bigint;
      return { lane: 'i64', values, nulls: null };
    }
    case 'bool':
      return { lane: 'bool', values: Uint8Array.from(indexes, (i) => dictionary.values[i] as number), nulls: null };
    case 'boxed':
      return { lane: 'boxed', values: Array.from(indexes, (i) => dictionary.values[i] ?? null), nulls: null };
    default:
      throw new RangeError('a dictionary of texts has codes');
  }
}
