import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerMemory, gatherAnswers } from './answers.ts';
import type { RawConnection } from './internals.ts';

interface Seen {
  readonly correlationId: number;
  readonly size: number;
  readonly payload: Buffer;
}

function connection() {
  const seen: Seen[] = [];
  const raw: Buffer[] = [];
  const fake = {
    authHandlers: null as object | null,
    connect: async () => true,
    processData: (data: Buffer) => raw.push(data),
    requestQueue: { fulfillRequest: (answer: Seen) => seen.push(answer) },
    socket: { destroyed: '', destroy: (error: Error) => (fake.socket.destroyed = error.message) },
  };
  return { fake, seen, raw, connection: fake as unknown as RawConnection }; // the part of it that is looked at
}

function answer(correlationId: number, payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(8 + payload.length);
  bytes.writeInt32BE(4 + payload.length, 0);
  bytes.writeInt32BE(correlationId, 4);
  bytes.set(payload, 8);
  return bytes;
}

/** Hands bytes over in pieces, always in the same memory, as a socket does that reads into one. */
function feed(to: RawConnection, bytes: Buffer, pieces: readonly number[]): void {
  const memory = Buffer.alloc(Math.max(...pieces, 1));
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const length = bytes.copy(memory, 0, at, at + (pieces[n % pieces.length] as number));
    to.processData(memory.subarray(0, length));
    at += length;
    memory.fill(0xee);
  }
}

describe('answers of a broker', () => {
  test('come whole, however the socket cut them', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constantFrom(65_530, 70_000, 200_000)), { maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 }), (lengths, pieces) => {
        const { connection: to, seen } = connection();
        gatherAnswers(to, new AnswerMemory());
        const payloads = lengths.map((length, n) => new Uint8Array(length).map((_, i) => (i * 31 + n) & 0xff));
        feed(to, Buffer.concat(payloads.map((payload, n) => answer(n, payload))), pieces);
        expect(seen.map((one) => one.correlationId)).toEqual(lengths.map((_, n) => n));
        expect(seen.every((one, n) => one.payload.equals(payloads[n] as Uint8Array))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('larger than their first memory are whole', () => {
    const { connection: to, seen } = connection();
    gatherAnswers(to, new AnswerMemory());
    const payload = new Uint8Array(9_000_000).map((_, i) => (i * 7) & 0xff);
    feed(to, answer(3, payload), [262_144]);
    expect(seen[0]?.payload.equals(payload)).toBe(true);
  });

  test('stand in memory of earlier ones once it is given back', () => {
    const { connection: to, seen } = connection();
    const memory = new AnswerMemory();
    gatherAnswers(to, memory);
    const large = (n: number) => answer(n, new Uint8Array(100_000).fill(n));
    feed(to, Buffer.concat([large(1), large(2)]), [70_000]);
    expect(seen[1]?.payload.buffer).not.toBe(seen[0]?.payload.buffer);
    memory.give(seen[0]?.payload as Buffer);
    memory.give(seen[0]?.payload as Buffer);
    feed(to, Buffer.concat([large(3), large(4)]), [70_000]);
    expect(seen[2]?.payload.buffer).toBe(seen[0]?.payload.buffer);
    expect(seen[3]?.payload.buffer).not.toBe(seen[0]?.payload.buffer);
    expect(seen[1]?.payload.every((byte) => byte === 2)).toBe(true);
  });

  test('of a login go to the client that asked, as a copy', () => {
    const { connection: to, fake, seen, raw } = connection();
    gatherAnswers(to, new AnswerMemory());
    fake.authHandlers = {};
    const piece = Buffer.from('token');
    to.processData(piece);
    piece.fill(0);
    expect([raw[0]?.toString(), seen.length]).toEqual(['token', 0]);
  });

  test('begin anew with a connection', async () => {
    const { connection: to, seen } = connection();
    gatherAnswers(to, new AnswerMemory());
    to.processData(answer(1, new Uint8Array(10)).subarray(0, 9));
    await to.connect();
    feed(to, answer(2, new Uint8Array(3)), [5]);
    expect(seen.map((one) => one.correlationId)).toEqual([2]);
  });

  test('without a number end the connection', () => {
    const { connection: to, fake } = connection();
    gatherAnswers(to, new AnswerMemory());
    to.processData(Buffer.from([0, 0, 0, 2, 1, 1]));
    expect(fake.socket.destroyed).toBe('the broker sent an answer without a number');
  });
});
