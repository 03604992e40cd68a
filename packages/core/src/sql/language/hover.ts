import type { Span } from '../../diagnostics/span.ts';
import { provideWholeLanguage } from '../bind/whole-language.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import { findFunction } from '../functions/registry.ts';
import { signatureOf } from '../functions/signature.ts';
import * as t from '../syntax/token-types.ts';
import { type Cursor, cursorAt, isName, tokenAt, upper } from './cursor.ts';
import { keywordHelp } from './keyword-help.ts';
import { placeAt } from './place.ts';
import { SYSTEM_COLUMNS } from './proposals.ts';
import { type ColumnInfo, columnsOf, type LanguageOptions, relationsAt, sourcesAt } from './scope.ts';

/** What an editor shows over a word. */
export interface Hover {
  /** Markdown. */
  readonly contents: string;
  /** The word it speaks of. */
  readonly span: Span;
}

/** Explains the function, column, relation or keyword at `offset`; null when there is nothing to say. Works on text that does not parse. */
export function hover(sql: string, offset: number, options: LanguageOptions = {}): Hover | null {
  provideWholeLanguage();
  const cursor = cursorAt(sql, offset);
  const found = cursor.comment ? undefined : tokenAt(cursor);
  if (!found) return null;
  const { token, index } = found;
  const span = { start: token.startOffset, end: token.endOffset + 1 };
  const contents = explain({ ...cursor, index }, index, options);
  return contents === undefined ? null : { contents, span };
}

function explain(cursor: Cursor, index: number, options: LanguageOptions): string | undefined {
  const { tokens } = cursor;
  const token = tokens[index];
  if (!token) return undefined;
  if (isName(token) && tokens[index + 1]?.tokenType === t.LParen) {
    const text = functionText(token.image, upper(tokens[index - 1]) !== '.');
    if (text !== undefined) return text;
  }
  const place = placeAt(cursor);
  if (place.kind === 'relation') {
    const relation = relationsAt(cursor, options).find(token.value);
    return relation ? relationText(relation) : undefined;
  }
  if (isName(token)) {
    const column = columnText(cursor, index, options);
    if (column !== undefined) return column;
  }
  return keywordHelp(upper(token));
}

function functionText(name: string, plain: boolean): string | undefined {
  const definition = plain ? findFunction(name) : undefined;
  if (!definition) return undefined;
  const examples = definition.examples
    .slice(0, 2)
    .map((e) => `- \`${e.sql}\` gives \`${JSON.stringify(e.gives, (_, v) => (typeof v === 'bigint' ? `${v}` : v))}\``);
  return [`\`${signatureOf(definition)}\``, definition.summary, ...(examples.length > 0 ? [examples.join('\n')] : [])].join('\n\n');
}

function relationText(relation: CatalogRelation): string {
  const columns = columnsOf(relation)
    .slice(0, 20)
    .map((c) => `- \`${c.name}\` ${c.type}`);
  const more = relation.fields.length > 20 ? [`- … ${relation.fields.length - 20} more`] : [];
  return [
    `**${relation.name}** (${relation.kind})`,
    ...(relation.description ? [relation.description] : []),
    [...columns, ...more].join('\n'),
  ]
    .filter((x) => x !== '')
    .join('\n\n');
}

function columnText(cursor: Cursor, index: number, options: LanguageOptions): string | undefined {
  const { tokens } = cursor;
  const name = tokens[index]?.value ?? '';
  const system = SYSTEM_COLUMNS.find((c) => c.name === name.toUpperCase());
  if (system) return describe(system, undefined);
  const levels = sourcesAt(cursor, relationsAt(cursor, options)).flat();
  if (tokens[index + 1]?.tokenType === t.Dot) {
    const source = levels.find((s) => s.alias === name);
    if (source?.relation) return relationText(source.relation);
  }
  const qualifier = tokens[index - 1]?.tokenType === t.Dot ? tokens[index - 2]?.value : undefined;
  const source = levels.find((s) => (qualifier === undefined || s.alias === qualifier) && s.columns.some((c) => c.name === name));
  const column = source?.columns.find((c) => c.name === name);
  return column && describe(column, source?.alias);
}

function describe(column: ColumnInfo, from: string | undefined): string {
  const tags = column.tags?.length ? [`Tags: ${column.tags.join(', ')}`] : [];
  return [
    `\`${column.name}\` ${column.type}${from ? ` of **${from}**` : ''}`,
    ...(column.description ? [column.description] : []),
    ...tags,
  ].join('\n\n');
}
