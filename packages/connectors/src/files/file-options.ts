import type { OptionsSchema } from '@velostream/core/connect';
import { type DocumentedOptions, defineOptions, type OptionsIn } from '@velostream/core/connect/options';
import type { FileFormat } from './choose-format.ts';
import { FILE_SPECS } from './file-specs.ts';

const OWN = defineOptions(FILE_SPECS);
type OwnOptions = OptionsIn<typeof OWN>;

/** Options of a file source or sink. `given` holds all of them as they were written, for the format to read its own. */
export interface FileOptions extends OwnOptions {
  readonly given: Readonly<Record<string, unknown>>;
}

/** The file connector's options together with those of its formats. */
export function fileOptions(formats: readonly FileFormat[]): DocumentedOptions<FileOptions> {
  const schemas: readonly (OptionsSchema<unknown> & Partial<DocumentedOptions<unknown>>)[] = formats.map((format) => format.options);
  const all = [...schemas, OWN];
  return {
    names: [...new Set([OWN, ...schemas].flatMap((schema) => schema.names))],
    aliases: new Map(all.flatMap((schema) => [...(schema.aliases ?? [])])),
    specs: new Map(all.flatMap((schema) => [...(schema.specs ?? [])])),
    safeParse(input) {
      const own = OWN.safeParse(input);
      // `resolveOptions` hands over a plain object of named options.
      return own.success ? { success: true, data: { ...own.data, given: input as Record<string, unknown> } } : own;
    },
  };
}
