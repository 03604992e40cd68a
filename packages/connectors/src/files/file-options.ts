import { type DocumentedOptions, defineOptions, type OptionsIn } from '@velostream/core/connect/options';
import type { FileFormat } from './choose-format.ts';
import { FILE_SPECS } from './file-specs.ts';
import { optionsWithFormats, type WithGiven } from './options-with-formats.ts';

const OWN = defineOptions(FILE_SPECS);

/** Options of a file source or sink. */
export type FileOptions = WithGiven<OptionsIn<typeof OWN>>;

/** The connector's options together with those of its formats. */
export const fileOptions = (formats: readonly FileFormat[]): DocumentedOptions<FileOptions> => optionsWithFormats(OWN, formats);
