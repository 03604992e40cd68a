import type { ConnectorHost } from '@velostream/core/connect';
import type { KafkaOptions } from '../kafka-options.ts';
import { jsonValues } from './json-values.ts';
import { textValues } from './text-values.ts';
import type { ValueFormat } from './value-format.ts';

/** How the values of a topic are written, by its options. */
export function valueFormatOf(options: KafkaOptions, _topic: string, _host: ConnectorHost): ValueFormat {
  return options.format === 'string' ? textValues() : jsonValues();
}
