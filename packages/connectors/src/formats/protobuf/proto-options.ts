import { defineOptions, type OptionsIn, option } from '@velostream/core/connect/options';

export const PROTOBUF_SPECS = {
  'protobuf.schema': option.text({ about: 'Text of the `.proto` file.', aliases: ['protobuf_schema'] }),
  'protobuf.message': option.text({
    about: 'Name of the message type; the first of the schema by default.',
    aliases: ['protobuf_message'],
  }),
  'protobuf.framing': option.choice(['delimited', 'single'], {
    about: 'Messages with their length before each, or one message that is the whole file.',
    default: 'delimited',
  }),
} as const;

export const PROTOBUF_OPTIONS = defineOptions(PROTOBUF_SPECS);
export type ProtobufOptions = OptionsIn<typeof PROTOBUF_OPTIONS>;
