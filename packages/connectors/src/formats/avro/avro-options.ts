import { defineOptions, type OptionsIn, option } from '@velostream/core/connect/options';

export const AVRO_SPECS = {
  'avro.schema': option.text({
    about: 'Schema as JSON: what records are read as (schema resolution), or written as. By default that of the file, or of the columns.',
    aliases: ['avro_schema'],
  }),
  'avro.codec': option.choice(['deflate', 'null', 'zstandard'], { about: 'How blocks are packed when written.', default: 'deflate' }),
} as const;

export const AVRO_OPTIONS = defineOptions(AVRO_SPECS);
export type AvroOptions = OptionsIn<typeof AVRO_OPTIONS>;
