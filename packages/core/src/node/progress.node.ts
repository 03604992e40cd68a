import type { QueryMetrics } from '../engine/api.ts';
import { timestampText } from '../values/time-text.ts';
import type { Output } from './terminal.node.ts';

/** Shorter runs show nothing: a line that flashes up says nothing. */
const FIRST_AFTER_MS = 1_000;
const EVERY_MS = 250;
const CLEAR_LINE = '\r\x1b[K';

export interface Progress {
  /** Takes the line away before rows are written to the same terminal. */
  hide(): Promise<void>;
  stop(): Promise<void>;
}

const grouped = (n: number): string => Math.round(n).toLocaleString('en-US');

/** One line: rows read, rows a second, rows that came out, watermark, late rows. */
export function progressText(metrics: QueryMetrics): string {
  return [
    `${grouped(metrics.rowsIn)} rows in`,
    `${grouped(metrics.rowsPerSecond)} rows/s`,
    `${grouped(metrics.rowsOut)} rows out`,
    ...(metrics.watermark === null ? [] : [`watermark ${timestampText(Math.floor(metrics.watermark / 1000) * 1000)}`]),
    ...(metrics.rowsLate === 0 ? [] : [`${grouped(metrics.rowsLate)} late`]),
  ].join(' · ');
}

const NO_PROGRESS: Progress = { hide: async () => {}, stop: async () => {} };

/** Draws one line at the bottom of a terminal while a query runs; does nothing where there is no terminal. */
export function showProgress(output: Output, metrics: () => QueryMetrics): Progress {
  if (!output.isTerminal) return NO_PROGRESS;
  let isShown = false;
  const draw = (): void => {
    isShown = true;
    // A failed write shows up at the next awaited one.
    output.write(`${CLEAR_LINE}${progressText(metrics()).slice(0, output.columns - 1)}`).catch(() => {});
  };
  const hide = async (): Promise<void> => {
    if (!isShown) return;
    isShown = false;
    await output.write(CLEAR_LINE);
  };
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    draw();
    every = setInterval(draw, EVERY_MS);
  }, FIRST_AFTER_MS);
  return {
    hide,
    async stop() {
      clearTimeout(first);
      clearInterval(every);
      await hide();
    },
  };
}
