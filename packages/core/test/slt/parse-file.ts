import { type Token, tokenize } from './tokens.ts';

/** A relation of a case. Rows given with it make it bounded: it ends by itself. */
export interface SourceStep {
  readonly kind: 'source';
  readonly object: 'source' | 'table';
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly eventTime: string | null;
  readonly delayMs: number | null;
  readonly key: readonly string[];
  readonly rows: readonly (readonly Token[])[] | null;
}

/** Lines that a run is held against; `from` and `to` are their place in the file (0-based, exclusive). */
export interface Expected {
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
  /** What stands before it in its line. */
  readonly before?: string;
}

export type Step = { readonly line: number } & (
  | SourceStep
  | { readonly kind: 'option'; readonly name: string; readonly value: string }
  | { readonly kind: 'job'; readonly name: string; readonly sql: string }
  | { readonly kind: 'feed'; readonly source: string; readonly rows: readonly (readonly Token[])[] }
  | { readonly kind: 'watermark'; readonly source: string; readonly time: string }
  | { readonly kind: 'end'; readonly source: string | null }
  | { readonly kind: 'expect'; readonly job: string; readonly ordered: boolean; readonly expected: Expected }
  | { readonly kind: 'expect-metric'; readonly job: string; readonly counter: string; readonly expected: Expected }
  /** Codes of the record errors of a job so far, or of the error that ended it. */
  | { readonly kind: 'expect-errors' | 'expect-failure'; readonly job: string; readonly expected: Expected }
  | {
      readonly kind: 'problem';
      readonly severity: 'error' | 'warning' | 'info';
      readonly code: string;
      readonly text: string | null;
      readonly sql: string;
    }
  | { readonly kind: 'valid'; readonly sql: string }
  | { readonly kind: 'query'; readonly ordered: boolean; readonly sql: string; readonly expected: Expected }
  /** One line `expression => cell`, or `expression => error CODE`: the value over the one row of a source, or of nothing. */
  | { readonly kind: 'value'; readonly sql: string; readonly source: string | null; readonly expected: Expected }
  | { readonly kind: 'explain'; readonly stage: string; readonly sql: string; readonly expected: Expected }
);

/** Steps that run together on fresh sources. */
export interface SltCase {
  readonly title: string;
  readonly line: number;
  readonly steps: readonly Step[];
}

/**
 * Reads a file of cases. What stands before the first `case` is shared by all of them; a `query`, `explain`, `error`, `warning` or
 * `valid` outside of a `case` is one by itself, and so is each line of `values`.
 */
export function parseFile(text: string): SltCase[] {
  const reader = { lines: text.split('\n'), at: 0 };
  const shared: Step[] = [];
  const cases: { title: string; line: number; steps: Step[] }[] = [];
  let open: Step[] | null = null;
  while (reader.at < reader.lines.length) {
    const line = (reader.lines[reader.at] as string).trim();
    if (line === '' || line.startsWith('#')) reader.at++;
    else if (line.startsWith('case ')) {
      open = [];
      cases.push({ title: line.slice(5), line: reader.at + 1, steps: open });
      reader.at++;
    } else if (/^values\b/.test(line)) {
      reader.at++;
      for (const step of readValues(reader, line.split(/\s+/)[1] ?? null)) cases.push({ title: step.sql, line: step.line, steps: [step] });
    } else {
      const step = readStep(reader);
      const alone = ['query', 'problem', 'valid', 'explain'].includes(step.kind);
      if (open !== null) open.push(step);
      else if (alone) cases.push({ title: titleOf(step), line: step.line, steps: [step] });
      else shared.push(step);
    }
  }
  return cases.map((c) => ({ ...c, steps: [...shared, ...c.steps] }));
}

const titleOf = (step: Step): string => ('sql' in step ? step.sql.replaceAll(/\s+/g, ' ').slice(0, 100) : step.kind);

interface Reader {
  readonly lines: readonly string[];
  at: number;
}

function readStep(reader: Reader): Step {
  const line = reader.at + 1;
  const head = (reader.lines[reader.at++] as string).trim();
  const [word = '', ...rest] = head.replace(/\s+#.*$/, '').split(/\s+/);
  const argument = (i: number): string => {
    const value = rest[i];
    if (value === undefined) throw new Error(`line ${line}: "${word}" lacks something: ${head}`);
    return value;
  };
  switch (word) {
    case 'source':
    case 'table':
      return { line, ...readSource(word, head, reader, line) };
    case 'option':
      return { kind: 'option', line, name: argument(0), value: argument(1) };
    case 'job':
      return { kind: 'job', line, name: argument(0), sql: readSql(reader) };
    case 'feed':
      return { kind: 'feed', line, source: argument(0), rows: readRows(reader) };
    case 'watermark':
      return { kind: 'watermark', line, source: argument(0), time: argument(1) };
    case 'end':
      return { kind: 'end', line, source: rest[0] ?? null };
    case 'expect':
      return { line, ...readExpect(rest, reader) };
    case 'error':
    case 'warning':
    case 'info': {
      const text = /\bat "(.*)"\s*$/.exec(head)?.[1] ?? null;
      return { kind: 'problem', line, severity: word, code: argument(0), text, sql: readSql(reader) };
    }
    case 'valid':
      return { kind: 'valid', line, sql: readSql(reader) };
    case 'query':
      return { kind: 'query', line, ordered: rest[0] !== 'unordered', sql: readSql(reader), expected: readExpected(reader) };
    case 'explain':
      return { kind: 'explain', line, stage: argument(0), sql: readSql(reader), expected: readExpected(reader) };
    default:
      throw new Error(`line ${line}: "${word}" is no step`);
  }
}

function readValues(reader: Reader, source: string | null): (Step & { readonly kind: 'value' })[] {
  const first = reader.at;
  return readBlock(reader).flatMap((text, i) => {
    const line = first + i;
    const at = text.lastIndexOf(' => ');
    if (text.trim().startsWith('#')) return [];
    if (at < 0) throw new Error(`line ${line + 1}: not "expression => value": ${text}`);
    const expected = { lines: [text.slice(at + 4).trim()], from: line, to: line + 1, before: text.slice(0, at + 4) };
    return [{ kind: 'value' as const, line: line + 1, sql: text.slice(0, at).trim(), source, expected }];
  });
}

function readExpect(rest: readonly string[], reader: Reader) {
  const [first = '', target = ''] = rest;
  if (first === 'metric') {
    const [job = '', counter = ''] = [target.slice(0, target.indexOf('.')), target.slice(target.indexOf('.') + 1)];
    return { kind: 'expect-metric' as const, job, counter, expected: readExpected(reader) };
  }
  if (first === 'errors') return { kind: 'expect-errors' as const, job: target, expected: readExpected(reader) };
  if (first === 'failure') return { kind: 'expect-failure' as const, job: target, expected: readExpected(reader) };
  return { kind: 'expect' as const, job: first, ordered: target !== 'unordered', expected: readExpected(reader) };
}

/** `source trades (symbol STRING, qty INTEGER) event time ts delay 5s key (symbol)`, rows beneath it. */
function readSource(object: 'source' | 'table', head: string, reader: Reader, line: number): SourceStep {
  const parts = /^\w+\s+(\S+)\s+\((.*?)\)(?=\s*(?:event|delay|key|bounded|$))\s*(.*)$/.exec(head);
  if (parts === null) throw new Error(`line ${line}: not "${object} name (columns …)": ${head}`);
  const [, name = '', columns = '', rest = ''] = parts;
  const rows = readRows(reader);
  const delay = /\bdelay\s+(\d+)(ms|s|m|h)?/.exec(rest);
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[delay?.[2] ?? 's'] ?? 1;
  return {
    kind: 'source',
    object,
    name,
    columns: splitColumns(columns).map((text) => {
      const [column = '', ...type] = text.trim().split(/\s+/);
      return { name: column, type: type.join(' ') };
    }),
    eventTime: /\bevent time\s+(\w+)/.exec(rest)?.[1] ?? null,
    delayMs: delay === null ? null : Number(delay[1]) * unit,
    key: /\bkey\s*\(([^)]*)\)/.exec(rest)?.[1]?.split(/\s*,\s*/) ?? [],
    rows: object === 'table' || /\bbounded\b/.test(rest) ? rows : null,
  };
}

/** Commas within brackets belong to a type. */
function splitColumns(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const c = text[at];
    if (c === '(' || c === '<') depth++;
    else if (c === ')' || c === '>') depth--;
    else if (c === undefined || (c === ',' && depth === 0)) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** Lines up to the next empty one. */
function readBlock(reader: Reader): string[] {
  const block: string[] = [];
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at] as string;
    if (line.trim() === '' || line.trim() === '----') break;
    block.push(line);
  }
  return block;
}

/** SQL ends at an empty line, or where the next job begins. */
function readSql(reader: Reader): string {
  const from = reader.at;
  const block = readBlock(reader);
  const next = block.findIndex((line) => /^job \w+\s*$/.test(line));
  if (next < 0) return block.join('\n');
  reader.at = from + next;
  return block.slice(0, next).join('\n');
}

/** Rows end at an empty line, or where the next relation is declared. */
function readRows(reader: Reader): Token[][] {
  const from = reader.at;
  const block = readBlock(reader);
  const next = block.findIndex((line) => /^(source|table) \w+ \(/.test(line));
  if (next >= 0) reader.at = from + next;
  return (next < 0 ? block : block.slice(0, next)).map(tokenize).filter((row) => row.length > 0);
}

function readExpected(reader: Reader): Expected {
  if ((reader.lines[reader.at] ?? '').trim() !== '----') throw new Error(`line ${reader.at + 1}: expected ----`);
  const from = ++reader.at;
  const lines = readBlock(reader);
  return { lines, from, to: reader.at };
}
