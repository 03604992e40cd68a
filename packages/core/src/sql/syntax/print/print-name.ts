import type { Name, Property, RelationName, TypeName } from '../../ast/index.ts';
import { isReserved, KEYWORDS } from '../token-types.ts';
import type { PrintTarget } from './print-target.ts';

const BARE = /^[\p{L}_][\p{L}\p{M}\p{Nd}_]*$/u;
/** Words that begin something else where a column is expected; as names they need quotes to be safe anywhere. */
const UNSAFE: ReadonlySet<string> = new Set([
  'TRUE',
  'FALSE',
  'END',
  'CAST',
  'TRY_CAST',
  'EXTRACT',
  'ON',
  'ARRAY',
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
]);

const bare = (text: string): boolean => BARE.test(text) && !isReserved(text.toUpperCase());

/** A string literal. The reference has no doubled quotes, so there the other kind of quote is taken if that helps. */
export function printString(value: string, target: PrintTarget): string {
  if (target === 'velostream' && value.includes("'") && !value.includes('"')) return `"${value}"`;
  return `'${value.replaceAll("'", "''")}'`;
}

/** A column or one part of its path. */
export const printColumnName = (name: Name): string =>
  name.quoted || !bare(name.text) ? `\`${name.text.replaceAll('`', '``')}\`` : name.text;

/** A name where nothing but a name can stand: alias, relation, object. */
export function printName(name: Name, target: PrintTarget): string {
  if (!name.quoted && bare(name.text)) return name.text;
  if (target === 'velostream' && !name.text.includes('"')) return `"${name.text}"`;
  return printColumnName({ ...name, quoted: true });
}

/** The reference wants no AS before the alias of a relation; without it a keyword would be read as the start of a clause. */
export function printRelationAlias(name: Name, target: PrintTarget): string {
  const keyword = !name.quoted && KEYWORDS.has(name.text.toUpperCase());
  if (keyword && target === 'velostream') return ` ${printName({ ...name, quoted: true }, target)}`;
  return `${keyword ? ' AS' : ''} ${printName(name, target)}`;
}

/** Like `printName`, for a column given as text. */
export const printBareColumn = (text: string): string =>
  bare(text) && !UNSAFE.has(text.toUpperCase()) ? text : `\`${text.replaceAll('`', '``')}\``;

export const printRelation = (relation: RelationName, target: PrintTarget): string =>
  relation.kind === 'uri' ? printString(relation.uri, target) : printName(relation.name, target);

const PLAIN_TYPES: ReadonlyMap<string, string> = new Map([
  ['BIGINT', 'INTEGER'],
  ['SMALLINT', 'INTEGER'],
  ['TINYINT', 'INTEGER'],
  ['LONG', 'INTEGER'],
  ['DOUBLE PRECISION', 'DOUBLE'],
  ['CHAR', 'STRING'],
  ['DATETIME', 'TIMESTAMP'],
]);

export function printType(type: TypeName, target: PrintTarget): string {
  if (type.fields.length > 0)
    return `${type.name}<${type.fields.map((f) => `${printName(f.name, 'studio')} ${printType(f.type, target)}`).join(', ')}>`;
  const elements = type.elements.map((e) => printType(e, target)).join(', ');
  if (target === 'velostream') {
    if (elements !== '') return `${type.name}(${elements})`;
    if (type.name === 'DECIMAL' || type.name === 'NUMERIC' || type.name === 'SCALED_INTEGER') return withNumbers(type);
    return PLAIN_TYPES.get(type.name) ?? type.name;
  }
  return elements === '' ? withNumbers(type) : `${type.name}<${elements}>`;
}

const withNumbers = (type: TypeName): string => (type.arguments.length === 0 ? type.name : `${type.name}(${type.arguments.join(', ')})`);

export function printProperty(property: Property, target: PrintTarget): string {
  const { value } = property;
  const text =
    typeof value === 'string' || target === 'velostream'
      ? printString(String(value), target)
      : typeof value === 'boolean'
        ? String(value).toUpperCase()
        : String(value);
  return `${printString(property.key, target)} = ${text}`;
}
