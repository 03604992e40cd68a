import { ProtoInput } from '../protobuf/proto-input.ts';

/** Fields of a Protobuf message as they are stored: numbers and byte strings by field number, in order. */
export class Message {
  private readonly fields = new Map<number, (number | bigint | Uint8Array)[]>();

  constructor(bytes: Uint8Array) {
    const input = new ProtoInput(bytes);
    while (input.at < input.end) {
      const tag = Number(input.varint());
      const id = Math.floor(tag / 8);
      if (tag % 8 === 0) this.add(id, input.varint());
      else if (tag % 8 === 2) this.add(id, input.raw());
      else input.skip(tag % 8, id);
    }
  }

  /** A count or length; 0 where it is missing. */
  count(id: number): number {
    const value = this.fields.get(id)?.at(-1) ?? 0;
    if (typeof value === 'number') return value;
    throw new RangeError(`field ${id} is no count`);
  }

  text(id: number): string | undefined {
    const bytes = this.fields.get(id)?.at(-1);
    return bytes instanceof Uint8Array ? UTF8.decode(bytes) : undefined;
  }

  texts(id: number): readonly string[] {
    return this.all(id).map((bytes) => UTF8.decode(bytes));
  }

  messages(id: number): readonly Message[] {
    return this.all(id).map((bytes) => new Message(bytes));
  }

  message(id: number): Message | undefined {
    return this.messages(id).at(-1);
  }

  /** Repeated numbers, packed or not. */
  counts(id: number): readonly number[] {
    return (this.fields.get(id) ?? []).flatMap((value) => {
      if (!(value instanceof Uint8Array)) return [Number(value)];
      const input = new ProtoInput(value);
      const values: number[] = [];
      while (input.at < input.end) values.push(Number(input.varint()));
      return values;
    });
  }

  private all(id: number): readonly Uint8Array[] {
    return (this.fields.get(id) ?? []).filter((value): value is Uint8Array => value instanceof Uint8Array);
  }

  private add(id: number, value: number | bigint | Uint8Array): void {
    const known = this.fields.get(id);
    if (known === undefined) this.fields.set(id, [value]);
    else known.push(value);
  }
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
