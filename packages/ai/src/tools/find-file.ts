import { editDistance } from '../offline/stem.ts';
import type { ToolContext } from './tool.ts';

/** All below the folders that may be read. */
const EVERYTHING = 'file://.';
const SHOWN_MAX = 6;

export type FoundFile =
  | { readonly kind: 'found'; readonly uri: string }
  | {
      readonly kind: 'unclear';
      readonly question: string;
      readonly options: readonly { readonly label: string; readonly prompt: string }[];
    };

/** `file://empty.csv`: a file that is called by its name, without the way to it. */
export const fileName = (uri: string): string | undefined => /^file:\/\/([^/*?[\]{}#]+)$/i.exec(uri)?.[1];

const leaf = (name: string): string => name.split(/[/\\]/).at(-1) ?? name;

/** Where the file of a name lies below the folders that may be read; else what to choose from. */
export async function findFile({ session, studio, signal }: ToolContext, name: string): Promise<FoundFile> {
  const look = await session.connect(EVERYTHING, signal ? { signal } : {});
  // It was opened for its names alone.
  const all = await studio.sources.list({ sessionId: session.id, connectionId: look.id }).finally(() => session.disconnect(look.id));
  const files = all.filter(({ format, uri }) => format !== undefined && uri !== undefined);
  const wanted = leaf(name).toLowerCase();
  const same = files.filter((file) => leaf(file.name).toLowerCase() === wanted);
  const [only, ...more] = same;
  if (only?.uri !== undefined && more.length === 0) return { kind: 'found', uri: only.uri };
  const byLikeness = files.toSorted((a, b) => likeness(wanted, a.name) - likeness(wanted, b.name) || a.name.localeCompare(b.name));
  const shown = (same.length > 0 ? same : byLikeness).slice(0, SHOWN_MAX);
  return {
    kind: 'unclear',
    question:
      same.length > 0
        ? `There are ${same.length} files called "${name}". Which one?`
        : `No file "${name}" lies in the folders that may be read${files.length === 0 ? ', nor any other.' : `: there are ${files.length} other files, such as`}`,
    options: shown.map((file) => ({ label: same.length > 0 ? file.name : leaf(file.name), prompt: `connect to ${file.uri}` })),
  };
}

const likeness = (wanted: string, name: string): number => editDistance(wanted, leaf(name).toLowerCase(), wanted.length);
