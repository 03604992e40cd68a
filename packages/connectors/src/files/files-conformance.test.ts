import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { connectorConformance } from '@velostream/core/connect/conformance';
import type { Scalar } from '@velostream/core/connect/formats';
import { describe, test } from 'vitest';
import { csv } from '../formats/csv/csv.ts';
import { decodeAll, fieldsOf } from '../formats/decode/decode-all.fixture.ts';
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
};

for (const kind of ['csv', 'jsonl'] as const) {
  for (const packing of ['', '.gz']) {
    describe(`files, ${kind}${packing}`, async () => {
      const { good, damaged, badRecords, format } = KINDS[kind];
      const pack = (text: string): Uint8Array => (packing === '' ? new TextEncoder().encode(text) : gzipSync(text));
      // The definition is asked for paths anywhere below the place for temporary files; each fixture has a folder of its own.
      const { tmpdir } = await import('node:os');
      const definition = files({ roots: [tmpdir()] });
      const sourceOf = async (text: string, bad: number) => {
        const path = join(await folderWith({ [`data.${kind}${packing}`]: pack(text) }), `data.${kind}${packing}`);
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
              return decodeAll<never>(format as never, packing === '' ? bytes : gunzipSync(bytes), fields).rows;
            },
          };
        },
      });
      test.each(cases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
    });
  }
}
