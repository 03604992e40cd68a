import type { OptionsSchema } from '@velostream/core/connect';
import type { DocumentedOptions } from '@velostream/core/connect/options';
import type { FileFormat } from './choose-format.ts';

/** Options of a connector and, under `given`, all of them as they were written, for a format to read its own. */
export type WithGiven<T> = T & { readonly given: Readonly<Record<string, unknown>> };

/** A connector's options together with those of its formats. */
export function optionsWithFormats<T extends object>(
  own: DocumentedOptions<T>,
  formats: readonly FileFormat[],
): DocumentedOptions<WithGiven<T>> {
  const schemas: readonly (OptionsSchema<unknown> & Partial<DocumentedOptions<unknown>>)[] = formats.map((format) => format.options);
  const all = [...schemas, own];
  return {
    names: [...new Set([own, ...schemas].flatMap((schema) => schema.names))],
    aliases: new Map(all.flatMap((schema) => [...(schema.aliases ?? [])])),
    specs: new Map(all.flatMap((schema) => [...(schema.specs ?? [])])),
    safeParse(input) {
      const read = own.safeParse(input);
      // `resolveOptions` hands over a plain object of named options.
      return read.success ? { success: true, data: { ...read.data, given: input as Record<string, unknown> } } : read;
    },
  };
}
