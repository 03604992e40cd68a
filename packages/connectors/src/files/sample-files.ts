import type { SourceDescription } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { chooseFormat, type RangeFormat } from './choose-format.ts';
import { fileAccess } from './file-access.ts';
import type { FileContext } from './file-context.ts';
import { bytesOf } from './read-file.ts';

/** Bytes that types are inferred from. */
const SAMPLE_BYTES = 1024 ** 2;
/** Files without content that are passed over in search of a sample. */
const EMPTY_MAX = 100;
const LINE_FEED = 0x0a;

/** Columns and types from the first MiB of the first file that has any; where they are known, no types are inferred. */
export async function describeFiles(
  files: readonly string[],
  context: FileContext,
  { signal, areColumnsKnown }: { readonly signal: AbortSignal; readonly areColumnsKnown: boolean },
): Promise<SourceDescription> {
  const { options } = context;
  for (const path of files.slice(0, EMPTY_MAX)) {
    const format = chooseFormat(path, options, context.formats);
    if (format.access === 'random') {
      const described = await describeByRange(path, format, context, signal);
      if (described !== undefined) return described;
      continue;
    }
    if (areColumnsKnown && (await isFilled(path, context))) {
      return { fields: [], bounded: !options.watch, origin: 'declared', coverage: { scannedRows: 0, scannedBytes: 0, complete: false } };
    }
    const { bytes, isWhole } = await sampleOf(path, context, signal);
    const fields = bytes.length === 0 ? [] : format.infer(bytes, isWhole);
    if (fields.length === 0) continue;
    let lines = 0;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
    return {
      fields,
      bounded: !options.watch,
      origin: 'inferred',
      coverage: { scannedRows: lines, scannedBytes: bytes.length, complete: isWhole && files.length === 1 && !options.watch },
    };
  }
  throw connectorError('VS4309', { file: options.path });
}

/** Such a file says itself what its columns are; undefined for one without content, which cannot. */
async function describeByRange(
  path: string,
  format: RangeFormat,
  { options, roots }: FileContext,
  signal: AbortSignal,
): Promise<SourceDescription | undefined> {
  const handle = await roots.open(path);
  try {
    const access = await fileAccess(handle, path);
    if (access.size === 0) return undefined;
    const { fields, rows } = await format.open(access, signal);
    return {
      fields,
      bounded: !options.watch,
      origin: 'declared',
      coverage: { scannedRows: rows ?? 0, scannedBytes: access.size, complete: !options.watch },
    };
  } finally {
    await handle.close();
  }
}

async function isFilled(path: string, { roots }: FileContext): Promise<boolean> {
  const handle = await roots.open(path);
  try {
    return (await handle.stat()).size > 0;
  } finally {
    await handle.close();
  }
}

async function sampleOf(path: string, context: FileContext, signal: AbortSignal): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const { options, roots } = context;
  const handle = await roots.open(path);
  try {
    const sample = new Uint8Array(SAMPLE_BYTES);
    let length = 0;
    for await (const piece of bytesOf({ path, handle, options, signal }, 0)) {
      const part = piece.subarray(0, SAMPLE_BYTES - length);
      sample.set(part, length);
      length += part.length;
      // One more byte than fits: the file goes on.
      if (part.length < piece.length) return { bytes: sample, isWhole: false };
    }
    return { bytes: sample.subarray(0, length), isWhole: !signal.aborted };
  } finally {
    await handle.close();
  }
}
