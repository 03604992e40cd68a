import type { ScalarFunction } from '../define.ts';
import { currentDate } from './current-date.ts';
import { date } from './date.ts';
import { dateAdd } from './date-add.ts';
import { dateFormat } from './date-format.ts';
import { dateSub } from './date-sub.ts';
import { dateTrunc } from './date-trunc.ts';
import { datediff } from './datediff.ts';
import { day } from './day.ts';
import { extract } from './extract.ts';
import { fromUnixtime } from './from-unixtime.ts';
import { hour } from './hour.ts';
import { minute } from './minute.ts';
import { month } from './month.ts';
import { now } from './now.ts';
import { quarter } from './quarter.ts';
import { second } from './second.ts';
import { timestamp } from './timestamp.ts';
import { toDate } from './to-date.ts';
import { toTimestamp } from './to-timestamp.ts';
import { unixTimestamp } from './unix-timestamp.ts';
import { week } from './week.ts';
import { year } from './year.ts';

export const timeFunctions: readonly ScalarFunction[] = [
  currentDate,
  date,
  dateAdd,
  dateFormat,
  dateSub,
  dateTrunc,
  datediff,
  day,
  extract,
  fromUnixtime,
  hour,
  minute,
  month,
  now,
  quarter,
  second,
  timestamp,
  toDate,
  toTimestamp,
  unixTimestamp,
  week,
  year,
];
