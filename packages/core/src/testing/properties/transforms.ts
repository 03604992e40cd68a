import type { Row } from '../../protocol/query.ts';
import type { Random } from '../../values/generate/random.ts';

export interface TransformOptions {
  readonly random: Random;
  readonly timeColumn: string | undefined;
  readonly latenessMs: number;
  readonly key: string | undefined;
}

const timeOf = (row: Row, column: string | undefined): number => (column === undefined ? 0 : Number(row[column]) || 0);

/** Another order in which no row is behind a later one by more than the lateness. */
function shuffle(rows: readonly Row[], o: TransformOptions): Row[] {
  // Each row arrives somewhere within the lateness after its time; ties are broken by chance.
  const arrivals = rows.map((row) => ({ row, at: timeOf(row, o.timeColumn) + o.random.next() * o.latenessMs, tie: o.random.next() }));
  return arrivals.sort((a, b) => a.at - b.at || a.tie - b.tie).map(({ row }) => row);
}

/** The rows over three partitions, read back so that only the order within a partition, and of times, is kept. */
function partitions(rows: readonly Row[], o: TransformOptions): Row[] {
  const parts: Row[][] = [[], [], []];
  const of = new Map<string, number>();
  for (const row of rows) {
    const key = o.key === undefined ? String(of.size) : String(row[o.key]);
    if (!of.has(key)) of.set(key, Math.floor(o.random.next() * parts.length));
    parts[of.get(key) as number]?.push(row);
  }
  const out: Row[] = [];
  for (;;) {
    const heads = parts.filter((p) => p.length > 0);
    if (heads.length === 0) return out;
    const least = Math.min(...heads.map((p) => timeOf(p[0] as Row, o.timeColumn)));
    const ready = heads.filter((p) => timeOf(p[0] as Row, o.timeColumn) <= least + o.latenessMs);
    const next = ready[Math.floor(o.random.next() * ready.length)] as Row[];
    out.push(next.shift() as Row);
  }
}

const duplicate = (rows: readonly Row[]): Row[] => rows.flatMap((row) => [row, row]);

export const TRANSFORMS = { shuffle, partitions, duplicate } as const satisfies Record<
  string,
  (rows: readonly Row[], o: TransformOptions) => Row[]
>;
