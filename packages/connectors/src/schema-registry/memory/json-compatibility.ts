import { constraintProblems } from './json-constraints.ts';

type Keywords = Readonly<Record<string, unknown>>;
type JsonNode = boolean | Keywords;

const DEPTH_MAX = 100;
const ANNOTATIONS = new Set(['$schema', '$id', 'id', 'title', 'description', 'default', 'examples', '$comment', 'definitions', '$defs']);
const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/**
 * Why data that was written under one schema may not be valid under another, each with its place; empty: it always is. The rules are those that
 * Confluent documents, with its content models: a property may be added to objects that were closed, and left out of those that are open.
 */
export function jsonProblems(reader: unknown, writer: unknown): readonly string[] {
  const problems: string[] = [];
  new Comparison(nodeOf(reader), nodeOf(writer), problems).check(nodeOf(reader), nodeOf(writer), '#/');
  return problems;
}

const nodeOf = (value: unknown): JsonNode =>
  typeof value === 'boolean' ? value : typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonNode) : {};
const isAnything = (node: JsonNode): boolean =>
  node === true || (node !== false && Object.keys(node).every((name) => ANNOTATIONS.has(name)));
const namesOf = (node: JsonNode): readonly string[] => (typeof node === 'boolean' ? [] : Object.keys(propertiesOf(node)));
const propertiesOf = (node: JsonNode): Readonly<Record<string, unknown>> =>
  typeof node === 'boolean' ? {} : (nodeOf(node['properties']) as Readonly<Record<string, unknown>>);
const listOf = (node: JsonNode, keyword: string): readonly unknown[] => {
  const value = typeof node === 'boolean' ? undefined : node[keyword];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
};
const requires = (node: JsonNode, name: string): boolean => listOf(node, 'required').includes(name);
const hasDefault = (value: unknown): boolean => Object.hasOwn(Object(nodeOf(value)), 'default');

class Comparison {
  private readonly roots: { readonly reader: JsonNode; readonly writer: JsonNode };
  private readonly problems: string[];
  /** Pairs that are being compared: schemas may lead back to themselves. */
  private readonly seen: Map<JsonNode, Set<JsonNode>>;

  constructor(reader: JsonNode, writer: JsonNode, problems: string[], seen = new Map<JsonNode, Set<JsonNode>>()) {
    this.roots = { reader, writer };
    this.problems = problems;
    this.seen = seen;
  }

  check(givenReader: JsonNode, givenWriter: JsonNode, at: string): void {
    const [reader, writer] = [follow(givenReader, this.roots.reader), follow(givenWriter, this.roots.writer)];
    if (isAnything(reader) || writer === false) return;
    if (reader === false) this.tell('TYPE_CHANGED', at, 'nothing is valid any more');
    else if (reader !== true && !this.isSeen(reader, writer)) this.compare(reader, writer, at);
  }

  private compare(reader: Keywords, writer: JsonNode, at: string): void {
    if (isAnything(writer)) this.tell('TYPE_NARROWED', at, 'anything was valid, and now only some of it is');
    else if (typeof writer === 'boolean') return;
    else if ('$ref' in reader || '$ref' in writer) this.references(reader, writer, at);
    else if (!this.alternatives(reader, writer, at)) {
      this.types(reader, writer, at);
      this.problems.push(...constraintProblems(reader, writer, at));
      this.all(reader, writer, at);
      this.objects(reader, writer, at);
      this.arrays(reader, writer, at);
    }
  }

  private tell(rule: string, at: string, what: string): void {
    this.problems.push(`${rule} at ${at}: ${what}`);
  }

  private isSeen(reader: JsonNode, writer: JsonNode): boolean {
    const known = this.seen.get(reader) ?? new Set();
    this.seen.set(reader, known);
    if (known.has(writer)) return true;
    if (known.size > DEPTH_MAX) return true;
    known.add(writer);
    return false;
  }

  /** What another document defines is compared by its name. */
  private references(reader: JsonNode, writer: JsonNode, at: string): void {
    const [to, from] = [reader, writer].map((node) => (typeof node === 'boolean' ? undefined : node['$ref']));
    if (to !== from) this.tell('TYPE_CHANGED', at, 'it refers to another schema');
  }

  /** `anyOf` and `oneOf`: each that was written needs one that reads it. */
  private alternatives(reader: JsonNode, writer: JsonNode, at: string): boolean {
    const any = (node: JsonNode) => [...listOf(node, 'anyOf'), ...listOf(node, 'oneOf')].map(nodeOf);
    const [read, written] = [any(reader), any(writer)];
    if (read.length === 0 && written.length === 0) return false;
    const fits = (to: JsonNode, from: JsonNode): boolean => {
      const problems: string[] = [];
      const seen = new Map([...this.seen].map(([node, others]) => [node, new Set(others)]));
      new Comparison(this.roots.reader, this.roots.writer, problems, seen).check(to, from, at);
      return problems.length === 0;
    };
    const from = written.length === 0 ? [writer] : written;
    const to = read.length === 0 ? [reader] : read;
    if (read.length === 0 && written.length > 1) this.tell('TYPE_CHANGED', at, 'there were several alternatives');
    else if (!from.every((one) => to.some((other) => fits(other, one))))
      this.tell('SUM_TYPE_NARROWED', at, 'an alternative is gone or narrower');
    return true;
  }

  private types(reader: JsonNode, writer: JsonNode, at: string): void {
    const [read, written] = [typesOf(reader), typesOf(writer)];
    const lost = written.filter((type) => !read.includes(type) && !(type === 'integer' && read.includes('number')));
    if (lost.length > 0) this.tell('TYPE_CHANGED', at, `${lost.join(', ')} ${lost.length === 1 ? 'is' : 'are'} no longer valid`);
  }

  private all(reader: JsonNode, writer: JsonNode, at: string): void {
    const [read, written] = [listOf(reader, 'allOf').map(nodeOf), listOf(writer, 'allOf').map(nodeOf)];
    for (const [i, node] of read.entries()) {
      if (written[i] === undefined) this.tell('PRODUCT_TYPE_EXTENDED', `${at}allOf/${i}/`, 'something more is asked for');
      else this.check(node, written[i], `${at}allOf/${i}/`);
    }
  }

  private objects(reader: JsonNode, writer: JsonNode, at: string): void {
    for (const name of new Set([...namesOf(writer), ...namesOf(reader)])) {
      const [read, written] = [propertiesOf(reader)[name], propertiesOf(writer)[name]];
      const place = `${at}properties/${name}/`;
      if (read === undefined) this.removed(reader, nodeOf(written), name, place);
      else if (written === undefined) this.added(reader, writer, name, place);
      else {
        this.check(nodeOf(read), nodeOf(written), place);
        if (requires(reader, name) && !requires(writer, name) && !hasDefault(read))
          this.tell('REQUIRED_ATTRIBUTE_ADDED', place, 'it became required, and has no default');
      }
    }
    const [read, written] = [restOf(reader), restOf(writer)];
    if (read === false && written !== false) this.tell('ADDITIONAL_PROPERTIES_REMOVED', at, 'further properties are no longer valid');
    else if (read !== false && written !== false && (isAnything(written) ? !isAnything(read) : true))
      this.check(read, written, `${at}additionalProperties/`);
  }

  private removed(reader: JsonNode, written: JsonNode, name: string, at: string): void {
    if (isOpen(reader)) return;
    const rest = coverOf(reader, name);
    if (rest !== false) this.check(rest, written, at);
    else if (written !== false) this.tell('PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL', at, 'it is no longer valid');
  }

  private added(reader: JsonNode, writer: JsonNode, name: string, at: string): void {
    const read = propertiesOf(reader)[name];
    if (isOpen(writer)) {
      if (!isAnything(nodeOf(read))) this.tell('PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL', at, 'anything may have been written there');
      return;
    }
    const rest = coverOf(writer, name);
    if (rest !== false) this.check(nodeOf(read), rest, at);
    if (requires(reader, name) && !hasDefault(read))
      this.tell('REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL', at, 'nobody wrote it, and it has no default');
  }

  private arrays(reader: JsonNode, writer: JsonNode, at: string): void {
    const [read, written] = [itemsOf(reader), itemsOf(writer)];
    for (let i = 0; i < Math.max(read.first.length, written.first.length); i++) {
      const [to, from] = [read.first[i] ?? read.rest, written.first[i] ?? written.rest];
      this.check(to, from, `${at}items/${i}/`);
    }
    this.check(read.rest, written.rest, `${at}items/`);
  }
}

/** A reference within its own document, as far as it leads there. */
function follow(node: JsonNode, root: JsonNode): JsonNode {
  let found = node;
  for (let steps = 0; typeof found !== 'boolean' && typeof found['$ref'] === 'string' && steps < DEPTH_MAX; steps++) {
    const path = found['$ref'];
    if (!path.startsWith('#')) return found;
    const parts = path
      .slice(1)
      .split('/')
      .filter(Boolean)
      .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
    const target = parts.reduce<unknown>((at, part) => (Object.hasOwn(Object(at), part) ? Object(at)[part] : undefined), root);
    if (target === undefined) return found;
    found = nodeOf(target);
  }
  return found;
}

function typesOf(node: JsonNode): readonly string[] {
  if (typeof node === 'boolean') return TYPES;
  const { type } = node;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.map(String);
  // Without a type, what is said of objects holds for objects only.
  return TYPES;
}

const restOf = (node: JsonNode): JsonNode => {
  const value = typeof node === 'boolean' ? undefined : node['additionalProperties'];
  return value === undefined ? true : nodeOf(value);
};

const isOpen = (node: JsonNode): boolean =>
  typeof node === 'boolean' || (Object.keys(Object(node['patternProperties'])).length === 0 && restOf(node) === true);

/** What a name that is no property has to be: that of its pattern, else of all the rest. */
function coverOf(node: JsonNode, name: string): JsonNode {
  const patterns = typeof node === 'boolean' ? {} : nodeOf(node['patternProperties']);
  // Patterns are compared as texts and not run: they come from whoever registers a schema.
  for (const [pattern, schema] of Object.entries(patterns)) if (pattern === `^${name}$`) return nodeOf(schema);
  return restOf(node);
}

function itemsOf(node: JsonNode): { readonly first: readonly JsonNode[]; readonly rest: JsonNode } {
  if (typeof node === 'boolean') return { first: [], rest: true };
  const { items, prefixItems, additionalItems } = node;
  if (Array.isArray(items)) return { first: items.map(nodeOf), rest: additionalItems === undefined ? true : nodeOf(additionalItems) };
  return { first: Array.isArray(prefixItems) ? prefixItems.map(nodeOf) : [], rest: items === undefined ? true : nodeOf(items) };
}
