import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { connectorError, type Source, type SourceSplit } from '@velostream/core/connect';
import { chooseFormat, packingOf, type StreamFormat } from './choose-format.ts';
import type { FileContext } from './file-context.ts';
import { type FilePosition, fromOffset, identityOf, toOffset } from './file-position.ts';
import { filesOf } from './list-files.ts';
import type { RangeEnd, RangePlan, RangeTask } from './range-task.ts';
import { headerOf } from './read-file.ts';
import { boundaryOf, RANGE_BYTES, SPLIT, WINDOW_BYTES } from './read-mapped.ts';

type SplitRequest = Parameters<NonNullable<Source['split']>>[0];
type SettledPart = NonNullable<ReturnType<SourceSplit['settle']>>;

/** A range of one file, as a thread reads it. */
export interface FilePart {
  readonly file: string;
  readonly plan: RangePlan;
  readonly range: Omit<RangeTask, 'id'>;
}

interface OpenFile {
  readonly path: string;
  readonly id: string;
  readonly handle: FileHandle;
  readonly plan: RangePlan;
  readonly from: { readonly byte: number; readonly record: number };
}

/** Below this, threads take longer to begin than one of them to read it all. */
const WORTH_BYTES = 4 * 1024 ** 2;

/** Files as ranges of 8 MiB: the same ones for any number of threads and from any checkpoint. */
export async function splitFiles(context: FileContext, request: SplitRequest): Promise<SourceSplit | { readonly reason: string }> {
  const { options, formats } = context;
  if (options.watch) return { reason: 'the files are followed, and a followed file has no end' };
  if (options.max_records !== undefined) return { reason: '`max_records` counts the rows of one reader' };
  const from = fromOffset(request.from);
  const start = from.files[0];
  const files = (await filesOf(context, request.signal, true)).filter((path) => start === undefined || path >= start.file);
  for (const path of files) {
    const { name } = chooseFormat(path, options, formats);
    if (!SPLIT.has(name)) return { reason: `the records of ${name} cannot be told apart from the middle of a file on` };
    if (packingOf(path, options.compression) !== 'none')
      return { reason: `"${basename(path)}" is packed, and packed bytes have no middle` };
  }
  const split = new SplitFiles(context, request, files, start, from.total);
  const bytes = await split.bytesAtFirst();
  if (bytes >= (options['mmap.range_bytes'] === undefined ? WORTH_BYTES : 0)) return split;
  await split.close();
  return { reason: 'there is too little to read for threads to be worth it' };
}

class SplitFiles implements SourceSplit {
  readonly module = entry();
  private readonly context: FileContext;
  private readonly request: SplitRequest;
  private readonly paths: readonly string[];
  private readonly start: FilePosition | undefined;
  private readonly open = new Map<string, OpenFile>();
  private readonly rangeBytes: number;
  private total: number;
  private planned = 0;
  private plannedTo = 0;
  /** Up to where parts were settled. */
  private at: { readonly path: string; readonly byte: number; readonly record: number } | null = null;

  constructor(context: FileContext, request: SplitRequest, paths: readonly string[], start: FilePosition | undefined, total: number) {
    this.context = context;
    this.request = request;
    this.paths = paths;
    this.start = start;
    this.total = total;
    this.rangeBytes = context.options['mmap.range_bytes'] ?? RANGE_BYTES;
  }

  /** What the first files hold, as far as it takes to know that it is enough. */
  async bytesAtFirst(): Promise<number> {
    let bytes = 0;
    for (const path of this.paths) {
      const file = await this.fileOf(path);
      bytes += file.plan.size - file.from.byte;
      if (bytes >= WORTH_BYTES) break;
    }
    return bytes;
  }

  async next(): Promise<FilePart | undefined> {
    for (; this.planned < this.paths.length; this.planned++, this.plannedTo = 0) {
      const path = this.paths[this.planned] as string;
      const { plan, from } = await this.fileOf(path);
      const begin = Math.max(from.byte, this.plannedTo);
      if (begin >= plan.size) continue;
      const to = Math.min(plan.size, (Math.floor(begin / this.rangeBytes) + 1) * this.rangeBytes);
      this.plannedTo = to;
      return { file: path, plan, range: { from: begin, to, isExact: begin === from.byte } };
    }
    return undefined;
  }

  exact(part: unknown): FilePart {
    // Parts come from here, by way of whoever reads them.
    const { file, plan, range } = part as FilePart;
    const { byte } = this.endOf(file);
    // A record may fill the whole range, and then some: it belongs to the part before.
    return { file, plan, range: { from: byte, to: Math.max(range.to, byte), isExact: true } };
  }

  settle(part: unknown, end: unknown): SettledPart | null {
    const { file } = part as FilePart;
    const { start, done, records } = end as RangeEnd;
    const { byte, record } = this.endOf(file);
    if (start !== byte) return null;
    this.at = { path: file, byte: done, record: record + records };
    this.total += records;
    const { id } = this.open.get(file) as OpenFile;
    const next = toOffset({ files: [{ file, id, byte: done, record: this.at.record }], total: this.total });
    return { next };
  }

  placer(part: unknown): (position: string) => string {
    const { record } = this.endOf((part as FilePart).file);
    return (position) => placed(position, record);
  }

  async close(): Promise<void> {
    const files = [...this.open.values()];
    this.open.clear();
    await Promise.all(files.map(({ handle }) => handle.close()));
  }

  private endOf(file: string): { readonly byte: number; readonly record: number } {
    return this.at?.path === file ? this.at : (this.open.get(file) as OpenFile).from;
  }

  private async fileOf(path: string): Promise<OpenFile> {
    const known = this.open.get(path);
    if (known !== undefined) return known;
    const { context, request, start } = this;
    const { options, formats, roots } = context;
    const handle = await roots.open(path);
    try {
      const info = await handle.stat();
      const id = identityOf(info);
      const isFirst = start?.file === path;
      if (isFirst && (start.id !== id || info.size < start.byte)) throw connectorError('VS4205', { path });
      const from = isFirst ? { byte: start.byte, record: start.record } : { byte: 0, record: 0 };
      // `splitFiles` has looked at the formats of all files.
      const format = chooseFormat(path, options, formats) as StreamFormat;
      const { fields, maxBatchRows, signal } = request;
      const reading = { path, handle, format, options, fields, predicates: [], maxBatchRows, from, isWhole: true, signal };
      const header = format.name === 'csv' ? await headerOf(reading, format) : undefined;
      const plan: RangePlan = {
        fd: handle.fd,
        name: basename(path),
        size: info.size,
        format: format.name as RangePlan['format'],
        given: format.given,
        fields,
        maxBatchRows,
        maxRecordBytes: options.max_record_bytes,
        header,
        boundary: await boundaryOf(reading, format),
        windowBytes: Math.min(WINDOW_BYTES, this.rangeBytes),
        lent: true,
      };
      const file = { path, id, handle, plan, from };
      this.open.set(path, file);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }
}

/** Records of a part are numbered from its start. */
function placed(position: string, before: number): string {
  const colon = position.lastIndexOf(':');
  return `${position.slice(0, colon)}:${Number(position.slice(colon + 1)) + before}`;
}

/**
 * The module of the threads: beside this one in the sources, an entry of the package once it is built. Not told as `new URL('./…', import.meta.url)`, which
 * bundlers take for a file of the package.
 */
function entry(): string {
  if (import.meta.url.endsWith('.ts')) {
    // Beside the threads that our own tests build.
    const built = process.env['VELO_BUILT_THREADS'];
    return (built === undefined ? new URL(import.meta.url.replace(/[^/]*$/, 'file-part.ts')) : new URL('file-part.mjs', built)).href;
  }
  return import.meta.resolve('@velostream/connectors/files/file-part');
}
