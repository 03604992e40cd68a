import flightDelays from '../queries/flight-delays.sql?raw';
import ohlc from '../queries/ohlc.sql?raw';
import runningAverage from '../queries/running-average.sql?raw';
import seattleWeather from '../queries/seattle-weather.sql?raw';
import sectors from '../queries/sectors.sql?raw';
import sessions from '../queries/sessions.sql?raw';
import slidingVolume from '../queries/sliding-volume.sql?raw';
import yearlyMean from '../queries/yearly-mean.sql?raw';

export interface Example {
  readonly id: string;
  readonly title: string;
  /** What it teaches, in two or three words. */
  readonly lesson: string;
  readonly sql: string;
}

const example = (id: string, title: string, lesson: string, sql: string): Example => ({ id, title, lesson, sql: sql.trimEnd() });

export const FIRST_EXAMPLE = example('ohlc', 'Price per minute', 'tumbling window', ohlc);

/** In the order in which they build on each other. */
export const EXAMPLES: readonly Example[] = [
  FIRST_EXAMPLE,
  example('running-average', 'Running average price', 'emit changes', runningAverage),
  example('sliding-volume', 'Volume of five minutes', 'sliding window', slidingVolume),
  example('sessions', 'Bursts of large trades', 'session window', sessions),
  example('sectors', 'Turnover by sector', 'stream joins table', sectors),
  example('yearly-mean', 'Stocks: mean of a year', 'rows over a partition', yearlyMean),
  example('flight-delays', 'Flights: delays by week', 'filtered aggregate', flightDelays),
  example('seattle-weather', 'Seattle: four years', 'window without groups', seattleWeather),
];
