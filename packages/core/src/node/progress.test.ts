import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WAITING_METRICS } from '../protocol/waiting-metrics.ts';
import { progressText, showProgress } from './progress.node.ts';
import type { Output } from './terminal.node.ts';

const METRICS = {
  ...WAITING_METRICS,
  rowsIn: 412_000,
  rowsPerSecond: 98_000.4,
  rowsOut: 12,
  watermark: Date.UTC(2026, 0, 5, 9, 30, 7, 250),
};

function terminal(isTerminal: boolean): Output & { readonly written: string[] } {
  const written: string[] = [];
  return { isTerminal, columns: 200, written, write: async (text) => void written.push(text) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('progress', () => {
  test('says what went through and how far it is', () => {
    expect(progressText(METRICS)).toBe('412,000 rows in · 98,000 rows/s · 12 rows out · watermark 2026-01-05 09:30:07');
    expect(progressText({ ...METRICS, rowsLate: 3 })).toMatch(/ · 3 late$/);
  });

  test('a run of less than a second shows nothing', async () => {
    const output = terminal(true);
    const progress = showProgress(output, () => METRICS);
    vi.advanceTimersByTime(999);
    await progress.stop();
    expect(output.written).toEqual([]);
  });

  test('a longer one has one line that goes away for rows and at the end', async () => {
    const output = terminal(true);
    const progress = showProgress(output, () => METRICS);
    vi.advanceTimersByTime(1_300);
    await progress.hide();
    expect(output.written).toEqual([`\r\x1b[K${progressText(METRICS)}`, `\r\x1b[K${progressText(METRICS)}`, '\r\x1b[K']);
    await progress.stop();
    vi.advanceTimersByTime(5_000);
    expect(output.written).toHaveLength(3);
  });

  test('nothing is drawn where there is no terminal', () => {
    const output = terminal(false);
    showProgress(output, () => METRICS);
    vi.advanceTimersByTime(10_000);
    expect(output.written).toEqual([]);
  });
});
