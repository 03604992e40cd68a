import { describe, expect, test } from 'vitest';
import { studioCommand } from './command-studio.node.ts';
import { quotasOf } from './quota-options.node.ts';
import { readArguments } from './read-arguments.node.ts';

const quotas = (...argv: string[]) => quotasOf(readArguments(studioCommand, argv));

describe('limits of a served studio', () => {
  test('are those that were given, by the names of `quotas`', () => {
    expect(quotas()).toEqual({});
    expect(quotas('--sessions-per-caller', '5', '--jobs', '40')).toEqual({ sessionsPerCaller: 5, jobs: 40 });
    expect(quotas('--sessions', '7', '--jobs-per-caller', '1')).toEqual({ sessions: 7, jobsPerCaller: 1 });
  });

  test.each(['0', '-1', '1.5', 'many'])('%s is refused', (value) => {
    expect(() => quotas(`--jobs=${value}`)).toThrow(/--jobs|jobs/);
  });
});
