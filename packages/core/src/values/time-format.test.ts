import { describe, expect, test } from 'vitest';
import { timePrinter, timeReader, unknownTimeCodes } from './time-format.ts';

const AT = Date.UTC(2024, 1, 29, 15, 4, 5, 67);

describe('strftime', () => {
  test.each([
    ['%Y-%m-%d %H:%M:%S', '2024-02-29 15:04:05'],
    ['%y %e %I %h %p %P', '24 29 03 03 PM pm'],
    ['%i %f %3f %6f %9f', '04 067000000 067 067000 067000000'],
    ['%a %A %b %B', 'Thu Thursday Feb February'],
    ['%j %U %W %V %G %u %w', '060 08 09 09 2024 4 4'],
    ['%Z %z %s %F %T %R %D', 'UTC +0000 1709219045 2024-02-29 15:04:05 15:04 02/29/24'],
    ['100%% %q %', '100% %q %'],
    ['a%nb%tc', 'a\nb\tc'],
    ['', ''],
  ])('%j prints %j', (format, text) => expect(timePrinter(format)(AT)).toBe(text));

  test('midnight is twelve on the short clock', () => {
    expect(timePrinter('%I%p')(0)).toBe('12AM');
    expect(timePrinter('%I%p')(43_200_000)).toBe('12PM');
  });
  test('Sunday ends the ISO week and begins the other', () => {
    expect(timePrinter('%u %w %U %W')(Date.UTC(2023, 0, 1))).toBe('7 0 01 00');
  });
  test('codes that nobody knows are named', () => expect(unknownTimeCodes('%Y %q %E')).toEqual(['%q', '%E']));
});

describe('strptime', () => {
  test.each([
    ['%Y-%m-%d %H:%M:%S', '2024-02-29 15:04:05', Date.UTC(2024, 1, 29, 15, 4, 5)],
    ['%F %T', '2024-02-29 15:04:05', Date.UTC(2024, 1, 29, 15, 4, 5)],
    ['%d.%m.%y', '29.02.24', Date.UTC(2024, 1, 29)],
    ['%y', '99', Date.UTC(1999, 0, 1)],
    ['%d %b %Y %I:%M%p', '1 Mar 2024 12:30AM', Date.UTC(2024, 2, 1, 0, 30)],
    ['%A, %e %B %Y %H', 'Thursday, 29 February 2024 7', Date.UTC(2024, 1, 29, 7)],
    ['%Y%m%dT%H%M%S.%f%z', '20240229T150405.067+0200', Date.UTC(2024, 1, 29, 13, 4, 5, 67)],
    ['%Y %j', '2024 060', Date.UTC(2024, 1, 29)],
    ['%s.%3f', '1700000000.123', 1_700_000_000_123],
    ['%H:%i %Z', '10:20 UTC', 37_200_000],
    ['%a %R %%', 'Thu 10:20 %', 37_200_000],
    ['%D %h%P', '02/29/24 3pm', Date.UTC(2024, 1, 29, 15)],
  ])('%j reads %j', (format, text, ms) => expect(timeReader(format)?.(text)).toBe(ms));

  test.each([
    ['%Y-%m-%d', '2023-02-29'],
    ['%Y-%m-%d', '2024-02-29 '],
    ['%H:%M', '24:00'],
    ['%d %b', '1 Foo'],
    ['(%Y)+', '2024'],
  ])('%j does not read %j', (format, text) => expect(timeReader(format)?.(text)).toBeUndefined());

  test('a format that cannot be read has no reader', () => expect(timeReader('%U')).toBeUndefined());
});

test('texts that are kept while they stay the same change in time', () => {
  const near = [0, -1, 1, 999, 1000, 59_999, 60_000, 3_599_999, 3_600_000, 43_200_000, 86_399_999, 86_400_000, -86_400_000, 1e12];
  for (const format of ['%Y-%m-%d', '%H', '%I%p', '%H:%M', '%R', '%T', '%S', '%3f', '%s', 'x%j']) {
    const print = timePrinter(format);
    for (const ms of [...near, ...near.toReversed()]) expect(print(ms)).toBe(timePrinter(format)(ms));
  }
});
