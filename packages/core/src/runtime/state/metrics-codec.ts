import type { OperatorMetrics } from '../operator.ts';
import type { StateReader, StateWriter } from './codec.ts';

const NAMES = [
  'rowsIn',
  'rowsOut',
  'rowsFiltered',
  'rowsLate',
  'rowsLateAccepted',
  'rowErrors',
  'stateEntries',
  'stateBytes',
  'watermark',
  'windowsClosed',
] as const satisfies readonly (keyof OperatorMetrics)[];

/** Counters go on after a restore where they stood. */
export function writeMetrics(writer: StateWriter, metrics: OperatorMetrics): void {
  writer.float64s(
    Float64Array.from(NAMES, (name) => metrics[name]),
    NAMES.length,
  );
}

export function readMetrics(reader: StateReader, metrics: OperatorMetrics): void {
  const values = reader.float64s();
  NAMES.forEach((name, i) => {
    metrics[name] = values[i] ?? metrics[name];
  });
}
