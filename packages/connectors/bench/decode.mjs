// Rows per second of the CSV and JSON-lines decoders, one thread, file in the page cache, 4 of 7 (CSV) and 4 of 11 (JSON) columns.
// Reads with FileHandle.read into one buffer; prints the median of the runs.
//
//   node packages/core/bench/data/write-trades.mjs .cache/bench 2000000
//   node --conditions=@velostream/source packages/connectors/bench/decode.mjs .cache/bench
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { csv } from '@velostream/connectors/formats/csv';
import { jsonl } from '@velostream/connectors/formats/jsonl';
import { parseTypeText } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';

const [folder = '.cache/bench', runsText = '5'] = process.argv.slice(2);
const COLUMNS = { symbol: 'STRING', price: 'DECIMAL(18, 4)', quantity: 'INTEGER', ts: 'TIMESTAMP' };
const READ_BYTES = 1 << 20;

async function decode(format, path, types, kernels) {
  const fields = Object.entries(types).map(([name, type]) => ({ name, type: parseTypeText(type), nullable: true }));
  const request = { fields, maxBatchRows: 4096, name: path, startByte: 0, startRecord: 0, maxRecordBytes: 1 << 24 };
  const decoder = format.decoder(request, resolveOptions(format, { kernels }));
  const file = await open(path);
  const buffer = new Uint8Array(READ_BYTES);
  let rows = 0;
  let bad = 0;
  const take = (parts) => {
    for (const part of parts) {
      rows += part.batch.length;
      bad += part.bad.length;
    }
  };
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, READ_BYTES, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    take(decoder.push(buffer.subarray(0, bytesRead)));
  }
  take(decoder.end());
  await file.close();
  if (bad > 0) throw new Error(`${bad} bad records`);
  return rows;
}

for (const [name, format] of [
  ['csv', csv()],
  ['jsonl', jsonl()],
]) {
  const path = join(folder, `trades.${name}`);
  const { size } = await stat(path);
  for (const price of ['DECIMAL(18, 4)', 'FLOAT']) {
    for (const kernels of ['js', 'wasm']) {
      const seconds = [];
      let rows = 0;
      for (let run = 0; run < Number(runsText); run++) {
        const since = performance.now();
        rows = await decode(format, path, { ...COLUMNS, price }, kernels);
        seconds.push((performance.now() - since) / 1000);
      }
      const [best, median] = [Math.min(...seconds), seconds.sort((a, b) => a - b)[seconds.length >> 1]];
      const rate = (s) => `${(rows / s / 1e6).toFixed(2)} M rows/s`;
      console.log(
        `${name.padEnd(5)} price ${price.padEnd(14)} ${kernels.padEnd(4)} ${rate(median)} (best ${rate(best)}, ${(size / median / 1e6).toFixed(0)} MB/s)`,
      );
    }
  }
}
