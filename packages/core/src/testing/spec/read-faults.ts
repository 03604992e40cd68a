import { type Loose, LooseMap } from '../schema/loose.ts';
import type { CorruptionType, FaultInjection, MalformedType } from './test-spec.ts';

const MALFORMED: readonly MalformedType[] = [
  'missing_field',
  'wrong_type',
  'invalid_json',
  'overflow',
  'empty_record',
  'unexpected_null',
  'invalid_encoding',
  'truncated',
];
const CORRUPTION: readonly CorruptionType[] = ['random_value', 'boundary_value', 'bit_flip', 'truncate', 'case_change'];

/** The `fault_injection` of a spec; sections that are off or absent are left out. */
export function readFaults(source: Loose): FaultInjection {
  const top = new LooseMap(source);
  const section = (...names: readonly string[]): LooseMap | undefined => {
    const map = top.map(...names);
    const read = map === undefined ? undefined : new LooseMap(map);
    return read === undefined || read.flag('enabled') === false ? undefined : read;
  };
  const malformed = section('malformed_records');
  const duplicates = section('duplicates');
  const order = section('out_of_order');
  const slow = section('slow_processing');
  const corruption = section('field_corruption');
  const seed = top.number('seed');
  const size = top.number('dlq_max_size');
  const delay = duplicates?.number('delay_ms');
  return {
    ...(seed === undefined ? {} : { seed }),
    enableDlq: top.flag('enable_dlq') ?? true,
    ...(size === undefined ? {} : { dlqMaxSize: size }),
    ...(malformed ? { malformed: { rate: malformed.number('rate') ?? 0.05, types: words(malformed, MALFORMED, 3, 'types') } } : {}),
    ...(duplicates
      ? {
          duplicates: {
            rate: duplicates.number('rate') ?? 0.01,
            maxDuplicates: duplicates.number('max_duplicates') ?? 3,
            ...(delay === undefined ? {} : { delayMs: delay }),
          },
        }
      : {}),
    ...(order
      ? {
          outOfOrder: {
            rate: order.number('rate') ?? 0.1,
            maxDelayMs: order.number('max_delay_ms') ?? 5000,
            windowSize: order.number('window_size') ?? 10,
          },
        }
      : {}),
    ...(slow
      ? {
          slow: {
            rate: slow.number('rate') ?? 0.05,
            minDelayMs: slow.number('min_delay_ms') ?? 100,
            maxDelayMs: slow.number('max_delay_ms') ?? 1000,
          },
        }
      : {}),
    ...(corruption
      ? {
          corruption: {
            rate: corruption.number('rate') ?? 0.02,
            fields: (corruption.list('target_fields', 'fields') ?? []).map(String),
            types: words(corruption, CORRUPTION, 2, 'corruption_types', 'types'),
          },
        }
      : {}),
  };
}

/** The known words of a list; the first few of all where none is given. */
function words<T extends string>(map: LooseMap, known: readonly T[], defaults: number, ...names: readonly string[]): readonly T[] {
  const given = (map.list(...names) ?? []).map((w) => String(w).toLowerCase());
  const found = known.filter((w) => given.includes(w));
  return found.length > 0 ? found : known.slice(0, defaults);
}
