import type { TableSchema } from '@velostream/core/protocol';
import { schemasFrom } from '../../src/eval/case.ts';

interface Said {
  readonly column: string;
  readonly name: string;
}

/** One relation with what people call its rows, what its rows are of, two numbers, a name, and a condition in three forms. */
export interface RelationField {
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly table: string;
  readonly time: string;
  readonly row: string;
  readonly rows: string;
  readonly key: Said;
  readonly level: Said;
  readonly amount: Said;
  readonly who: Said;
  /** What rows that belong together are called. */
  readonly part: string;
  readonly only: { readonly adjective: string; readonly clause: string; readonly where: string };
}

/** Four trades, in two manners of naming. */
export const FIELDS: readonly RelationField[] = [
  {
    schemas: schemasFrom(`
      fares: cab STRING, driver STRING, pickup_zone STRING harbour|centre|airport, fare_chf FLOAT, km FLOAT, wait_min FLOAT, by_card BOOLEAN, dropped_at TIMESTAMP
      table cabs: cab STRING, brand STRING, seats INTEGER
    `),
    table: 'fares',
    time: 'dropped_at',
    row: 'fare',
    rows: 'fares',
    key: { column: 'cab', name: 'cab' },
    level: { column: 'wait_min', name: 'waiting time' },
    amount: { column: 'km', name: 'km' },
    who: { column: 'driver', name: 'driver' },
    part: 'shift',
    only: { adjective: 'airport', clause: 'from the airport', where: "pickup_zone = 'airport'" },
  },
  {
    schemas: schemasFrom(
      'loomTicks: loomId STRING, pattern STRING twill|plain|satin, threadBreaks INTEGER, clothM FLOAT, tensionN FLOAT, weaver STRING, stopped BOOLEAN, tickAt TIMESTAMP',
    ),
    table: 'loomTicks',
    time: 'tickAt',
    row: 'tick',
    rows: 'ticks',
    key: { column: 'loomId', name: 'loom' },
    level: { column: 'tensionN', name: 'tension' },
    amount: { column: 'threadBreaks', name: 'thread breaks' },
    who: { column: 'weaver', name: 'weaver' },
    part: 'batch',
    only: { adjective: 'twill', clause: 'in twill', where: "pattern = 'twill'" },
  },
  {
    schemas: schemasFrom(`
      gun_log: gun STRING, slope STRING, water_l FLOAT, snow_m3 FLOAT, noise_db FLOAT, mode STRING auto|manual, frozen BOOLEAN, attendant STRING, noted_at TIMESTAMP
      table guns: gun STRING, maker STRING, year INTEGER
    `),
    table: 'gun_log',
    time: 'noted_at',
    row: 'entry',
    rows: 'entries',
    key: { column: 'gun', name: 'gun' },
    level: { column: 'noise_db', name: 'noise' },
    amount: { column: 'water_l', name: 'water' },
    who: { column: 'attendant', name: 'attendant' },
    part: 'run',
    only: { adjective: 'frozen', clause: 'that were frozen', where: 'frozen = TRUE' },
  },
  {
    schemas: schemasFrom(`
      kiosk_scans: kiosk STRING, pupil STRING, action STRING borrow|return|renew, pages INTEGER, late_days INTEGER, fine_eur FLOAT, title STRING, scanned_at TIMESTAMP
      table pupils: pupil STRING, class STRING, year INTEGER
    `),
    table: 'kiosk_scans',
    time: 'scanned_at',
    row: 'scan',
    rows: 'scans',
    key: { column: 'pupil', name: 'pupil' },
    level: { column: 'late_days', name: 'late days' },
    amount: { column: 'pages', name: 'pages' },
    who: { column: 'title', name: 'title' },
    part: 'visit',
    only: { adjective: 'renew', clause: 'with action renew', where: "action = 'renew'" },
  },
];
