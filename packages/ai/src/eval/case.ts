import type { TableSchema } from '@velostream/core/protocol';

/** One question with the query that answers it, or with what should happen instead. */
export interface BenchCase {
  readonly id: string;
  readonly set: string;
  readonly category: string;
  readonly prompt: string;
  readonly previousSql?: string;
  /** Absent where the right answer is a question back or a refusal. */
  readonly gold?: string;
  readonly expect: 'sql' | 'clarify' | 'refuse';
}

export interface BenchSet {
  readonly name: string;
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly cases: readonly BenchCase[];
}

const column = (text: string): TableSchema['columns'][number] => {
  const [name = '', type = 'STRING', values] = text.trim().split(/\s+/);
  return { name, type, ...(values === undefined ? {} : { values: values.split('|') }) };
};

/** `trades: symbol STRING, price FLOAT, ts TIMESTAMP`; `table customers: id STRING key, …`; values as `a|b` behind the type; the first TIMESTAMP is the event time. */
export function schemasFrom(text: string): Record<string, TableSchema> {
  const out: Record<string, TableSchema> = {};
  for (const line of text.split('\n')) {
    const m = /^\s*(table\s+)?(\w+):\s*(.+)$/.exec(line);
    if (!m) continue;
    const [, isTable, name = '', list = ''] = m;
    const columns = list.split(/,(?![^(]*\))/).map(column);
    const time = columns.find((c) => c.type === 'TIMESTAMP')?.name;
    out[name] = isTable
      ? { kind: 'table', columns, key: [columns[0]?.name ?? ''] }
      : { kind: 'stream', columns, ...(time === undefined ? {} : { eventTime: time }) };
  }
  return out;
}

/**
 * Cases from text: `[category]` lines, then `prompt / another way to say it => gold`. `W 5m`, `W 10m/1m`, `W session 30m` stand for the
 * WINDOW clause. `=> ?` expects a question back, `=> no` a refusal. `~ sql` before a line is the query that the prompt changes.
 */
export function casesFrom(set: string, text: string): BenchCase[] {
  const out: BenchCase[] = [];
  let category = 'general';
  let previous: string | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const head = /^\[(.+)\]$/.exec(line)?.[1];
    if (head !== undefined) {
      category = head;
      previous = undefined;
      continue;
    }
    if (line.startsWith('~ ')) {
      previous = windowed(line.slice(2));
      continue;
    }
    const [left = '', right = ''] = line.split(' => ');
    for (const prompt of left.split(' / ')) {
      const id = `${set}-${String(out.length + 1).padStart(3, '0')}`;
      const base = {
        id,
        set,
        category,
        prompt: prompt.trim(),
        ...(category === 'edit' && previous !== undefined ? { previousSql: previous } : {}),
      };
      if (right.trim() === '?') out.push({ ...base, expect: 'clarify' });
      else if (right.trim() === 'no') out.push({ ...base, expect: 'refuse' });
      else out.push({ ...base, expect: 'sql', gold: windowed(right.trim()) });
    }
  }
  return out;
}

function windowed(sql: string): string {
  const text = sql
    .replace(/\bW session (\w+)/, 'WINDOW SESSION($1)')
    .replace(/\bW (\d+\w+)\/(\d+\w+)/, 'WINDOW SLIDING($1, $2)')
    .replace(/\bW (\d+\w+)/, 'WINDOW TUMBLING($1)');
  return /^SELECT/i.test(text) ? text : `SELECT ${text}`;
}
