import type { TableSchema } from '@velostream/core/protocol';
import { schemasFrom } from '../../src/eval/case.ts';

/** One relation, and what people call its rows, groups, amounts, notes and things. `words` fill the frames; `columns` are what they stand for. */
export interface FigureField {
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly table: string;
  readonly words: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<'key' | 'sum' | 'mean' | 'note' | 'thing', string>>;
  /** The condition that `{SOME}` makes. */
  readonly some: string;
}

/** `n`, `N`: a row, rows; `k`, `K`: a group, groups; `obj`, `unit`, `verb`, `did`, `done`: what adds up; `m`: what is averaged. */
const words = (list: string): Record<string, string> =>
  Object.fromEntries(list.split(';').map((pair) => pair.split(':').map((s) => s.trim()) as [string, string]));

/** Four trades, in two manners of naming. */
export const FIGURE_FIELDS: readonly FigureField[] = [
  {
    schemas: schemasFrom(`
      crossings: vessel STRING, port STRING, passengers INTEGER, fuel_t FLOAT, delay_min INTEGER, season STRING summer|winter, incident STRING, captain STRING, sailed_at TIMESTAMP
      table vessels: vessel STRING, shipyard STRING, built_year INTEGER
    `),
    table: 'crossings',
    words: words(
      'n: crossing; N: crossings; SOME: winter crossings; k: vessel; K: vessels; obj: fuel; unit: tonnes; verb: burn; did: burned; m: delay; A: 25 minutes; x: incident; X: incidents; d: captain; D: captains',
    ),
    columns: { key: 'vessel', sum: 'fuel_t', mean: 'delay_min', note: 'incident', thing: 'captain' },
    some: "season = 'winter'",
  },
  {
    schemas: schemasFrom(`
      treatments: ward STRING, nurse STRING, patient_id STRING, dose_mg FLOAT, fluid_ml FLOAT, shift STRING early|late|night, complaint STRING, given_at TIMESTAMP
    `),
    table: 'treatments',
    words: words(
      'n: treatment; N: treatments; SOME: night treatments; k: nurse; K: nurses; obj: fluid; unit: millilitres; verb: give; did: gave; m: dose; A: 25 milligrams; x: complaint; X: complaints; d: patient; D: patients',
    ),
    columns: { key: 'nurse', sum: 'fluid_ml', mean: 'dose_mg', note: 'complaint', thing: 'patient_id' },
    some: "shift = 'night'",
  },
  {
    schemas: schemasFrom(`
      hiveChecks: apiary STRING, hive STRING, keeper STRING, honeyKg FLOAT, broodFrames INTEGER, temper STRING calm|wild, disease STRING, checkedAt TIMESTAMP
    `),
    table: 'hiveChecks',
    words: words(
      'n: check; N: checks; SOME: calm checks; k: apiary; K: apiaries; obj: honey; unit: kilos; verb: yield; did: yielded; m: number of brood frames; A: 25; x: disease; X: diseases; d: keeper; D: keepers',
    ),
    columns: { key: 'apiary', sum: 'honeyKg', mean: 'broodFrames', note: 'disease', thing: 'keeper' },
    some: "temper = 'calm'",
  },
  {
    schemas: schemasFrom(`
      crusherRuns: pit STRING, crusher STRING, rock STRING granite|basalt, dieselL FLOAT, idleMin INTEGER, foreman STRING, defectNote STRING, endedAt TIMESTAMP
    `),
    table: 'crusherRuns',
    words: words(
      'n: run; N: runs; SOME: granite runs; k: crusher; K: crushers; obj: diesel; unit: litres; verb: use; did: used; m: idle time; A: 25 minutes; x: defect note; X: defect notes; d: foreman; D: foremans',
    ),
    columns: { key: 'crusher', sum: 'dieselL', mean: 'idleMin', note: 'defectNote', thing: 'foreman' },
    some: "rock = 'granite'",
  },
];
