import type { RawConnection } from './internals.ts';

/** Smaller answers have memory of their own. */
const SHARED_FROM = 64 * 1024;
/** What an answer gets before its bytes have come; a broker that only says that much follows costs no more. */
const FIRST_BYTES = 4 * 1024 ** 2;
const ROUND_TO = 1024 ** 2;
const KEPT = 4;
const KEPT_BYTES = 64 * 1024 ** 2;

/**
 * Memory of large answers, used again when their reader is through with them: memory of an own for each, a hundred megabytes a second,
 * has the garbage collector look through everything all the time. At most `KEPT` pieces and `KEPT_BYTES` wait for the next answer.
 */
export class AnswerMemory {
  private readonly lent = new WeakSet<ArrayBufferLike>();
  private free: Uint8Array[] = [];

  take(bytes: number): Uint8Array {
    const at = this.free.findIndex((memory) => memory.length >= bytes);
    const memory = at >= 0 ? (this.free.splice(at, 1)[0] as Uint8Array) : new Uint8Array(Math.ceil(bytes / ROUND_TO) * ROUND_TO);
    this.lent.add(memory.buffer);
    return memory;
  }

  /** Says that nothing looks at these bytes any more. What was not taken here, or was given back, is left alone. */
  give(bytes: Uint8Array): void {
    if (!this.lent.delete(bytes.buffer)) return;
    this.free.push(new Uint8Array(bytes.buffer));
    const kept = (): number => this.free.reduce((sum, memory) => sum + memory.length, 0);
    // The newest stay: they have the size of what comes now.
    while (this.free.length > KEPT || kept() > KEPT_BYTES) this.free.shift();
  }
}

/** Puts answers together in shared memory. kafkajs would keep every piece that comes and copy them into a new buffer for each answer. */
export function gatherAnswers(connection: RawConnection, memory: AnswerMemory): void {
  const login = connection.processData.bind(connection);
  const connect = connection.connect.bind(connection);
  const head = Buffer.alloc(4);
  let headed = 0;
  let size = 0;
  let answer: Uint8Array | null = null;
  let filled = 0;
  connection.connect = () => {
    headed = 0;
    answer = null;
    return connect();
  };
  const begin = (): void => {
    size = head.readUInt32BE(0);
    filled = 0;
    answer = size < SHARED_FROM ? new Uint8Array(size) : memory.take(Math.min(size, FIRST_BYTES));
  };
  const room = (needed: number): Uint8Array => {
    const small = answer as Uint8Array; // made by `begin`
    if (small.length >= needed) return small;
    const large = memory.take(Math.min(size, Math.max(needed, small.length * 2)));
    large.set(small.subarray(0, filled));
    memory.give(small);
    return large;
  };
  const finish = (bytes: Uint8Array): void => {
    headed = 0;
    answer = null;
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, size);
    if (size < 4) connection.socket.destroy(new Error('the broker sent an answer without a number'));
    else connection.requestQueue.fulfillRequest({ size, correlationId: whole.readInt32BE(0), payload: whole.subarray(4) });
  };
  connection.processData = (data) => {
    if (connection.authHandlers) return login(Buffer.from(data));
    for (let at = 0; at < data.length; ) {
      if (answer === null) {
        head[headed++] = data[at++] as number;
        if (headed === 4) begin();
        continue;
      }
      const piece = Math.min(data.length - at, size - filled);
      answer = room(filled + piece);
      answer.set(data.subarray(at, at + piece), filled);
      filled += piece;
      at += piece;
      if (filled === size) finish(answer);
    }
  };
}
