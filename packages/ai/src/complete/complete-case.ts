import type { TableSchema } from '@velostream/core/protocol';
import { quoteName } from '../ir/quote.ts';

/** What a CASE or a BETWEEN that was begun still needs; `column` is a number that a condition can be about. */
export function completeCase(tail: string, column: string | undefined, end: string): string | undefined {
  const name = quoteName(column ?? '1');
  if (/\bBETWEEN$/i.test(tail)) return `0 AND 1${end}`;
  if (/\bBETWEEN\s+\S+$/i.test(tail)) return `AND 1${end}`;
  const open = openCase(tail);
  if (open === undefined) return /\bEND$/i.test(tail) && !/\)\s*$/.test(tail) ? 'AS state' : undefined;
  if (open === '') return `WHEN ${name} > 0 THEN 1 ELSE 0 END`;
  if (/\b(?:WHEN|AND|OR)$/i.test(open)) return `${name} > 0 THEN 1 ELSE 0 END`;
  if (/\bTHEN$/i.test(open)) return '1 ELSE 0 END';
  if (/\bELSE$/i.test(open)) return '0 END';
  if (/\bELSE\s+[\w'.]+$/i.test(open)) return 'END';
  if (/\bTHEN\s+(?:'[^']*'|[\w.]+)$/i.test(open)) return `ELSE ${/THEN\s+'[^']*'$/i.test(open) ? "'other'" : '0'} END`;
  if (/(?:=|<|>)\s*(?:'[^']*'|[\d.]+)$/.test(open)) return 'THEN 1 ELSE 0 END';
  if (/(?:=|<|>)$/.test(open)) return undefined;
  if (/\bWHEN\s+[\w.`]+$/i.test(open)) return '> 0 THEN 1 ELSE 0 END';
  return undefined;
}

/** Text behind the last CASE that has no END yet. */
function openCase(tail: string): string | undefined {
  const words = [...tail.matchAll(/\b(CASE|END)\b/gi)];
  const opened: number[] = [];
  for (const word of words)
    if (/CASE/i.test(word[0])) opened.push(word.index + word[0].length);
    else opened.pop();
  const at = opened.at(-1);
  return at === undefined ? undefined : tail.slice(at).trim();
}

/** Two streams are joined within a time: what is left to say behind their condition. */
export function withinAfter(tail: string, relations: ReadonlyMap<string, string>, schemas: Readonly<Record<string, TableSchema>>): boolean {
  const tables = [...new Set(relations.values())];
  return (
    /\bON\s+[\w.`]+\s*=\s*[\w.`]+$/i.test(tail) &&
    (tables.length > 1 || [...relations.keys()].length > 2) &&
    tables.every((name) => schemas[name]?.kind !== 'table')
  );
}
