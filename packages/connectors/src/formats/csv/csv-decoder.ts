import type { DecodedBatch, DecodeRequest, Decoder } from '@velostream/core/connect';
import { connectorError } from '@velostream/core/connect';
import { nearestName } from '@velostream/core/connect/formats';
import { joinBytes } from '../codec/join-bytes.ts';
import { RecordDecoder } from '../decode/record-decoder.ts';
import { csvDialect, LINE_FEED } from './csv-dialect.ts';
import { type CsvKernelFactory, csvKernelOf } from './csv-kernel.ts';
import { positionOf } from './csv-names.ts';
import type { CsvOptions } from './csv-options.ts';
import { csvRecordFormat } from './csv-record-format.ts';
import { readHead } from './read-head.ts';

/**
 * Decoder of one CSV file. Bytes are held back until the first record is whole: it has the names of the columns, or at least
 * their number. Everything behind goes to the common record decoder.
 */
export function csvDecoder(
  request: DecodeRequest,
  options: CsvOptions,
  kernelOf: CsvKernelFactory = csvKernelOf(options.kernels),
): Decoder {
  return new CsvDecoder(request, options, kernelOf);
}

class CsvDecoder implements Decoder {
  private readonly request: DecodeRequest;
  private readonly options: CsvOptions;
  private held: Uint8Array = new Uint8Array(0);
  private readonly kernelOf: CsvKernelFactory;
  private inner: RecordDecoder | null = null;

  constructor(request: DecodeRequest, options: CsvOptions, kernelOf: CsvKernelFactory) {
    this.kernelOf = kernelOf;
    this.request = request;
    this.options = options;
    // A file that is read from its middle on has its names from the first time.
    if (request.header !== undefined && request.startByte > 0) this.inner = this.open(request.header, request.startByte);
  }

  get header(): readonly string[] | undefined {
    return this.inner?.header;
  }

  *push(chunk: Uint8Array): Generator<DecodedBatch> {
    if (this.inner !== null) {
      yield* this.inner.push(chunk);
      return;
    }
    // A copy: chunks are only lent.
    this.held = joinBytes([this.held, chunk]);
    yield* this.begin(false);
  }

  *end(): Generator<DecodedBatch> {
    if (this.inner === null) {
      yield* this.begin(true);
    }
    if (this.inner !== null) yield* this.inner.end();
  }

  close(): void {
    this.inner?.close();
  }

  /** Starts decoding once the head of the file is there. */
  private *begin(isLast: boolean): Generator<DecodedBatch> {
    const { request, held } = this;
    const isOpen = isLast && held.length > 0 && held.at(-1) !== LINE_FEED;
    const lines = isOpen ? joinBytes([held, Uint8Array.of(LINE_FEED)]) : held;
    const head = readHead(lines, { ...this.options, isStart: request.startByte === 0, name: request.name }, isLast);
    if (head === null) {
      if (held.length > request.maxRecordBytes) throw connectorError('VS4305', { allowed: request.maxRecordBytes });
      return;
    }
    this.held = new Uint8Array(0);
    const end = Math.min(head.end, held.length);
    const inner = this.open(head.names, request.startByte + end);
    this.inner = inner;
    yield* inner.push(held.subarray(end));
  }

  private open(header: readonly string[], startByte: number): RecordDecoder {
    const { options, request } = this;
    const targets = new Int32Array(header.length).fill(-1);
    request.fields.forEach((field, c) => {
      const at = positionOf(field.name, header, options.header);
      if (at < 0 && options.missing_fields === 'null') return;
      if (at < 0 || targets[at] !== -1) {
        throw connectorError('VS4307', { file: request.name, column: field.name, known: header, nearest: nearestName(field.name, header) });
      }
      targets[at] = c;
    });
    const layout = {
      dialect: csvDialect(options),
      fieldCount: header.length,
      targets,
      allowsMissing: options.missing_fields === 'null',
      allowsExtra: options.extra_fields === 'ignore',
    };
    return new RecordDecoder(csvRecordFormat(layout, request, this.kernelOf), request, startByte, header);
  }
}
