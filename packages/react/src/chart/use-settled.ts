import { useEffect, useRef, useState } from 'react';

const LEAST_MS = 200;
/** Drawing takes at most this share of the time; the rest belongs to the page. */
const SHARE = 0.1;

/**
 * A value that follows `value` no faster than can be drawn: at least 200 ms apart, and more where drawing is slow.
 * The first value and the last one of a burst always come through.
 */
export function useSettled<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const state = useRef({ latest: value, drawnAt: 0, costMs: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  state.current.latest = value;

  useEffect(() => {
    const { current } = state;
    if (value === shown || current.timer !== undefined) return;
    const wait = Math.max(LEAST_MS, current.costMs / SHARE) - (performance.now() - current.drawnAt);
    const draw = (): void => {
      current.timer = undefined;
      const startedAt = performance.now();
      setShown(current.latest);
      // With the next frame the drawing is on the screen: what it took decides how soon the next may come.
      requestAnimationFrame(() => {
        current.costMs = 0.7 * current.costMs + 0.3 * Math.max(0, performance.now() - startedAt);
        current.drawnAt = performance.now();
      });
    };
    current.timer = setTimeout(draw, Math.max(0, wait));
  }, [value, shown]);
  useEffect(() => {
    const { current } = state;
    return () => {
      clearTimeout(current.timer);
      current.timer = undefined;
    };
  }, []);
  return shown;
}
