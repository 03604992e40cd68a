import type { Select } from '../../sql/ast/index.ts';
import { durationOf } from '../infer/duration-of.ts';
import { type FailureContext, inputColumns, replaced, textOf } from './context.ts';
import { type Fix, sqlFix } from './fix.ts';
import { isTimeName } from './fix-columns.ts';

type Window = NonNullable<Select['window']>;

/** Another length, another kind, another time: what a window may have been meant to be. */
export function fixWindow(ctx: FailureContext, select: Select): Fix[] {
  const w = select.window;
  if (!w) return [];
  const size = w.kind === 'session' ? w.gap : w.size;
  const asked = ctx.failed.flatMap(({ assertion }) =>
    typeof assertion['window_size_ms'] === 'number' ? [assertion['window_size_ms']] : [],
  );
  const now = durationOf(size) ?? 0;
  const others = [...asked, now * 60, now / 60, now * 5, now / 5, now * 12, now * 2, now / 2, now * 3600, now / 3600].filter(
    (ms) => ms >= 1 && ms !== now && Number.isInteger(ms),
  );
  const sizes = [...new Set(others)].map((ms, i) =>
    sqlFix(
      `a window of ${durationText(ms)}`,
      'window-size',
      `the window is ${durationText(now)} long`,
      asked.includes(ms) ? 90 : 34 - i,
      replaced(ctx.sql, size, durationText(ms)),
    ),
  );
  return [...sizes, ...otherKind(ctx, w), ...otherTime(ctx, w)];
}

function otherKind(ctx: FailureContext, w: Window): Fix[] {
  if (w.kind === 'sliding') return [];
  const [from, to] = w.kind === 'session' ? ['SESSION', 'TUMBLING'] : ['TUMBLING', 'SESSION'];
  const text = textOf(ctx.sql, w).replace(new RegExp(`\\b${from}\\b`, 'i'), to);
  const because = w.kind === 'session' ? 'a session ends with a pause, not with a time' : 'a window ends with its time, not with a pause';
  return [sqlFix(`a window of the kind ${to}`, 'window-kind', because, 29, replaced(ctx.sql, w, text))];
}

function otherTime(ctx: FailureContext, w: Window): Fix[] {
  const time = w.time?.kind === 'column' ? w.time.path.at(-1) : undefined;
  if (!time) return [];
  const times = inputColumns(ctx).flatMap((c) => ((c.kind === 'time' || isTimeName(c.name)) && c.name !== time.text ? [c.name] : []));
  return [...new Set(times)]
    .slice(0, 3)
    .map((name, i) =>
      sqlFix(
        `windows by ${name} instead of ${time.text}`,
        'window-time',
        `there is another time, ${name}`,
        31 - i,
        replaced(ctx.sql, time, name),
      ),
    );
}

function durationText(ms: number): string {
  for (const [unit, length] of [
    ['DAY', 86_400_000],
    ['HOUR', 3_600_000],
    ['MINUTE', 60_000],
    ['SECOND', 1000],
  ] as const)
    if (ms % length === 0) return `INTERVAL '${ms / length}' ${unit}`;
  return `INTERVAL '${ms}' MILLISECOND`;
}
