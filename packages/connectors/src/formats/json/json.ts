import {
  connectorError,
  type DecodedBatch,
  type DecodeRequest,
  type Decoder,
  defineFormat,
  type FormatDefinition,
} from '@velostream/core/connect';
import { columnFromScalars, NO_META } from '@velostream/core/connect/formats';
import { jsonlDecoder } from '../jsonl/jsonl-decoder.ts';
import { jsonlEncoder } from '../jsonl/jsonl-encoder.ts';
import { inferJsonl } from '../jsonl/jsonl-infer.ts';
import { JSONL_OPTIONS, type JsonlOptions } from '../jsonl/jsonl-options.ts';
import { Flattener } from './flatten.ts';

/** What says that an array was never closed: rows behind the cut are missing. */
function cutOff({ fields, name }: DecodeRequest, { endByte, endRecord }: Pick<DecodedBatch, 'endByte' | 'endRecord'>): DecodedBatch {
  const error = connectorError('VS4304', { problem: 'the array is never closed, so that the document is cut off' });
  const columns = fields.map((field) => columnFromScalars(field.type, []));
  return {
    batch: { length: 0, columns, meta: NO_META, ops: null, watermarks: null },
    endByte,
    endRecord: endRecord + 1,
    bad: [{ error, position: `${name}:${endRecord + 1}`, sample: '' }],
  };
}

/**
 * JSON documents: an array of objects, one object, or objects one behind the other, on one line or many. Read as a stream, with the
 * rules of `jsonl()`. A record that is cut off is bad, and so is everything up to the next line end after a broken string. Written as
 * one object per line, so that files can grow; this format reads that back.
 */
export const json = (): FormatDefinition<JsonlOptions> =>
  defineFormat<JsonlOptions>({
    name: 'json',
    aliases: ['application/json'],
    extensions: ['json'],
    options: JSONL_OPTIONS,
    infer: (sample, complete, options) => inferJsonl(new Flattener(true).flatten(sample), complete, options),
    decoder(request, options) {
      const inner = jsonlDecoder(request, options);
      const flattener = new Flattener(request.startByte === 0);
      let last = { endByte: request.startByte, endRecord: request.startRecord };
      const counted = function* (batches: Iterable<DecodedBatch>): Generator<DecodedBatch> {
        for (const batch of batches) {
          last = batch;
          yield batch;
        }
      };
      const decoder: Decoder = {
        header: undefined,
        push: (chunk) => counted(inner.push(flattener.flatten(chunk))),
        *end() {
          yield* counted(inner.end());
          if (flattener.isOpenArray) yield cutOff(request, last);
        },
        close: () => inner.close?.(),
      };
      return decoder;
    },
    encoder: jsonlEncoder,
  });
