import { parse } from '@velostream/core/sql';

/** A parenthesis that is still open. */
interface Open {
  /** Behind the parenthesis. */
  readonly at: number;
  /** The last words before it. */
  readonly lead: string;
}

/** Parentheses that are still open at the end, outermost first; quoted text and comments do not count. */
export function openParts(text: string): Open[] {
  const stack: Open[] = [];
  const plain = text.replace(/'(?:[^']|'')*'|`[^`]*`|"[^"]*"|--[^\n]*/g, (m) => '_'.repeat(m.length));
  for (let i = 0; i < plain.length; i++) {
    if (plain[i] === '(') stack.push({ at: i + 1, lead: plain.slice(Math.max(0, i - 24), i).trimEnd() });
    else if (plain[i] === ')') stack.pop();
  }
  return stack;
}

/** Where the innermost unfinished query begins: the statement, or a subquery that is still open. */
export function innermostQuery(prefix: string): number {
  const statement = Math.max(prefix.lastIndexOf(';') + 1, 0);
  const inner = openParts(prefix.slice(statement)).findLast(({ at }) => /^\s*SELECT\b/i.test(prefix.slice(statement + at)));
  return statement + (inner?.at ?? 0);
}

const holds = (sql: string): boolean => !parse(sql).diagnostics.some((d) => d.severity === 'error');
const withoutEmit = (text: string): string => text.replace(/\s*EMIT (CHANGES|FINAL)$/, '');

/** A suggestion that also closes what is open, so that the whole parses; nothing where it cannot be closed. */
export function closed(prefix: string, text: string, table: string): string | undefined {
  if (holds(prefix + text)) return text;
  const bare = withoutEmit(text);
  const open = openParts(prefix + bare);
  if (open.length === 0) return undefined;
  for (const alias of [' t', '']) {
    let out = bare;
    for (const { at, lead } of open.toReversed()) {
      const inner = (prefix + out).slice(at);
      if (!/^\s*SELECT\b/i.test(inner)) {
        out += `)${/\b(OVER|GROUP)$/i.test(lead) && !/\bFROM\b/i.test((prefix + out).slice(innermostQuery(prefix))) ? ` AS value FROM ${table}` : ''}`;
        continue;
      }
      out += `)${/\b(FROM|JOIN)$/i.test(lead) ? alias : ''}`;
    }
    for (const end of [
      '',
      ' EMIT CHANGES',
      ` FROM ${table} EMIT CHANGES`,
      ' ON 1 = 1 EMIT CHANGES',
      ` AS value FROM ${table} EMIT CHANGES`,
    ])
      if (holds(prefix + out + end)) return out + end;
  }
  return undefined;
}
