import { defineOptions, type OptionsIn, option } from '@velostream/core/connect/options';

/** Options that say what a CSV file looks like; the file connector has them too. */
export const CSV_SPECS = {
  delimiter: option.text({ about: 'Character between fields; `\\t` for a tab.', default: ',', aliases: ['csv_delimiter', 'separator'] }),
  quote: option.text({ about: 'Character around fields that hold delimiters, quotes or line ends. Empty: none.', default: '"' }),
  escape: option.text({ about: 'Character before a quote inside a quoted field; the quote itself (doubled) by default.' }),
  header: option.flag({
    about: 'The first line holds the column names; otherwise they are `col0`, `col1`, … (`column_0` works too).',
    default: true,
    aliases: ['has_headers', 'has_header', 'csv_has_header'],
  }),
  skip_lines: option.count({ about: 'Lines to leave out at the start of each file.', default: 0, aliases: ['skip_rows'] }),
  missing_fields: option.choice(['error', 'null'], {
    about: 'A record with too few fields is bad, or the missing ones are NULL.',
    default: 'error',
  }),
  extra_fields: option.choice(['error', 'ignore'], {
    about: 'A record with too many fields is bad, or the extra ones are left out.',
    default: 'error',
  }),
  exact_decimals: option.flag({ about: 'Infer DECIMAL instead of FLOAT for numbers with a point.', default: false }),
  kernels: option.choice(['auto', 'wasm', 'js'], {
    about: 'What decodes: WebAssembly where there is any (`auto`), or JavaScript.',
    default: 'auto',
  }),
} as const;

export const CSV_OPTIONS = defineOptions(CSV_SPECS);
export type CsvOptions = OptionsIn<typeof CSV_OPTIONS>;
