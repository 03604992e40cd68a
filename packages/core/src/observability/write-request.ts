/** One series with its samples, as Prometheus' remote write takes them. */
export interface WrittenSeries {
  /** With `__name__`. */
  readonly labels: Readonly<Record<string, string>>;
  /** `at` in ms since the epoch, ascending. */
  readonly samples: readonly { readonly value: number; readonly at: number }[];
}

const utf8 = new TextEncoder();
const DOUBLE = 1;
const BYTES = 2;

/** Bytes of a message: just the three kinds of fields that a WriteRequest has. */
class Message {
  private readonly parts: number[] = [];

  varint(value: number): this {
    let rest = value;
    // Times are beyond 32 bits: divided, not shifted.
    while (rest >= 128) {
      this.parts.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.parts.push(rest);
    return this;
  }

  double(field: number, value: number): this {
    this.varint((field << 3) | DOUBLE);
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.parts.push(bytes.getUint8(i));
    return this;
  }

  whole(field: number, value: number): this {
    return this.varint(field << 3).varint(value);
  }

  bytes(field: number, value: Uint8Array): this {
    this.varint((field << 3) | BYTES).varint(value.length);
    for (const byte of value) this.parts.push(byte);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.parts);
  }
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0);

/** A `prometheus.WriteRequest` of the remote-write protocol 1.0, before compression. Labels are sorted by name, as the receiver asks. */
export function writeRequest(series: readonly WrittenSeries[]): Uint8Array {
  const request = new Message();
  for (const { labels, samples } of series) {
    const own = new Message();
    for (const [name, value] of Object.entries(labels).sort(byName))
      own.bytes(1, new Message().bytes(1, utf8.encode(name)).bytes(2, utf8.encode(value)).done());
    for (const { value, at } of samples) own.bytes(2, new Message().double(1, value).whole(2, at).done());
    request.bytes(1, own.done());
  }
  return request.done();
}

const CHUNK = 65_536;

/** The block format of Snappy with literals alone: what the receiver unpacks, without a compressor of our own. */
export function snappyBlock(bytes: Uint8Array): Uint8Array {
  const length = new Message().varint(bytes.length).done();
  const chunks = Math.ceil(bytes.length / CHUNK);
  const out = new Uint8Array(length.length + bytes.length + chunks * 3);
  out.set(length);
  let at = length.length;
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const part = bytes.subarray(from, from + CHUNK);
    // A literal whose length less one stands in the two bytes behind the tag.
    out[at] = 61 << 2;
    out[at + 1] = (part.length - 1) & 255;
    out[at + 2] = (part.length - 1) >> 8;
    out.set(part, at + 3);
    at += 3 + part.length;
  }
  return out;
}
