import { type Decoder, defineFormat, type FormatDefinition } from '@velostream/core/connect';
import { jsonlDecoder } from '../jsonl/jsonl-decoder.ts';
import { jsonlEncoder } from '../jsonl/jsonl-encoder.ts';
import { inferJsonl } from '../jsonl/jsonl-infer.ts';
import { JSONL_OPTIONS, type JsonlOptions } from '../jsonl/jsonl-options.ts';
import { Flattener } from './flatten.ts';

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
      const decoder: Decoder = {
        header: undefined,
        push: (chunk) => inner.push(flattener.flatten(chunk)),
        end: () => inner.end(),
        close: () => inner.close?.(),
      };
      return decoder;
    },
    encoder: jsonlEncoder,
  });
