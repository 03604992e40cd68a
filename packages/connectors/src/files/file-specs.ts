import { option } from '@velostream/core/connect/options';
import { failureSpecs } from '../failure/failure-specs.ts';
import { storedSpecs } from './stored-specs.ts';

/** Options of the file connector itself; those of the formats are added to them. */
export const FILE_SPECS = {
  path: option.requiredText({
    about: 'File, folder or pattern (`*`, `?`, `**`); relative paths start at the first root.',
    aliases: ['source.path', 'sink.path', 'file.path', 'uri'],
  }),
  ...storedSpecs('file', 'Read the folders of a folder, too.'),
  buffer_size: option.count({
    about: 'Size of the windows that are read.',
    default: 1024 ** 2,
    min: 4096,
    max: 64 * 1024 ** 2,
    unit: 'bytes',
  }),
  ...failureSpecs('record', 'below the same roots'),
  watch: option.flag({
    about: 'Go on reading as files grow, appear and are rotated; the source never ends.',
    default: false,
    aliases: ['watching', 'tail'],
  }),
  polling_interval: option.count({
    about: 'How often followed files are looked at.',
    default: 1000,
    min: 1,
    unit: 'ms',
    aliases: ['polling_interval_ms'],
  }),
  'file.wait.timeout': option.count({ about: 'How long to wait for a first file.', default: 0, unit: 'ms' }),
  'file.retry.interval': option.count({ about: 'How often to look for it.', default: 1000, min: 1, unit: 'ms' }),
  mmap: option.flag({
    about: 'Split large CSV and JSON files into ranges that several threads decode; the source type `file_source_mmap` sets it.',
    default: false,
    aliases: ['use_mmap'],
  }),
  'mmap.threads': option.count({ about: 'Threads that decode ranges; by default one per core, four at most.', min: 1, max: 64 }),
  'mmap.range_bytes': option.count({ about: 'Size of a range; 8 MiB by default.', min: 1024, max: 1024 ** 3, unit: 'bytes' }),
  append: option.flag({
    about: 'Write behind what the file holds instead of replacing it.',
    default: false,
    aliases: ['append_if_exists'],
  }),
  job: option.text({
    about:
      'Name under which a sink notes its epochs and the checkpoint of the job in `<name>.commit`: exactly-once when the job is killed. Without it a repeated epoch of a job writes again.',
    aliases: ['job.id', 'transactional.id'],
  }),
  buffer_size_bytes: option.count({
    about: 'Bytes that a sink collects before it writes them.',
    default: 1024 ** 2,
    min: 1,
    unit: 'bytes',
  }),
  max_file_size_bytes: option.count({ about: 'Start a next file (`name-00002.csv`) once one has this size.', min: 1, unit: 'bytes' }),
  max_records_per_file: option.count({ about: 'Start a next file after so many rows.', min: 1 }),
  rotation_interval_ms: option.count({ about: 'Start a next file once one is so old.', min: 1, unit: 'ms' }),
  writer_threads: option.count({ about: 'Accepted for compatibility: one writer keeps the order of rows.', default: 1, min: 1 }),
} as const;
