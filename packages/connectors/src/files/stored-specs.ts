import { option } from '@velostream/core/connect/options';

/** What is said in the same way of files on a disk and of objects in a store; `deeper` tells what `recursive` does there. */
export const storedSpecs = (thing: 'file' | 'object', deeper: string) =>
  ({
    format: option.text({
      about: 'Format; by default told from the extension, and CSV where that says nothing.',
      aliases: ['source.format', 'file.format', 'value.format', 'sink.format'],
    }),
    compression: option.choice(['auto', 'none', 'gzip', 'zstd', 'snappy', 'lz4'], {
      about: `How ${thing}s are packed; \`auto\` tells it from the extension (\`.gz\`, \`.zst\`, \`.sz\`, \`.lz4\`).`,
      default: 'auto',
      aliases: ['compression.type'],
    }),
    recursive: option.flag({ about: deeper, default: false }),
    extension_filter: option.text({ about: `Read only ${thing}s with this extension.`, aliases: ['extension'] }),
    max_records: option.count({ about: `Rows to read at most, over all ${thing}s.` }),
    max_record_bytes: option.count({
      about: 'Longest record; a longer one is reported and passed over.',
      default: 16 * 1024 ** 2,
      min: 16,
      unit: 'bytes',
    }),
    max_output_bytes: option.count({
      about: `Bytes that one packed ${thing} may unpack to. More than 200 times its size is refused in any case.`,
      default: 64 * 1024 ** 3,
      unit: 'bytes',
    }),
  }) as const;
