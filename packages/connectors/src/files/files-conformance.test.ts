import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectorConformance } from '@velostream/core/connect/conformance';
import type { Scalar } from '@velostream/core/connect/formats';
import { describe, test } from 'vitest';
import { packed, type StreamPacking, unpacked } from '../formats/codec/stream-codec.ts';
import { csv } from '../formats/csv/csv.ts';
import { decodeAll, fieldsOf } from '../formats/decode/decode-all.fixture.ts';
import { json } from '../formats/json/json.ts';
import { jsonl } from '../formats/jsonl/jsonl.ts';
import { folderWith } from './files.fixture.ts';
import { files } from './files.ts';

const FIELDS = fieldsOf('id INTEGER, name STRING, score FLOAT, at TIMESTAMP');
const at = (i: number): number => Date.UTC(2024, 0, 1 + i, 10, 20, 30, 5);
const ROWS: Scalar[][] = Array.from({ length: 30 }, (_, i) => [i, i % 7 === 3 ? null : `n, "${i % 4}"`, i + 0.5, at(i)]);

const csvLine = ([id, name, score, time]: readonly Scalar[]): string =>
  `${id},${name === null ? '' : `"${String(name).replaceAll('"', '""')}"`},${score},${new Date(time as number).toISOString()}`;
const jsonLine = ([id, name, score, time]: readonly Scalar[]): string =>
  JSON.stringify({ at: new Date(time as number).toISOString(), id, score, ...(name === null ? {} : { name }) });

/** The first row has its keys in the order of the fields: that is how they are found. */
const jsonFirst = ([id, name, score, time]: readonly Scalar[]): string =>
  JSON.stringify({ id, name, score, at: new Date(time as number).toISOString() });

const KINDS = {
  csv: {
    good: `id,name,score,at\n${ROWS.map(csvLine).join('\n')}\n`,
    damaged: `id,name,score,at\n${ROWS.map((row, i) => (i % 10 === 4 ? `broken\n${csvLine(row)}` : csvLine(row))).join('\n')}\n1,2\nx,"y",1,\n`,
    badRecords: 5,
    format: csv(),
  },
  jsonl: {
    good: `${ROWS.map((row, i) => (i === 0 ? jsonFirst(row) : jsonLine(row))).join('\n')}\n`,
    damaged: `${ROWS.map((row, i) => (i % 10 === 4 ? `{"id":\n${jsonLine(row)}` : jsonLine(row))).join('\n')}\nnull\n{"id":"x"}\n`,
    badRecords: 5,
    format: jsonl(),
  },
  json: {
    good: `[${ROWS.map((row, i) => (i === 0 ? jsonFirst(row) : jsonLine(row))).join(',\n')}]`,
    damaged: `[${ROWS.map((row, i) => (i % 10 === 4 ? `{"id":"x"},${jsonLine(row)}` : jsonLine(row))).join(',')},null,{"id":{}}]`,
    badRecords: 5,
    format: json(),
  },
};
const PACKINGS: Readonly<Record<string, StreamPacking | undefined>> = {
  '': undefined,
  '.gz': 'gzip',
  '.zst': 'zstd',
  '.sz': 'snappy',
  '.lz4': 'lz4',
};

async function unpackedBytes(packing: StreamPacking | undefined, bytes: Uint8Array): Promise<Uint8Array> {
  if (packing === undefined) return bytes;
  const parts: Uint8Array[] = [];
  const input = (async function* () {
    yield bytes;
  })();
  for await (const part of unpacked(packing, input, { path: 'test', maxOutputBytes: 1 << 20 })) parts.push(new Uint8Array(part));
  return Buffer.concat(parts);
}

for (const kind of ['csv', 'jsonl', 'json'] as const) {
  for (const packing of Object.keys(PACKINGS)) {
    describe(`files, ${kind}${packing}`, async () => {
      const { good, damaged, badRecords, format } = KINDS[kind];
      const codec = PACKINGS[packing];
      const pack = async (text: string): Promise<Uint8Array> => {
        const bytes = new TextEncoder().encode(text);
        return codec === undefined ? bytes : packed(codec, bytes);
      };
      // The definition is asked for paths anywhere below the place for temporary files; each fixture has a folder of its own.
      const { tmpdir } = await import('node:os');
      const definition = files({ roots: [tmpdir()] });
      const sourceOf = async (text: string, bad: number) => {
        const path = join(await folderWith({ [`data.${kind}${packing}`]: await pack(text) }), `data.${kind}${packing}`);
        return { options: { path, buffer_size: 4096 }, fields: FIELDS, rows: ROWS, badRecords: bad };
      };
      const cases = connectorConformance(definition, {
        source: () => sourceOf(good, 0),
        damaged: () => sourceOf(damaged, badRecords),
        async sink() {
          const path = join(await folderWith(), `out.${kind}${packing}`);
          return {
            options: { path, buffer_size_bytes: 100 },
            async visible(fields) {
              const bytes = await readFile(path).catch(() => null);
              if (bytes === null) return [];
              return decodeAll<never>(format as never, await unpackedBytes(codec, bytes), fields).rows;
            },
          };
        },
      });
      test.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
    });
  }
}
