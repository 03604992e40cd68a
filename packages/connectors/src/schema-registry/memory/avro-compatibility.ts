import type { AvroField, AvroType, Primitive } from '../../formats/avro/avro-schema.ts';

/** Writers' types that a reader's type takes, beside its own: the promotions of Avro's schema resolution. */
const TAKES: Readonly<Partial<Record<Primitive, readonly Primitive[]>>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  string: ['bytes'],
  bytes: ['string'],
};

/** Why data of the writer's schema cannot be read with the reader's, each with its place; empty: it can. */
export function avroProblems(reader: AvroType, writer: AvroType): readonly string[] {
  const problems: string[] = [];
  new Resolution(problems).check(reader, writer, '/');
  return problems;
}

class Resolution {
  private readonly problems: string[];
  /** Pairs that are being compared: records may lead back to themselves. */
  private readonly seen: Map<AvroType, Set<AvroType>>;

  constructor(problems: string[], seen: ReadonlyMap<AvroType, ReadonlySet<AvroType>> = new Map()) {
    this.problems = problems;
    this.seen = new Map([...seen].map(([reader, writers]) => [reader, new Set(writers)]));
  }

  check(reader: AvroType, writer: AvroType, at: string): void {
    const known = this.seen.get(reader) ?? new Set();
    this.seen.set(reader, known);
    if (known.has(writer)) return;
    known.add(writer);
    if (writer.kind === 'union') {
      // A union of one type is that type, wherever the writer chose from more.
      for (const [i, branch] of writer.branches.entries()) this.check(reader, branch, `${at}${reader.kind === 'union' ? `/${i}` : ''}`);
      return;
    }
    if (reader.kind === 'union') {
      if (!reader.branches.some((branch) => this.takes(branch, writer)))
        this.problems.push(`MISSING_UNION_BRANCH at ${at}: the reader's union has no type for ${nameOf(writer)}`);
      return;
    }
    this.same(reader, writer, at);
  }

  /** Whether one branch of a union would do. What is found on the way is no problem of the whole: another branch may do. */
  private takes(branch: AvroType, writer: AvroType): boolean {
    const problems: string[] = [];
    new Resolution(problems, this.seen).check(branch, writer, '/');
    return problems.length === 0;
  }

  private same(reader: AvroType, writer: AvroType, at: string): void {
    if (reader.kind === 'record' && writer.kind === 'record') {
      if (this.isNamed(reader, writer, at)) this.fields(reader.fields, writer.fields, at);
    } else if (reader.kind === 'enum' && writer.kind === 'enum') {
      if (!this.isNamed(reader, writer, at) || reader.fallback !== undefined) return;
      const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
      if (missing.length > 0) this.problems.push(`MISSING_ENUM_SYMBOLS at ${at}: the reader lacks ${missing.join(', ')}`);
    } else if (reader.kind === 'fixed' && writer.kind === 'fixed') {
      if (this.isNamed(reader, writer, at) && reader.size !== writer.size)
        this.problems.push(`FIXED_SIZE_MISMATCH at ${at}: ${writer.size} bytes are written, ${reader.size} are read`);
    } else if (reader.kind === 'array' && writer.kind === 'array') this.check(reader.items, writer.items, `${at}items/`);
    else if (reader.kind === 'map' && writer.kind === 'map') this.check(reader.values, writer.values, `${at}values/`);
    else if (reader.kind !== writer.kind && !TAKES[reader.kind as Primitive]?.includes(writer.kind as Primitive))
      this.problems.push(`TYPE_MISMATCH at ${at}: ${nameOf(writer)} is written, ${nameOf(reader)} is read`);
  }

  private isNamed(reader: Named, writer: Named, at: string): boolean {
    if (simpleName(reader.name) === simpleName(writer.name) || reader.aliases.includes(writer.name)) return true;
    this.problems.push(`NAME_MISMATCH at ${at}: "${writer.name}" is written, "${reader.name}" is read`);
    return false;
  }

  private fields(reader: readonly AvroField[], writer: readonly AvroField[], at: string): void {
    for (const field of reader) {
      const written = writer.find((w) => w.name === field.name) ?? writer.find((w) => field.aliases.includes(w.name));
      const place = `${at}fields/${field.name}/`;
      if (written) this.check(field.type, written.type, place);
      else if (field.fallback === undefined)
        this.problems.push(`READER_FIELD_MISSING_DEFAULT_VALUE at ${place}: nobody writes it, and it has no default`);
    }
  }
}

interface Named {
  readonly name: string;
  readonly aliases: readonly string[];
}

const simpleName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const nameOf = (type: AvroType): string => ('name' in type ? `${type.kind} "${type.name}"` : type.kind);
