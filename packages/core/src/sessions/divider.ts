import type { FoundSource } from '../protocol/studio/exploration.ts';
import type { ConnectOptions } from '../protocol/studio/session.ts';
import type { TableSchema } from '../protocol/table-schema.ts';

const DIVIDERS = [';', '\t', '|'] as const;

/** A found source with the columns that were read of it. */
interface ReadSource {
  readonly info: Pick<FoundSource, 'kind'>;
  readonly schema: TableSchema | undefined;
}

/** Names under which the divider is an option of a source; the formats read it by any of them. */
const SAID = ['delimiter', 'csv_delimiter', 'separator'];

/** Whether it is for the studio to find what divides the columns: nobody has said it. */
export const isDividerOpen = (uri: string, { format, options }: ConnectOptions): boolean =>
  (format === undefined || format === 'csv') &&
  !SAID.some((name) => options?.[name] !== undefined || uri.includes(`?${name}=`) || uri.includes(`&${name}=`));

/** What divides the columns of files that were read as one column each, where their headings tell, and all tell the same. */
export function dividerOf(sources: readonly ReadSource[]): string | undefined {
  const found = sources.map(({ info, schema }) => {
    const [only, ...others] = schema?.columns ?? [];
    if ((info.kind !== 'file' && info.kind !== 'object') || !only || others.length > 0) return undefined;
    return DIVIDERS.find((mark) => only.name.includes(mark));
  });
  return found.every((mark) => mark === found[0]) ? found[0] : undefined;
}
