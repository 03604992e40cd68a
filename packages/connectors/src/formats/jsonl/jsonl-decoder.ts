import type { DecodedBatch, DecodeRequest, Decoder } from '@velostream/core/connect';
import { afterMark } from '../decode/byte-mark.ts';
import { RecordDecoder } from '../decode/record-decoder.ts';
import { jsonlKernelOf } from './jsonl-kernel.ts';
import type { JsonlKernelFactory } from './jsonl-kernel-plan.ts';
import type { JsonlOptions } from './jsonl-options.ts';
import { jsonlRecordFormat } from './jsonl-record-format.ts';

const MARK_BYTES = 3;

/** Decoder of one file of JSON lines. A byte-order mark at its start is passed over. */
export function jsonlDecoder(
  request: DecodeRequest,
  options: JsonlOptions,
  kernelOf: JsonlKernelFactory = jsonlKernelOf(options.kernels),
): Decoder {
  const open = (startByte: number): RecordDecoder => new RecordDecoder(jsonlRecordFormat(request, kernelOf), request, startByte, undefined);
  let inner = request.startByte === 0 ? null : open(request.startByte);
  let held = new Uint8Array(0);

  function* begin(): Generator<DecodedBatch> {
    const start = afterMark(held, request.name);
    inner = open(start);
    yield* inner.push(held.subarray(start));
  }
  return {
    header: undefined,
    close: () => inner?.close(),
    *push(chunk) {
      if (inner !== null) {
        yield* inner.push(chunk);
        return;
      }
      const first = new Uint8Array(held.length + chunk.length);
      first.set(held);
      first.set(chunk, held.length);
      held = first;
      if (held.length >= MARK_BYTES) yield* begin();
    },
    *end() {
      if (inner === null) yield* begin();
      if (inner !== null) yield* inner.end();
    },
  };
}
