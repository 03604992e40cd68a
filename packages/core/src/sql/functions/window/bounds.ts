import { defineWindow, type WindowFunction } from '../define.ts';

interface BoundSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly gives: WindowFunction['gives'];
  readonly summary: string;
  /** Value of the call for a window from 60000 to 120000. */
  readonly example: number;
}

/** Bounds of the current window. TUMBLE_START and its kin may name a time and a size, which change nothing. */
const bound = ({ name, aliases, gives, summary, example }: BoundSpec): WindowFunction =>
  defineWindow({
    name,
    ...(aliases === undefined ? {} : { aliases }),
    category: 'window',
    summary,
    parameters: [
      { name: 'time', takes: 'value', optional: true },
      { name: 'size', takes: 'value', optional: true, variadic: true },
    ],
    gives,
    examples: [
      { sql: `${name.toUpperCase()}()`, gives: example },
      { sql: `${name.toUpperCase()}(at, INTERVAL '1' MINUTE)`, gives: example },
    ],
  });

export const windowStart = bound({
  name: 'window_start',
  aliases: ['tumble_start', 'hop_start', 'session_start'],
  gives: 'start',
  summary: 'Beginning of the current window, ms since the epoch.',
  example: 60_000,
});

export const windowEnd = bound({
  name: 'window_end',
  aliases: ['tumble_end', 'hop_end', 'session_end'],
  gives: 'end',
  summary: 'End of the current window (exclusive), ms since the epoch.',
  example: 120_000,
});

export const sessionDuration = bound({
  name: 'session_duration',
  aliases: ['window_duration'],
  gives: 'duration',
  summary: 'Length of the current window, ms.',
  example: 60_000,
});
