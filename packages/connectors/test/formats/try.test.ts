import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { avro } from '../../src/formats/avro/index.ts';
import { bytesAccess } from '../../src/formats/random-access.ts';
import { expectedRows, expectedScalar, rowsOf } from './expected-rows.fixture.ts';

const folder = '/tmp/work/formats/files';
const names = readdirSync(folder).filter((n) => n.startsWith('avro-'));
const { signal } = new AbortController();
test.each(names)('%s', async (name) => {
  const expected = await expectedRows(folder);
  const kase = name.split('-')[2]!.split('.')[0]!;
  const file = await avro().open(
    bytesAccess(readFileSync(`${folder}/${name}`), name),
    { 'avro.schema': undefined, 'avro.codec': 'null' },
    signal,
  );
  const rows = await rowsOf(file);
  const want = expected[kase]!.map((row) => Object.fromEntries(file.fields.map((f) => [f.name, expectedScalar(f.type, row[f.name])])));
  expect(rows.length).toBe(want.length);
  for (let i = 0; i < want.length; i++) expect(rows[i]).toEqual(want[i]);
  for (const from of [1, 119, 121, 333, 500])
    expect((await rowsOf(file, { fromRecord: from, maxBatchRows: 13 })).length).toBe(Math.max(0, want.length - from));
});
