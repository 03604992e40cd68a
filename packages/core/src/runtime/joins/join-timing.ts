import type { PlanWindow } from '../../sql/plan/plan.ts';

/** What time says about the rows of one side: who its partners may be, and how long they are needed. */
export interface SideTiming {
  /** The row falls due at this watermark: it is released, and padded if it is unmatched and its side is outer. */
  dueAt(time: number): number;
  /** No partner is older. */
  firstPartner(time: number): number;
  /** No partner is younger. */
  lastPartner(time: number): number;
}

/** How rows of two sides match by time. */
export interface JoinTiming {
  readonly sides: readonly [SideTiming, SideTiming];
  /** A row is due when the watermark reaches `dueAt` (windows), not only when it is above it (intervals). */
  readonly dueWhenReached: boolean;
  /** A test beyond the range of partners; null: there is none. */
  readonly accepts: ((time: number, partner: number, watermark: number) => boolean) | null;
  /** A late row of an outer side that matches nothing is padded at once; else it is dropped with its closed window. */
  readonly padsLate: boolean;
  /** Watermark to pass on: unmatched rows still to come out are not behind it. */
  held(watermark: number, outer: readonly [boolean, boolean]): number;
}

/** `t_right - t_left` in [lowerMs, upperMs]. */
export function intervalTiming(lowerMs: number, upperMs: number, graceMs: number): JoinTiming {
  const side = (from: number, to: number): SideTiming => ({
    dueAt: (time) => time + to + graceMs,
    firstPartner: (time) => time + from,
    lastPartner: (time) => time + to,
  });
  return {
    sides: [side(lowerMs, upperMs), side(-upperMs, -lowerMs)],
    dueWhenReached: false,
    accepts: null,
    padsLate: true,
    held(watermark, [left, right]) {
      if (watermark === Number.POSITIVE_INFINITY) return watermark;
      return watermark - Math.max(0, left ? upperMs + graceMs : 0, right ? graceMs - lowerMs : 0);
    },
  };
}

/** Both rows in one window; a late row counts only for those of its windows that are open. */
export function windowTiming(window: Exclude<PlanWindow, { kind: 'session' }>, graceMs: number): JoinTiming {
  const { sizeMs } = window;
  const advanceMs = window.kind === 'sliding' ? window.advanceMs : sizeMs;
  /** Start of the last window that holds a time. */
  const lastStart = (time: number): number => Math.floor(time / advanceMs) * advanceMs;
  const side: SideTiming = {
    dueAt: (time) => lastStart(time) + sizeMs + graceMs,
    firstPartner: (time) => time - sizeMs,
    lastPartner: (time) => time + sizeMs,
  };
  return {
    sides: [side, side],
    dueWhenReached: true,
    // The last window with the earlier row is the one that may hold the later row too; it is also the last to close.
    accepts(time, partner, watermark) {
      const end = lastStart(Math.min(time, partner)) + sizeMs;
      return Math.max(time, partner) < end && watermark < end + graceMs;
    },
    padsLate: false,
    held(watermark, [left, right]) {
      if (!left && !right) return watermark;
      // A row is in its last window when it comes out, so that it lies behind the start of the earliest last window still open.
      return Math.min(watermark, lastStart(watermark - graceMs - sizeMs) + advanceMs);
    },
  };
}

/** Every pair matches by time, for ever. */
export const unboundedTiming = (): JoinTiming => intervalTiming(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0);
