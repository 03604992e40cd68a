import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BadRecord, Offset, Source, SourceBatch } from '@velostream/core/connect';
import { type Field, type Scalar, scalarAt } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { afterEach } from 'vitest';
import { fieldsOf } from '../formats/decode/decode-all.fixture.ts';
import { files } from './files.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test. Texts and bytes by name; `.gz` names are packed. */
export async function folderWith(contents: Readonly<Record<string, string | Uint8Array>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'velostream-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(contents)) {
    await writeFile(join(folder, name), name.endsWith('.gz') && typeof content === 'string' ? gzipSync(content) : content);
  }
  return folder;
}

export const warnings: string[] = [];
export const HOST = { warn: (message: string) => void warnings.push(message), now: () => Date.now() };

export function openSource(roots: readonly string[], input: Readonly<Record<string, unknown>>): Source {
  const definition = files({ roots });
  return definition.source!(resolveOptions(definition, input), HOST);
}

export function requestFor(fields: readonly Field[] | string, more: { from?: Offset; signal?: AbortSignal; maxBatchRows?: number } = {}) {
  return {
    fields: typeof fields === 'string' ? fieldsOf(fields) : fields,
    system: [],
    predicates: [],
    from: more.from,
    signal: more.signal ?? new AbortController().signal,
    maxBatchRows: more.maxBatchRows ?? 4096,
  };
}

export const rowsOf = ({ batch }: SourceBatch): Scalar[][] =>
  Array.from({ length: batch.length }, (_, i) => batch.columns.map((column) => scalarAt(column, i)));

/** All rows and bad records of a bounded source. */
export async function readAll(source: Source, fields: readonly Field[] | string, more: Parameters<typeof requestFor>[1] = {}) {
  const rows: Scalar[][] = [];
  const bad: BadRecord[] = [];
  const ends: { readonly next: Offset; readonly rows: number }[] = [];
  for await (const part of source.read(requestFor(fields, more))) {
    rows.push(...rowsOf(part));
    bad.push(...(part.bad ?? []));
    ends.push({ next: part.next, rows: rows.length });
  }
  return { rows, bad, ends };
}
