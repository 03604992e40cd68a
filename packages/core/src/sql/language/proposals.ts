import { PROPERTY_KEYS, ruleOf } from '../bind/property-keys.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type FunctionInfo, listFunctions } from '../functions/all-functions.ts';
import { knownNames } from '../syntax/annotation/known-names.ts';
import { unitNames } from '../syntax/interval.ts';
import { printBareColumn } from '../syntax/print/print-name.ts';
import { typeNames } from '../syntax/type-names.ts';
import { keyword, type Proposal, snippet } from './completion.ts';
import type { ColumnInfo, SourceInfo } from './scope.ts';

let functions: readonly Proposal[] | undefined;

/** Every function once, with its signature. Made at first use: importing costs nothing. */
export function functionProposals(): readonly Proposal[] {
  functions ??= listFunctions().map((f: FunctionInfo) => {
    const name = f.name.toUpperCase();
    const example = f.examples[0];
    return {
      label: name,
      kind: 'function',
      insertText: f.signature.includes('()') ? `${name}()` : `${name}(`,
      detail: f.signature,
      documentation: example ? `${f.summary} Example: ${example.sql}` : f.summary,
      sortText: `3${name}`,
    };
  });
  return functions;
}

export function columnProposal(column: ColumnInfo, from?: string): Proposal {
  const about = [column.description, column.tags?.length ? `Tags: ${column.tags.join(', ')}.` : undefined].filter((x) => x !== undefined);
  return {
    label: column.name,
    kind: 'column',
    insertText: printBareColumn(column.name),
    detail: from === undefined ? column.type : `${column.type} of ${from}`,
    ...(about.length > 0 && { documentation: about.join(' ') }),
    sortText: `1${column.name}`,
  };
}

/** Columns of the sources in scope, each with its alias where there are several; then the aliases. */
export function scopeProposals(sources: readonly SourceInfo[], nested: boolean): Proposal[] {
  const several = sources.length > 1;
  const columns = sources.flatMap((source) => source.columns.map((column) => ({ source, column })));
  const seen = new Map<string, number>();
  for (const { column } of columns) seen.set(column.name, (seen.get(column.name) ?? 0) + 1);
  const proposals = columns.map(({ source, column }) => {
    const plain = columnProposal(column, source.alias);
    const ambiguous = nested || (several && (seen.get(column.name) ?? 0) > 1);
    if (!ambiguous || source.alias === '') return plain;
    const label = `${printBareColumn(source.alias)}.${plain.insertText}`;
    return { ...plain, label, insertText: label, sortText: `2${label}` };
  });
  const names = several || nested ? sources.filter((s) => s.alias !== '') : [];
  return [
    ...proposals,
    ...names.map((s): Proposal => ({ label: s.alias, kind: 'relation', insertText: printBareColumn(s.alias), sortText: `2${s.alias}` })),
  ];
}

export function relationProposals(catalog: Catalog): Proposal[] {
  return catalog.names().map((name) => {
    const relation = catalog.find(name);
    return {
      label: name,
      kind: 'relation',
      insertText: printBareColumn(name),
      ...(relation && { detail: `${relation.kind}, ${relation.fields.length} columns` }),
      ...(relation?.description && { documentation: relation.description }),
      sortText: `1${name}`,
    };
  });
}

export const typeProposals = (): Proposal[] =>
  [...typeNames].map((name) => ({ label: name, kind: 'type', insertText: name, sortText: `1${name}` }));
export const unitProposals = (): Proposal[] => unitNames().map((name) => keyword(name, '1'));

export const windowProposals = (): Proposal[] => [
  snippet('TUMBLING(size)', 'TUMBLING(1m)', 'Windows of one size, one after the other.'),
  snippet('TUMBLING(time, size)', "TUMBLING(_EVENT_TIME, INTERVAL '1' MINUTE)", 'Windows of one size by a time column.'),
  snippet('SLIDING(size, advance)', 'SLIDING(10m, 1m)', 'Overlapping windows of one size, a new one every advance.'),
  snippet('SESSION(gap)', 'SESSION(30m)', 'Windows that end when a group is silent for the gap.'),
];
export const durationProposals = (): Proposal[] =>
  ['10s', '1m', '5m', '1h', "INTERVAL '5' MINUTE"].map((text) => snippet(text, text, 'A duration.'));

export function statementProposals(): Proposal[] {
  return [
    snippet('SELECT', 'SELECT * FROM ', 'Reads rows.'),
    snippet('CREATE STREAM … AS SELECT', 'CREATE STREAM name AS\nSELECT * FROM source\nEMIT CHANGES', 'Makes a stream of a query.'),
    snippet(
      'CREATE TABLE … AS SELECT',
      'CREATE TABLE name AS\nSELECT key, COUNT(*) AS count\nFROM source\nGROUP BY key',
      'Makes a materialised view of a query.',
    ),
    snippet(
      'CREATE STREAM … WITH',
      "CREATE STREAM name (id STRING, at TIMESTAMP) WITH ('type' = 'kafka_source', 'topic' = 'name')",
      'Declares a source.',
    ),
    snippet('WITH … AS', 'WITH name AS (\n  SELECT * FROM source\n)\nSELECT * FROM name', 'Names a query for the statement.'),
    ...[
      'INSERT INTO',
      'UPDATE',
      'DELETE FROM',
      'DROP',
      'SHOW',
      'DESCRIBE',
      'EXPLAIN',
      'START JOB',
      'STOP JOB',
      'PAUSE JOB',
      'RESUME JOB',
      'DEPLOY JOB',
      'ROLLBACK JOB',
    ].map((word) => keyword(word)),
  ];
}

/** Keys of WITH, also with the names of sources and sinks before them; quoted unless the quotes are there. */
export function propertyProposals(names: readonly string[], quoted: boolean): Proposal[] {
  const keys = [
    ...PROPERTY_KEYS,
    ...names.flatMap((name) => ['type', 'topic', 'format', 'path', 'bootstrap.servers'].map((key) => `${name}.${key}`)),
  ];
  const own = new Set(names);
  return keys.map((key) => ({
    label: key,
    kind: 'property',
    insertText: quoted ? `'${key}'` : key,
    sortText: `${own.has(key.split('.')[0] ?? '') ? 1 : 2}${key}`,
  }));
}

/** Values that a key of WITH may have. */
export function propertyValues(key: string, quoted: boolean): Proposal[] {
  const values = ruleOf(key)?.rule.values ?? [];
  return values.map((value) => ({ label: value, kind: 'property', insertText: quoted ? `'${value}'` : value, sortText: `1${value}` }));
}

export const annotationProposals = (): Proposal[] =>
  knownNames().map((name) => ({ label: `@${name}`, kind: 'property', insertText: `@${name}: `, sortText: `1${name}` }));

const AFTER_VALUE = ['AND', 'OR', 'IN (', 'NOT IN (', 'BETWEEN', 'LIKE', 'IS NULL', 'IS NOT NULL'];
const ORDER_OF_CLAUSES = [
  'FROM',
  'WHERE',
  'GROUP BY',
  'WINDOW',
  'HAVING',
  'ORDER BY',
  'LIMIT',
  'EMIT CHANGES',
  'EMIT FINAL',
  'INTO',
  'WITH (',
  'UNION',
];
const NEXT_AFTER: Readonly<Record<string, string>> = {
  SELECT: 'FROM',
  FROM: 'WHERE',
  ON: 'WHERE',
  WHERE: 'GROUP BY',
  GROUP: 'WINDOW',
  WINDOW: 'HAVING',
  HAVING: 'ORDER BY',
  ORDER: 'LIMIT',
  LIMIT: 'EMIT CHANGES',
  EMIT: 'INTO',
  INTO: 'WITH (',
};

/** Keywords that fit after a complete value of a clause: its own words, then the clauses still to come. */
export function followingKeywords(clause: string): Proposal[] {
  const own: string[] = [];
  if (clause === 'SELECT') own.push('AS', 'OVER (', 'PRIMARY KEY');
  if (clause === 'FROM') own.push('JOIN', 'LEFT JOIN', 'ON');
  if (clause === 'ON') own.push('WITHIN', 'JOIN', 'LEFT JOIN');
  if (clause === 'ORDER') own.push('ASC', 'DESC', 'NULLS FIRST', 'NULLS LAST');
  if (clause === 'LIMIT') own.push('OFFSET');
  if (/^(SELECT|WHERE|ON|HAVING)$/.test(clause)) own.push(...AFTER_VALUE);
  const from = ORDER_OF_CLAUSES.indexOf(NEXT_AFTER[clause] ?? 'FROM');
  return [
    ...own.map((word) => keyword(word, '5')),
    ...ORDER_OF_CLAUSES.slice(Math.max(0, from)).map((word, i) => keyword(word, `6${String.fromCharCode(97 + i)}`)),
  ];
}

/** Keywords that may begin a value. */
export const valueKeywords = (): Proposal[] =>
  ['CASE WHEN', 'CAST(', 'NOT', 'NULL', 'TRUE', 'FALSE', 'INTERVAL', 'EXISTS (', 'CURRENT_TIMESTAMP', 'EXTRACT('].map((word) =>
    keyword(word),
  );
/** Columns that every relation has (§8.1). */
export const SYSTEM_COLUMNS: readonly ColumnInfo[] = [
  { name: '_TIMESTAMP', type: 'INTEGER', description: 'Time of the message, ms since the epoch.' },
  { name: '_EVENT_TIME', type: 'INTEGER', description: 'Time of the event, ms since the epoch.' },
  { name: '_OFFSET', type: 'INTEGER', description: 'Offset of the record in its source.' },
  { name: '_PARTITION', type: 'INTEGER', description: 'Partition of the record.' },
  { name: '_WINDOW_START', type: 'INTEGER', description: 'Start of the window, ms since the epoch.' },
  { name: '_WINDOW_END', type: 'INTEGER', description: 'End of the window, ms since the epoch.' },
];
