import type { Statement } from '../../sql/ast/index.ts';
import { namesOf } from '../../sql/bind/dependencies.ts';
import type { ParseResult } from '../../sql/syntax/index.ts';
import type { QuerySpec } from '../spec/test-spec.ts';

type Property = string | number | boolean;

/** A statement that can be tested, with its name in the script. */
export interface TestableStatement {
  readonly index: number;
  readonly name: string;
  readonly statement: Statement;
}

export function testableStatements(parsed: ParseResult): TestableStatement[] {
  return parsed.statements.flatMap((statement, index): TestableStatement[] => {
    if (statement.kind === 'create' && statement.query) return [{ index, name: statement.name.text, statement }];
    if (statement.kind === 'query' || statement.kind === 'insert')
      return [{ index, name: parsed.info[index]?.name ?? `stmt_${index}`, statement }];
    return [];
  });
}

/**
 * The statement that a query of a spec means: its name; a sink that it lists; the only statement; the longest statement name that begins
 * its own (`market_aggregates_high_volume` tests `market_aggregates` again). Undefined: none.
 */
export function statementFor(
  query: Pick<QuerySpec, 'name' | 'outputs'>,
  statements: readonly TestableStatement[],
): TestableStatement | undefined {
  const exact = statements.find((s) => s.name === query.name);
  if (exact) return exact;
  const bySink = statements.find((s) => query.outputs?.some((o) => o.sink === s.name || namesOf(s.statement).writes.includes(o.sink)));
  if (bySink) return bySink;
  if (statements.length === 1) return statements[0];
  return [...statements].filter((s) => query.name.startsWith(s.name)).sort((a, b) => b.name.length - a.name.length)[0];
}

/** The part of a script that one statement needs, the statement last; `supplied` relations are fed from outside. */
export function sqlFor(sql: string, parsed: ParseResult, target: TestableStatement, supplied: ReadonlySet<string>): string {
  const wanted = new Set<number>([target.index]);
  const queue = [...namesOf(target.statement).reads];
  const seen = new Set<string>();
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const [i, s] of parsed.statements.entries()) {
      if (i === target.index || wanted.has(i)) continue;
      const isDeclaration = s.kind === 'create' && !s.query && s.name.text === name;
      const makes = s.kind === 'create' && s.query && s.name.text === name;
      const fills = s.kind === 'insert' && namesOf(s).writes.includes(name);
      if (!isDeclaration && (supplied.has(name) || !(makes || fills))) continue;
      wanted.add(i);
      if (makes || fills) queue.push(...namesOf(s).reads);
    }
  }
  const order = [...wanted].filter((i) => i !== target.index).sort((a, b) => a - b);
  const text = (i: number): string => {
    const { start, end } = (parsed.statements[i] as Statement).span;
    return sql.slice(start, end).replace(/;\s*$/, '');
  };
  return [...order, target.index].map(text).join(';\n');
}

/** Properties of a relation or sink, without its name before the key. */
export function propertiesOf(parsed: ParseResult, name: string): Map<string, Property> {
  const found = new Map<string, Property>();
  for (const s of parsed.statements) {
    const query = s.kind === 'query' || s.kind === 'create' ? s.query : undefined;
    const own = s.kind === 'create' && s.name.text === name ? s.properties : [];
    for (const { key, value } of own) found.set(key.startsWith(`${name}.`) ? key.slice(name.length + 1) : key, value);
    for (const { key, value } of query?.properties ?? []) if (key.startsWith(`${name}.`)) found.set(key.slice(name.length + 1), value);
  }
  return found;
}

export const propertyText = (properties: ReadonlyMap<string, Property>, ...keys: readonly string[]): string | undefined => {
  for (const key of keys) {
    const value = properties.get(key);
    if (value !== undefined) return String(value);
  }
  return undefined;
};

/** Sinks of a statement: INTO and INSERT targets, else the relation it makes. */
export function sinksOf(target: TestableStatement): string[] {
  const written = namesOf(target.statement).writes;
  return written.length > 0 ? [...written] : [target.name];
}

export interface WrittenFile {
  readonly path: string;
  readonly format: unknown;
}

/** Files that a query would write: those of its sinks, and the one that its spec names. */
export function writtenFiles(query: Pick<QuerySpec, 'output'>, target: TestableStatement, parsed: ParseResult): WrittenFile[] {
  const files: WrittenFile[] = [];
  for (const sink of sinksOf(target)) {
    const properties = propertiesOf(parsed, sink);
    const path = propertyText(properties, 'path', 'sink.path');
    if (/file_sink/.test(propertyText(properties, 'type') ?? '') && path !== undefined)
      files.push({ path, format: propertyText(properties, 'format', 'value.format') });
  }
  const sink = query.output?.['sink_type'];
  const named = typeof sink === 'object' && sink !== null ? (sink as Record<string, unknown>) : {};
  if (typeof named['path'] === 'string') files.push({ path: named['path'], format: named['format'] });
  return files;
}
