/** Confluent's framing: a zero byte, the number of the schema, and for Protobuf the path to the message type. */
const MAGIC = 0;
export const FRAME_BYTES = 5;

/** Number of the schema; null where the bytes are not framed. */
export function schemaIdOf(bytes: Uint8Array, start = 0, end = bytes.length): number | null {
  if (end - start < FRAME_BYTES || bytes[start] !== MAGIC) return null;
  return new DataView(bytes.buffer, bytes.byteOffset + start, FRAME_BYTES).getUint32(1);
}

/** Indexes of the message type from the outermost one inwards, and where the message begins. */
export function messagePath(bytes: Uint8Array, at: number): { readonly path: readonly number[]; readonly start: number } {
  let place = at;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = bytes[place++];
      if (byte === undefined) break;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError('the path to the message type is damaged');
  };
  const count = next();
  // One zero byte stands for the first message type.
  if (count === 0) return { path: [0], start: place };
  if (count < 0 || count > 64) throw new RangeError('the path to the message type is damaged');
  const path = Array.from({ length: count }, next);
  return { path, start: place };
}

export function framed(id: number, body: Uint8Array, hasPath: boolean): Uint8Array {
  const head = hasPath ? FRAME_BYTES + 1 : FRAME_BYTES;
  const all = new Uint8Array(head + body.length);
  new DataView(all.buffer).setUint32(1, id);
  all.set(body, head);
  return all;
}
