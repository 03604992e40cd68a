import { connectorError } from '@velostream/core/connect';
import { blockUnpacker, type UnpackBlock } from '../codec/block-codec.ts';
import type { RandomAccess } from '../random-access.ts';
import { Message } from './message.ts';
import { joinedChunks } from './orc-stream.ts';

export type OrcKind =
  | 'boolean'
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'string'
  | 'binary'
  | 'timestamp'
  | 'list'
  | 'map'
  | 'struct'
  | 'union'
  | 'decimal'
  | 'date'
  | 'varchar'
  | 'char'
  | 'timestamp_instant';

const KINDS: readonly OrcKind[] = [
  'boolean',
  'byte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'string',
  'binary',
  'timestamp',
  'list',
  'map',
  'struct',
  'union',
  'decimal',
  'date',
  'varchar',
  'char',
  'timestamp_instant',
];

/** A type of the file: its number is its place in the footer, and that of its column. */
export interface OrcType {
  readonly id: number;
  readonly kind: OrcKind;
  readonly children: readonly OrcType[];
  readonly names: readonly string[];
  readonly precision: number;
  readonly scale: number;
}

export interface Stripe {
  readonly offset: number;
  readonly indexBytes: number;
  readonly dataBytes: number;
  readonly footerBytes: number;
  readonly rows: number;
}

export interface OrcTail {
  readonly root: OrcType;
  readonly stripes: readonly Stripe[];
  readonly rows: number;
  readonly packing: string;
  readonly unpack: UnpackBlock | null;
  readonly blockBytes: number;
}

const TAIL_BYTES = 1 << 16;
const FOOTER_BYTES_MAX = 128 * 1024 ** 2;
const BLOCK_BYTES_MAX = 64 * 1024 ** 2;
const DEPTH_MAX = 64;
const PACKINGS = ['none', 'zlib', 'snappy', 'lzo', 'lz4', 'zstd', 'brotli'];
const UNPACKS = { zlib: 'deflate', snappy: 'snappy', lz4: 'lz4', zstd: 'zstd' } as const;

export async function readTail(file: RandomAccess, signal: AbortSignal): Promise<OrcTail> {
  if (file.size < 16) throw new RangeError(`it has ${file.size} bytes`);
  const from = Math.max(0, file.size - TAIL_BYTES);
  const tail = await file.read(from, file.size, signal);
  const length = tail.at(-1) as number;
  if (length + 1 > tail.length) throw new RangeError('it does not end in a postscript');
  const script = new Message(tail.subarray(tail.length - 1 - length, tail.length - 1));
  if (script.text(8000) !== 'ORC') throw new RangeError('it does not end in "ORC"');
  const packing = PACKINGS[script.count(2)] ?? 'unknown';
  const footerBytes = script.count(1);
  const start = file.size - 1 - length - footerBytes;
  if (start < 0 || footerBytes > FOOTER_BYTES_MAX) throw new RangeError(`its footer has ${footerBytes} bytes`);
  const packed =
    start >= from ? tail.subarray(start - from, start - from + footerBytes) : await file.read(start, start + footerBytes, signal);
  const blockBytes = packing === 'none' ? 0 : script.count(3) || 256 * 1024;
  if (blockBytes > BLOCK_BYTES_MAX)
    throw connectorError('VS4313', { file: file.name, format: 'ORC', what: 'block bytes', allowed: BLOCK_BYTES_MAX, observed: blockBytes });
  const unpack = await unpackerOf(packing, file.name);
  const footer = new Message(joinedChunks(packed, unpack, blockBytes, FOOTER_BYTES_MAX));
  if (footer.message(10) !== undefined) throw connectorError('VS4312', { file: file.name, format: 'ORC', feature: 'encryption' });
  return {
    root: typesOf(footer.messages(4)),
    stripes: footer.messages(3).map(stripeOf),
    rows: footer.count(6),
    packing,
    unpack,
    blockBytes,
  };
}

async function unpackerOf(packing: string, file: string): Promise<UnpackBlock | null> {
  if (packing === 'none') return null;
  if (packing in UNPACKS) return blockUnpacker(UNPACKS[packing as keyof typeof UNPACKS], 'orc');
  throw connectorError('VS4312', { file, format: 'ORC', feature: `compression "${packing}"` });
}

const stripeOf = (m: Message): Stripe => ({
  offset: m.count(1),
  indexBytes: m.count(2),
  dataBytes: m.count(3),
  footerBytes: m.count(4),
  rows: m.count(5),
});

function typesOf(listed: readonly Message[]): OrcType {
  let used = 0;
  const take = (id: number, depth: number): OrcType => {
    const type = listed[id];
    // Each type has one parent: one that comes again would make a circle.
    if (type === undefined || depth > DEPTH_MAX || ++used > listed.length) throw new RangeError('its types make no tree');
    const kind = KINDS[type.count(1)];
    if (kind === undefined) throw new RangeError(`column ${id} has unknown type ${type.count(1)}`);
    const children = type.counts(2).map((child) => take(child, depth + 1));
    const wanted = kind === 'list' ? 1 : kind === 'map' ? 2 : undefined;
    if (wanted !== undefined && children.length !== wanted) throw new RangeError(`a ${kind} has ${children.length} types`);
    return { id, kind, children, names: type.texts(3), precision: type.count(5), scale: type.count(6) };
  };
  return take(0, 0);
}
