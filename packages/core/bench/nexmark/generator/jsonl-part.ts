import { closeSync, openSync, writeSync } from 'node:fs';
import { isMainThread, workerData } from 'node:worker_threads';
import { eventMaker, type StreamOptions } from './events.ts';

/** One file of a stream in parts. */
export interface PartTask {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly options: StreamOptions;
}

const FLUSH_CHARS = 1 << 20;

/** Writes events `from` … `to - 1`, one JSON object a line; columns that an event does not have are left out. */
export function writePart({ path, from, to, options }: PartTask): void {
  const make = eventMaker(options);
  const file = openSync(path, 'w');
  let text = '';
  for (let n = from; n < to; n++) {
    text += `${JSON.stringify(make(n))}\n`;
    if (text.length < FLUSH_CHARS) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

if (!isMainThread) writePart(workerData as PartTask);
