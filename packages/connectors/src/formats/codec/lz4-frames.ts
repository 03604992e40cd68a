import { unpackLz4Block } from './lz4-block.ts';
import type { PieceReader } from './piece-reader.ts';

const MAGIC = 0x184d2204;
const HISTORY_BYTES = 1 << 16;
const BLOCK_BYTES = [0, 0, 0, 0, 1 << 16, 1 << 18, 1 << 20, 1 << 22];

const word = (bytes: Uint8Array, at = 0): number =>
  ((bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24)) >>> 0;

/** The blocks of LZ4 frames, one frame behind the other. Holds one block and the 64 KiB before it. */
export async function* lz4Frames(input: PieceReader): AsyncGenerator<Uint8Array> {
  for (let head = await input.read(4); head !== undefined; head = await input.read(4)) {
    const magic = word(head);
    if (magic >>> 4 === 0x184d2a5) {
      await input.need(word(await input.need(4)));
      continue;
    }
    if (magic !== MAGIC) throw new RangeError('it is no LZ4 frame');
    yield* frame(input);
  }
}

interface Lz4Head {
  readonly blockBytes: number;
  readonly isLinked: boolean;
  readonly hasBlockSums: boolean;
  readonly hasSum: boolean;
  /** Bytes of the head behind flags and descriptor. */
  readonly headBytes: number;
}

/** What flags and descriptor of a frame say. */
export function lz4Head(flags: number, descriptor: number): Lz4Head {
  if (flags >> 6 !== 1) throw new RangeError('it is an LZ4 frame of an unknown version');
  const blockBytes = BLOCK_BYTES[(descriptor >> 4) & 7] ?? 0;
  if (blockBytes === 0) throw new RangeError('an LZ4 frame has no block size');
  if (flags & 1) throw new RangeError('an LZ4 frame needs a dictionary');
  const headBytes = (flags & 8 ? 8 : 0) + 1;
  return { blockBytes, isLinked: (flags & 32) === 0, hasBlockSums: (flags & 16) !== 0, hasSum: (flags & 4) !== 0, headBytes };
}

async function* frame(input: PieceReader): AsyncGenerator<Uint8Array> {
  const [flags, descriptor] = (await input.need(2)) as unknown as [number, number];
  const { blockBytes: most, isLinked, hasBlockSums, hasSum, headBytes } = lz4Head(flags, descriptor);
  await input.need(headBytes);
  let history: Uint8Array = new Uint8Array(0);
  for (;;) {
    const size = word(await input.need(4));
    if (size === 0) break;
    const length = size & 0x7fffffff;
    if (length > most) throw new RangeError(`an LZ4 block has ${length} bytes, ${most} are allowed`);
    const stored = await input.need(length);
    const block = size > 0x7fffffff ? stored : unpackLz4Block(stored, most, history);
    if (hasBlockSums) check(await input.need(4), stored);
    yield block;
    if (isLinked) history = lz4History(history, block);
  }
  if (hasSum) await input.need(4);
}

export function lz4History(history: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.length >= HISTORY_BYTES) return block.slice(-HISTORY_BYTES);
  const whole = new Uint8Array(Math.min(HISTORY_BYTES, history.length + block.length));
  const kept = whole.length - block.length;
  whole.set(history.subarray(history.length - kept));
  whole.set(block, kept);
  return whole;
}

function check(expected: Uint8Array, bytes: Uint8Array): void {
  if (word(expected) !== xxhash32(bytes)) throw new RangeError('the checksum of an LZ4 block is wrong');
}

const [P1, P2, P3, P4, P5] = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1];
const turned = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** The checksum of LZ4 frames, with seed 0. */
export function xxhash32(bytes: Uint8Array): number {
  let at = 0;
  let hash: number;
  if (bytes.length >= 16) {
    const lanes = [(P1 + P2) | 0, P2 | 0, 0, -P1 | 0];
    for (; at + 16 <= bytes.length; at += 16) {
      for (let i = 0; i < 4; i++) {
        lanes[i] = Math.imul(turned((lanes[i] as number) + Math.imul(word(bytes, at + 4 * i), P2), 13), P1);
      }
    }
    const [a, b, c, d] = lanes as [number, number, number, number];
    hash = turned(a, 1) + turned(b, 7) + turned(c, 12) + turned(d, 18);
  } else hash = P5;
  hash = (hash + bytes.length) | 0;
  for (; at + 4 <= bytes.length; at += 4) hash = Math.imul(turned(hash + Math.imul(word(bytes, at), P3), 17), P4);
  for (; at < bytes.length; at++) hash = Math.imul(turned(hash + Math.imul(bytes[at] as number, P5), 11), P1);
  hash = Math.imul(hash ^ (hash >>> 15), P2);
  hash = Math.imul(hash ^ (hash >>> 13), P3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
