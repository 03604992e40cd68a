import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dateText,
  intervalText,
  parseDate,
  parseInterval,
  parseOffset,
  parseTime,
  parseTimestamp,
  timestampText,
  timeText,
} from './time-text.ts';

describe('times as text', () => {
  test.each([
    [0, '1970-01-01 00:00:00'],
    [1_700_000_000_123, '2023-11-14 22:13:20.123'],
    [1_700_000_000_000.25, '2023-11-14 22:13:20.000250'],
    [-1, '1969-12-31 23:59:59.999'],
    [-62_198_755_200_000, '-000001-01-01 00:00:00'],
    [253_402_300_800_000, '+010000-01-01 00:00:00'],
    [999.9999, '1970-01-01 00:00:01'],
  ])('%d prints as %s', (ms, text) => expect(timestampText(ms)).toBe(text));

  test('what was printed is read back, by Date too', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (ms) => {
        const text = timestampText(ms);
        expect(parseTimestamp(text)).toBe(ms);
        expect(Date.parse(`${text.replace(' ', 'T')}Z`)).toBe(ms);
        expect(parseTimestamp(new Date(ms).toISOString())).toBe(ms);
        expect(parseDate(dateText(ms))).toBe(Math.floor(ms / 86_400_000) * 86_400_000);
      }),
      { numRuns: 5000, seed: 41 },
    );
  });

  test('a time of day and an interval', () => {
    expect(timeText(3_723_004)).toBe('01:02:03.004');
    expect(intervalText(93_784_000)).toBe('1 day 02:03:04');
    expect(intervalText(-172_800_000)).toBe('-2 days 00:00:00');
    expect(intervalText(300_000)).toBe('00:05:00');
  });
});

describe('text as times', () => {
  const day = Date.UTC(2024, 1, 29);
  test.each(['2024-02-29', '2024/02/29', '2024/2/29', '2/29/2024', '29-02-2024', '29-2-2024'])('%s is a day', (text) => {
    expect(parseDate(text)).toBe(day);
    expect(parseTimestamp(text)).toBe(day);
  });
  test.each(['2023-02-29', '2024-13-01', '2024-02', '24-02-29', '2024-02/29', 'today', '', '2024-02-29 '])('%j is no day', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
  test.each([
    ['2024-02-29 12:34:56', 45_296_000],
    ['2024-02-29T12:34:56', 45_296_000],
    ['2024-02-29t12:34:56z', 45_296_000],
    ['2024/02/29 12:34:56', 45_296_000],
    ['2024-02-29 12:34', 45_240_000],
    ['2024-02-29 1:02:03', 3_723_000],
    ['2024-02-29 12:34:56.5', 45_296_500],
    ['2024-02-29T12:34:56.123456789Z', 45_296_123.456],
    ['2024-02-29T12:34:56+02:00', 38_096_000],
    ['2024-02-29T12:34:56-0230', 54_296_000],
    ['2024-02-29 12:34:56 UTC', 45_296_000],
    ['2024-02-29T12:34:56+01', 41_696_000],
    ['2024-02-29 23:59:60', 86_400_000],
  ])('%s is an instant', (text, ofDay) => expect(parseTimestamp(text)).toBeCloseTo(day + ofDay, 6));
  test.each([
    '2024-02-29 24:00:00',
    '2023-02-29T00:00:00Z',
    '2024-02-29T00:00:0xZ',
    '20x4-02-29T00:00:00',
    '2024-02-29 00:00:00.:00',
    '2024-02-29 00:00:00./00',
    '2024-02-29 00:00:00.1x0',
    '2024-02-29 12:60:00',
    '2024-02-29x12:00',
    '2024-02-29 12',
    '2024-02-29 12:00:00 CET',
    '2024-02-29 ',
  ])('%j is no instant', (text) => expect(parseTimestamp(text)).toBeUndefined());
  test('times beyond the calendar are refused', () => {
    expect(parseTimestamp('+275760-09-13 00:00:01')).toBeUndefined();
    expect(parseTimestamp('+275760-09-13 00:00:00')).toBe(8.64e15);
  });
  test('times of day and offsets', () => {
    expect([parseTime('01:02:03.004'), parseTime('23:59'), parseTime('24:00'), parseTime('1')]).toEqual([
      3_723_004,
      86_340_000,
      undefined,
      undefined,
    ]);
    expect([parseOffset('Z'), parseOffset('-01:30'), parseOffset('x')]).toEqual([0, -5_400_000, undefined]);
  });
  test.each([
    ['5 minutes', 300_000],
    ['30s', 30_000],
    ['1 day 2 hours', 93_600_000],
    ['-1 h', -3_600_000],
    ['2 months', 5_184_000_000],
    ['', undefined],
    ['5', undefined],
    ['5 parsecs', undefined],
    ['minutes', undefined],
  ])('%j as an interval is %s', (text, ms) => expect(parseInterval(text)).toBe(ms));
});
