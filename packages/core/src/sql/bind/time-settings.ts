import type { Binder } from './binder.ts';
import type { BoundFrom, BoundWindow, Properties, TimeSettings } from './bound.ts';
import { parseDuration } from './duration.ts';
import { latePolicy } from './late-policy.ts';
import { durationOf, propertyOf } from './properties.ts';

/** Event time and lateness of one SELECT: WITH of its inputs, then of the statement, then the rules of §6.5. */
export function timeSettings(cx: Binder, from: BoundFrom | null, window: BoundWindow | null): TimeSettings {
  const places = [...(from === null ? [] : sourcesOf(from)), cx.properties];
  const first = <T>(read: (p: Properties) => T | null): T | null => {
    for (const place of places) {
      const value = read(place);
      if (value !== null) return value;
    }
    return null;
  };
  return {
    watermarkDelayMs: first((p) => (p.get('watermark.strategy') === 'ascending' ? 0 : durationOf(p, 'watermark.max_out_of_orderness'))),
    allowedLatenessMs: first(latenessOf) ?? (cx.velostream ? velostreamLateness(window) : 0),
    late: first((p) => latePolicy(String(p.get('late.data.strategy') ?? ''))) ?? 'drop',
    idleTimeoutMs: first((p) => durationOf(p, 'watermark.idle_timeout', 'watermark.idle.timeout')),
    maxGroups: first(maxGroupsOf),
  };
}

function sourcesOf(from: BoundFrom): Properties[] {
  if (from.kind === 'join') return [...sourcesOf(from.left), ...sourcesOf(from.right)];
  return from.kind === 'relation' ? [from.properties] : [];
}

function latenessOf(p: Properties): number | null {
  const ms = propertyOf(p, 'allowed_lateness_ms');
  if (ms !== undefined) return Number.isFinite(Number(ms)) ? Number(ms) : (parseDuration(ms) ?? null);
  return durationOf(p, 'allowed.lateness', 'late.data.allowed_lateness');
}

function maxGroupsOf(p: Properties): number | null {
  const value = Number(propertyOf(p, 'max.groups') ?? Number.NaN);
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** `compat: 'velostream'`: half the size, or the gap of a session. */
function velostreamLateness(window: BoundWindow | null): number {
  if (window === null) return 0;
  return window.kind === 'session' ? window.gapMs : window.sizeMs / 2;
}
