import { defineOptions, type OptionsIn, option } from '@velostream/core/connect/options';

/** Options of JSON lines; the file connector has them too. */
export const JSONL_SPECS = {
  exact_decimals: option.flag({ about: 'Infer DECIMAL instead of FLOAT for numbers with a point.', default: false }),
  kernels: option.choice(['auto', 'wasm', 'js'], {
    about: 'What decodes: WebAssembly where there is any (`auto`), or JavaScript.',
    default: 'auto',
  }),
} as const;

export const JSONL_OPTIONS = defineOptions(JSONL_SPECS);
export type JsonlOptions = OptionsIn<typeof JSONL_OPTIONS>;
