/** One contender of a benchmark: does the whole work once and says what came out, so that the answer can be asserted. */
export interface Contender {
  readonly name: string;
  run(): Promise<Answer> | Answer;
}

/** What must agree between contenders: how many groups or rows, and a checksum of the numbers. */
export interface Answer {
  readonly rows: number;
  readonly sum: number;
}

export interface Benchmark {
  readonly name: string;
  /** Input rows, for rows per second. */
  readonly inputRows: number;
  readonly rounds: number;
  /** The first is ours. */
  readonly contenders: readonly Contender[];
  /** Ratio to the named contender that we hold ourselves to. */
  readonly targets?: Readonly<Record<string, number>>;
  /** Contenders that see only a share of the rows, because they would take minutes: rows they see. */
  readonly reducedRows?: Readonly<Record<string, number>>;
}

export interface Measured {
  readonly benchmark: string;
  readonly contender: string;
  readonly medianMs: number;
  readonly rowsPerSecond: number;
  readonly timesMs: readonly number[];
  /** Processor time of the whole process, helper threads included: says more than the clock on a busy machine. */
  readonly cpuMs: number;
  /** Ours to this one, by rows per second. */
  readonly ratio: number;
  /** The same by processor time. */
  readonly cpuRatio: number;
  readonly target: number | undefined;
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] as number;
const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** Runs all contenders in turn, round after round, in this one process; asserts equal answers; the first round warms up and is not counted. */
export async function interleave(benchmark: Benchmark): Promise<Measured[]> {
  const times = benchmark.contenders.map((): number[] => []);
  const cpu = benchmark.contenders.map((): number[] => []);
  let expected: Answer | undefined;
  for (let round = 0; round <= benchmark.rounds; round++) {
    for (const [i, contender] of benchmark.contenders.entries()) {
      (globalThis as { gc?: () => void }).gc?.();
      const before = process.cpuUsage();
      const start = performance.now();
      const answer = await contender.run();
      const spent = performance.now() - start;
      const used = process.cpuUsage(before);
      if (round > 0) {
        (times[i] as number[]).push(spent);
        (cpu[i] as number[]).push((used.user + used.system) / 1000);
      }
      if (benchmark.reducedRows?.[contender.name] !== undefined) continue;
      expected ??= answer;
      if (answer.rows !== expected.rows || !close(answer.sum, expected.sum)) {
        throw new Error(`${benchmark.name}: ${contender.name} answers ${JSON.stringify(answer)}, ours is ${JSON.stringify(expected)}`);
      }
    }
  }
  const rowsOf = (c: Contender): number => benchmark.reducedRows?.[c.name] ?? benchmark.inputRows;
  const speeds = benchmark.contenders.map((c, i) => (rowsOf(c) * 1000) / median(times[i] as number[]));
  const efforts = benchmark.contenders.map((c, i) => median(cpu[i] as number[]) / rowsOf(c));
  return benchmark.contenders.map((c, i) => ({
    benchmark: benchmark.name,
    contender: c.name,
    medianMs: median(times[i] as number[]),
    rowsPerSecond: speeds[i] as number,
    timesMs: times[i] as number[],
    cpuMs: median(cpu[i] as number[]),
    ratio: (speeds[0] as number) / (speeds[i] as number),
    cpuRatio: (efforts[i] as number) / (efforts[0] as number),
    target: benchmark.targets?.[c.name],
  }));
}

/** One line per contender, the ratio where there is a rival. */
export function report(measured: readonly Measured[]): string {
  return measured
    .map((m, i) => {
      const speed = `${(m.rowsPerSecond / 1e6).toFixed(2).padStart(8)} M rows/s`;
      const times = `[${m.timesMs.map((t) => t.toFixed(0)).join(', ')} ms]`;
      const verdict =
        i === 0
          ? ''
          : `  ours is ${m.ratio.toFixed(2)}x, ${m.cpuRatio.toFixed(2)}x by processor time${m.target === undefined ? '' : ` (target ${m.target}x: ${m.ratio >= m.target ? 'met' : 'MISSED'})`}`;
      return `  ${m.contender.padEnd(14)}${speed}${verdict}  ${times}`;
    })
    .join('\n');
}
