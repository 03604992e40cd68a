import { type Check, type CheckContext, fieldOf, SAMPLES_MAX, sampleText } from './check.ts';
import { show } from './operators.ts';
import { readTimeValue } from './time-value.ts';

const timeOf = (_of: CheckContext, row: object, ...names: readonly string[]): number | undefined => {
  for (const name of names) {
    const time = readTimeValue(fieldOf(row, name));
    if (time !== undefined) return time;
  }
  return undefined;
};

const boundsNames = (of: CheckContext): { starts: string[]; ends: string[] } => ({
  starts: [of.text('window_start_field', 'start_field') ?? 'window_start', 'tumble_start', '_window_start'],
  ends: [of.text('window_end_field', 'end_field') ?? 'window_end', 'tumble_end', '_window_end'],
});

const windowBoundary: Check = (of) => {
  const { starts, ends } = boundsNames(of);
  const size = of.number('window_size_ms');
  const tolerance = of.number('tolerance_ms') ?? 0;
  const field = of.text('timestamp_field');
  const contains = of.flag('verify_containment', true);
  const aligned = of.flag('verify_alignment', false);
  const wrong: string[] = [];
  let judged = 0;
  for (const [i, row] of of.rows.entries()) {
    const start = timeOf(of, row, ...starts);
    const end = timeOf(of, row, ...ends) ?? (start !== undefined && size !== undefined ? start + size : undefined);
    if (start === undefined || end === undefined) continue;
    judged++;
    const time = field === undefined ? undefined : timeOf(of, row, field);
    if (contains && time !== undefined && (time < start - tolerance || time >= end + tolerance))
      wrong.push(`row ${i}: ${time} is outside [${start}, ${end})`);
    if (size !== undefined && Math.abs(end - start - size) > tolerance) wrong.push(`row ${i}: the window is ${end - start} ms long`);
    if (aligned && size !== undefined && ((start % size) + size) % size > tolerance)
      wrong.push(`row ${i}: start ${start} is no multiple of ${size}`);
  }
  if (judged === 0 && of.rows.length > 0)
    return of.result(false, `${of.type} of ${of.where}: no row has the window bounds ${starts[0]} and ${ends[0]}`, {
      expected: [starts[0], ends[0]],
      actual: Object.keys(of.rows[0] ?? {}),
    });
  return of.result(
    wrong.length === 0,
    `${of.type} of ${of.where}: ${wrong.length === 0 ? `${judged} rows within their windows` : wrong[0]}`,
    {
      expected: size === undefined ? 'rows within their windows' : `windows of ${size} ms`,
      actual: wrong.length === 0 ? judged : `${wrong.length} violations`,
      ...(wrong.length > 0 ? { details: { sample_violations: wrong.slice(0, SAMPLES_MAX) } } : {}),
    },
  );
};

const eventOrdering: Check = (of) => {
  const field = of.text('timestamp_field', 'field') ?? 'event_time';
  const partition = of.text('partition_field', 'partition_by');
  const descending = /^desc/i.test(of.text('direction') ?? 'ascending');
  const last = new Map<string, number>();
  let disorder = 0;
  let pairs = 0;
  let gap = 0;
  const samples: string[] = [];
  for (const [i, row] of of.rows.entries()) {
    const time = timeOf(of, row, field);
    if (time === undefined) continue;
    const part = partition === undefined ? '' : show(fieldOf(row, partition));
    const before = last.get(part);
    last.set(part, descending ? Math.min(before ?? time, time) : Math.max(before ?? time, time));
    if (before === undefined) continue;
    pairs++;
    gap = Math.max(gap, Math.abs(time - before));
    if (descending ? time <= before : time >= before) continue;
    disorder++;
    if (samples.length < SAMPLES_MAX) samples.push(sampleText(field, i, time));
  }
  const percent = pairs === 0 ? 0 : (disorder * 100) / pairs;
  const allowed = of.number('max_out_of_order_percent') ?? (of.flag('allow_gaps', true) ? 100 : 0);
  const maxGap = of.number('max_gap_ms', 'window_size_ms') ?? Number.POSITIVE_INFINITY;
  const isGapped = of.number('max_gap_ms') !== undefined && gap > maxGap;
  const passed = percent <= allowed && !isGapped;
  return of.result(
    passed,
    `event_ordering of ${of.where}: ${disorder} of ${pairs} rows are out of order${isGapped ? `; a gap of ${gap} ms` : ''}`,
    {
      expected: `<= ${allowed}% out of order${isGapped ? `, gaps <= ${maxGap} ms` : ''}`,
      actual: `${Math.round(percent * 100) / 100}%`,
      details: { out_of_order: disorder, largest_gap_ms: gap, sample_values: samples },
    },
  );
};

function startsOf(of: CheckContext): number[] {
  const { starts } = boundsNames(of);
  return [...new Set(of.rows.flatMap((row) => timeOf(of, row, ...starts) ?? []))].sort((a, b) => a - b);
}

const windowCompleteness: Check = (of) => {
  const starts = startsOf(of);
  const size = of.number('window_size_ms', 'advance_ms') ?? smallestStep(starts);
  if (starts.length === 0)
    return of.result(false, `window_completeness of ${of.where}: no row has a window start`, { expected: 'windows', actual: 0 });
  if (size === undefined || size <= 0) return of.result(true, `window_completeness of ${of.where}: one window`, { expected: 1, actual: 1 });
  const known = new Set(starts);
  const missing: number[] = [];
  for (let t = starts[0] as number; t <= (starts.at(-1) as number) && missing.length < 1000; t += size) if (!known.has(t)) missing.push(t);
  return of.result(
    missing.length === 0,
    `window_completeness of ${of.where}: ${starts.length} windows, ${missing.length} missing between the first and the last`,
    {
      expected: 'every window',
      actual: missing.length === 0 ? starts.length : `${missing.length} missing`,
      ...(missing.length > 0 ? { details: { sample_missing: missing.slice(0, SAMPLES_MAX) } } : {}),
    },
  );
};

function smallestStep(starts: readonly number[]): number | undefined {
  let least: number | undefined;
  for (let i = 1; i < starts.length; i++) {
    const step = (starts[i] as number) - (starts[i - 1] as number);
    if (least === undefined || step < least) least = step;
  }
  return least;
}

const windowCount: Check = (of) => of.judge('window_count', startsOf(of).length, of.limits('value'));

/** Every final row came out only once the watermark had passed the end of its window. */
const emittedBefore: Check = (of) => {
  const changes = of.output.changes;
  if (!changes) return of.skipped('changes were not recorded');
  const watermark = of.number('watermark') ?? of.output.queryMetrics?.watermark ?? undefined;
  if (watermark === undefined) return of.skipped('there is no watermark');
  const early = changes.filter((c) => c.window && c.final && c.window.end > watermark);
  return of.result(
    early.length === 0,
    `emitted_before of ${of.where}: ${early.length} final rows came before the watermark ${watermark} reached the end of their window`,
    {
      expected: `window end <= ${watermark}`,
      actual: early.length === 0 ? 'all' : early.slice(0, 5).map((c) => c.window?.end),
    },
  );
};

export const TIME_CHECKS: Readonly<Record<string, Check>> = {
  window_boundary: windowBoundary,
  window_bounds: windowBoundary,
  event_ordering: eventOrdering,
  window_completeness: windowCompleteness,
  window_count: windowCount,
  emitted_before: emittedBefore,
};
