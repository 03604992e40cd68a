import type { Field } from '@velostream/core/connect';
import { ANY, arrayOf, mapOf, type SqlType } from '@velostream/core/connect/formats';
import type { SchemaElement } from './footer.ts';
import { type LeafType, leafType } from './leaf-type.ts';
import { ThriftProblem } from './thrift.ts';

const DEPTH_MAX = 64;
const NODES_MAX = 100_000;

/** A node of the schema, with the levels at which it begins to exist. */
export interface SchemaNode {
  readonly element: SchemaElement;
  readonly children: readonly SchemaNode[];
  /** Definition level from which the node is there (not NULL; for repeated ones: has an element). */
  readonly definition: number;
  readonly repetition: number;
  /** Index among the columns of a row group; -1 for groups. */
  readonly leaf: number;
  readonly leafType: LeafType | undefined;
}

export interface ParquetSchema {
  readonly top: readonly SchemaNode[];
  readonly leaves: readonly SchemaNode[];
  readonly fields: readonly Field[];
}

export function schemaOf(elements: readonly SchemaElement[]): ParquetSchema {
  if (elements.length > NODES_MAX) throw new ThriftProblem(`the schema has ${elements.length} nodes`);
  const leaves: SchemaNode[] = [];
  let next = 0;
  const take = (definition: number, repetition: number, depth: number): SchemaNode => {
    const element = elements[next++];
    if (element === undefined || depth > DEPTH_MAX) throw new ThriftProblem('the schema is cut off or nested too deep');
    const isRoot = depth === 0;
    const d = definition + (isRoot || element.repetition === 'required' ? 0 : 1);
    const r = repetition + (!isRoot && element.repetition === 'repeated' ? 1 : 0);
    if (element.children > elements.length) throw new ThriftProblem('a node has more children than there are nodes');
    const isLeaf = element.children === 0 && element.physical !== undefined;
    const children: SchemaNode[] = [];
    const leaf = isLeaf ? leaves.length : -1;
    if (!isLeaf) for (let i = 0; i < element.children; i++) children.push(take(d, r, depth + 1));
    const node = { element, children, definition: d, repetition: r, leaf, leafType: isLeaf ? leafType(element) : undefined };
    if (isLeaf) leaves.push(node);
    return node;
  };
  const root = take(0, 0, 0);
  return {
    top: root.children,
    leaves,
    fields: root.children.map((node) => ({
      name: node.element.name,
      type: typeOf(node),
      nullable: node.element.repetition !== 'required',
    })),
  };
}

const LIST = 3;
const CONVERTED_LIST = 3;
const MAP = 2;
const CONVERTED_MAP = 1;
const CONVERTED_MAP_KEY_VALUE = 2;

/** The shape of a group, once its annotation is taken into account. */
export type GroupShape =
  | { readonly kind: 'list'; readonly repeated: SchemaNode; readonly element: SchemaNode }
  | { readonly kind: 'map'; readonly repeated: SchemaNode; readonly key: SchemaNode; readonly value: SchemaNode | undefined }
  | { readonly kind: 'struct' };

export function groupShape(node: SchemaNode): GroupShape {
  const { converted, logical } = node.element;
  const repeated = node.children[0];
  const isSingle = node.children.length === 1 && repeated?.element.repetition === 'repeated';
  if (!isSingle || repeated === undefined) return { kind: 'struct' };
  if (logical?.kind === LIST || (logical === undefined && converted === CONVERTED_LIST)) {
    const { name } = repeated.element;
    const isPlain =
      repeated.children.length === 1 && name !== 'array' && name !== `${node.element.name}_tuple` && repeated.children[0] !== undefined;
    return { kind: 'list', repeated, element: isPlain ? (repeated.children[0] as SchemaNode) : repeated };
  }
  const isMap = logical?.kind === MAP || (logical === undefined && (converted === CONVERTED_MAP || converted === CONVERTED_MAP_KEY_VALUE));
  const [key, value] = repeated.children;
  return isMap && key !== undefined && repeated.children.length <= 2 ? { kind: 'map', repeated, key, value } : { kind: 'struct' };
}

/** Type of a field, its own repetition included. */
export function typeOf(node: SchemaNode): SqlType {
  return node.element.repetition === 'repeated' ? arrayOf(contentType(node)) : contentType(node);
}

/** Type of one occurrence of a node. */
export function contentType(node: SchemaNode): SqlType {
  if (node.leafType !== undefined) return node.leafType.type;
  const shape = groupShape(node);
  if (shape.kind === 'list') return arrayOf(shape.element === shape.repeated ? contentType(shape.element) : typeOf(shape.element));
  if (shape.kind === 'map') return mapOf(shape.value === undefined ? ANY : typeOf(shape.value));
  return { kind: 'struct', fields: node.children.map((child) => ({ name: child.element.name, type: typeOf(child) })) };
}
