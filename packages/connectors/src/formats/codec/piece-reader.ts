import { joinBytes } from './join-bytes.ts';

/** Bytes that come in pieces, taken in other lengths. Holds one piece, or as many as one request needs. */
export class PieceReader {
  private readonly pieces: AsyncIterator<Uint8Array>;
  private held: Uint8Array = new Uint8Array(0);
  /** Bytes taken in so far. */
  taken = 0;

  constructor(input: AsyncIterable<Uint8Array>) {
    this.pieces = input[Symbol.asyncIterator]();
  }

  /** Exactly `length` bytes that stay as they are; undefined at the end; throws in the middle. */
  async read(length: number): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.held.length === 0) {
        const next = await this.pieces.next();
        if (next.done === true) {
          if (missing === length) return undefined;
          throw new RangeError('unexpected end of file');
        }
        this.held = next.value;
        this.taken += next.value.length;
        continue;
      }
      const part = this.held.subarray(0, missing);
      // A copy: pieces are only lent.
      parts.push(new Uint8Array(part));
      this.held = this.held.subarray(part.length);
      missing -= part.length;
    }
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    return joinBytes(parts);
  }

  async need(length: number): Promise<Uint8Array> {
    const bytes = await this.read(length);
    if (bytes === undefined && length > 0) throw new RangeError('unexpected end of file');
    return bytes ?? new Uint8Array(0);
  }

  async close(): Promise<void> {
    await this.pieces.return?.();
  }
}
