import type { PlanWindow } from '../../sql/plan/plan.ts';

/** How event times map to panes and windows. All in ms; windows are `[start, end)` and aligned to the epoch. */
export interface PaneSchedule {
  readonly sizeMs: number;
  readonly advanceMs: number;
  /** Width of what state is kept for. */
  readonly paneMs: number;
}

/** `shared`: rows go into panes that windows are made of; otherwise each window is a pane of its own. */
export function paneSchedule(window: Exclude<PlanWindow, { kind: 'session' }>, shared: boolean): PaneSchedule {
  const sizeMs = window.sizeMs;
  const advanceMs = window.kind === 'sliding' ? window.advanceMs : window.sizeMs;
  return { sizeMs, advanceMs, paneMs: shared ? greatestDivisor(sizeMs, advanceMs) : sizeMs };
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Start of the last window that begins at or before `time`. */
export const lastStart = (time: number, s: PaneSchedule): number => Math.floor(time / s.advanceMs) * s.advanceMs;

/** Start of the first window that holds `time`; beyond `lastStart` when `time` falls between windows. */
export function firstStart(time: number, s: PaneSchedule): number {
  return (Math.floor((time - s.sizeMs) / s.advanceMs) + 1) * s.advanceMs;
}

/** Ends of the windows that a pane is part of, in order, from the first one beyond `after`. */
export function* endsOf(paneStart: number, s: PaneSchedule, after: number): Generator<number> {
  const from = Math.max(firstStart(paneStart, s), (Math.floor((after - s.sizeMs) / s.advanceMs) + 1) * s.advanceMs);
  for (let start = from; start <= paneStart; start += s.advanceMs) yield start + s.sizeMs;
}

/** When the last window that a pane is part of ends. */
export const lastEnd = (paneStart: number, s: PaneSchedule): number => lastStart(paneStart, s) + s.sizeMs;

/** End of the first window that closes beyond `watermark`. */
export const nextEnd = (watermark: number, s: PaneSchedule): number =>
  (Math.floor((watermark - s.sizeMs) / s.advanceMs) + 1) * s.advanceMs + s.sizeMs;

/** Rows from here on have all their windows open: each ends beyond `watermark`. */
export const openFrom = (watermark: number, s: PaneSchedule): number => nextEnd(watermark, s) - s.advanceMs;

/** Start of the pane that holds `time`, which some window covers. */
export const paneStart = (time: number, s: PaneSchedule): number =>
  s.paneMs === s.sizeMs ? lastStart(time, s) : Math.floor(time / s.paneMs) * s.paneMs;
