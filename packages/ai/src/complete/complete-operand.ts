import type { ColumnSchema, TableSchema } from '@velostream/core/protocol';
import { quoteName, quoteText } from '../ir/quote.ts';
import { columnFacts, kindOfType } from '../offline/column-facts.ts';
import { relationsIn } from './complete-word.ts';

type Schemas = Readonly<Record<string, TableSchema>>;

const NAME = '(?:([A-Za-z_]\\w*)\\.)?`?([A-Za-z_]\\w*)`?';
const AFTER_VALUE = new RegExp(`\\b(WHERE|AND|OR|HAVING|WHEN|ON)\\s+(?:NOT\\s+)?${NAME}$`, 'i');
const AFTER_SIGN = new RegExp(`${NAME}\\s*(=|<>|!=|<=|>=|<|>)$`, 'i');
const AFTER_FIGURE = /\bHAVING\s+(?:[\s\S]*\b(?:AND|OR)\s+)?([A-Z_]+\s*\([^()]*\))$/i;
const KEYWORD = /^(?:NULL|TRUE|FALSE|NOT|EXISTS|CASE|INTERVAL|NOW)$/i;

function columnOf(alias: string | undefined, name: string, tail: string, schemas: Schemas): ColumnSchema | undefined {
  const relations = relationsIn(tail, schemas);
  const table = alias === undefined ? undefined : relations.get(alias.toLowerCase());
  const tables = table === undefined ? [...new Set(relations.values())] : [table];
  for (const t of tables) {
    const found = schemas[t]?.columns.find((c) => c.name.toLowerCase() === name.toLowerCase());
    if (found) return found;
  }
  return undefined;
}

function valueFor(column: ColumnSchema | undefined): string {
  const [first] = column?.values ?? [];
  const kind = column ? kindOfType(column.type) : 'number';
  if (kind === 'text') return quoteText(first === undefined ? '' : String(first));
  if (kind === 'boolean') return 'TRUE';
  if (kind === 'time') return "NOW() - INTERVAL '1' HOUR";
  return first === undefined ? '0' : String(first);
}

/** The other side of `t.order_id =` in a join: the column of that name, else the key, of the relation that was joined. */
function otherSide(alias: string | undefined, name: string, tail: string, schemas: Schemas): string | undefined {
  if (!/\bON\b(?![\s\S]*\b(?:WHERE|GROUP|HAVING)\b)/i.test(tail)) return undefined;
  const relations = relationsIn(tail, schemas);
  const mine = alias === undefined ? undefined : relations.get(alias.toLowerCase());
  const shown = new Map<string, string>();
  for (const [called, table] of relations) if (called !== table.toLowerCase() || !shown.has(table)) shown.set(table, called);
  for (const [table, called] of shown) {
    if (table === mine) continue;
    const columns = schemas[table]?.columns ?? [];
    const found = columns.find((c) => c.name === name) ?? columns.find((c) => columnFacts(table, c).isId);
    if (found) return `${called}.${quoteName(found.name)}`;
  }
  return undefined;
}

/** Two streams are joined within a time. */
const within = (tail: string, schemas: Schemas): string =>
  [...relationsIn(tail, schemas).values()].some((name) => schemas[name]?.kind === 'table') ? '' : " WITHIN INTERVAL '5' MINUTE";

const emitOf = (tail: string): string => (/\bWINDOW\b/i.test(tail) ? 'EMIT FINAL' : 'EMIT CHANGES');

/** Sizes of a window that was opened. */
function inWindow(tail: string): string | undefined {
  const [, kind = '', inside = ''] = /\bWINDOW\s+(TUMBLING|SLIDING|SESSION)\s*\(([^()]*)$/i.exec(tail) ?? [];
  if (kind === '') return undefined;
  const end = `${/SLIDING/i.test(kind) && !inside.includes(',') ? ", INTERVAL '1' MINUTE" : ''}) EMIT FINAL`;
  const last = inside.slice(inside.lastIndexOf(',') + 1).trim();
  if (last === '') return `INTERVAL '5' MINUTE${end}`;
  if (/^INTERVAL$/i.test(last)) return `'5' MINUTE${end}`;
  if (/^INTERVAL\s+'\d+'$/i.test(last)) return `MINUTE${end}`;
  if (/^INTERVAL\s+'\d+'\s+[A-Z]+$/i.test(last) || /^\d+[smhd]$/i.test(last)) return end;
  return undefined;
}

/** What a value, a comparison or a window that was begun still needs, by the types of its columns. */
export function completeOperand(tail: string, schemas: Schemas): string | undefined {
  const window = inWindow(tail);
  if (window !== undefined) return window;
  if (/\bWITHIN$/i.test(tail)) return `INTERVAL '5' MINUTE ${emitOf(tail)}`;
  if (/\bWITHIN\s+INTERVAL$/i.test(tail)) return `'5' MINUTE ${emitOf(tail)}`;
  const sign = AFTER_SIGN.exec(tail);
  if (sign) {
    const [, alias, name = '', operator = ''] = sign;
    const other = operator === '=' ? otherSide(alias, name, tail, schemas) : undefined;
    if (other !== undefined) return `${other}${within(tail, schemas)} EMIT CHANGES`;
    const column = columnOf(alias, name, tail, schemas);
    return column ? `${valueFor(column)} ${emitOf(tail)}` : undefined;
  }
  const figure = AFTER_FIGURE.exec(tail);
  if (figure) return `> 1 ${emitOf(tail)}`;
  const value = AFTER_VALUE.exec(tail);
  const [, word = '', alias, name = ''] = value ?? [];
  // `BETWEEN a AND b` is whole.
  if (/^AND$/i.test(word) && /\bBETWEEN\s+\S+\s+AND\s+\S+$/i.test(tail)) return undefined;
  if (name === '' || KEYWORD.test(name)) return undefined;
  if (/^ON$/i.test(word)) {
    const other = otherSide(alias, name, tail, schemas);
    return other === undefined ? undefined : `= ${other}${within(tail, schemas)} EMIT CHANGES`;
  }
  const column = columnOf(alias, name, tail, schemas);
  if (!column || /^BOOL/i.test(column.type) || /^WHEN$/i.test(word)) return undefined;
  const operator = kindOfType(column.type) === 'text' ? '=' : '>';
  return `${operator} ${valueFor(column)} ${emitOf(tail)}`;
}
