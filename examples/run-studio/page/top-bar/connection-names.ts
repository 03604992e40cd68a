import type { Connection } from '@velostream/core/protocol/studio';
import { toldApart } from '../told-apart.ts';

type Named = Pick<Connection, 'alias' | 'uri' | 'type'>;

const FILES: ReadonlySet<string> = new Set(['file', 'file_mmap', 's3']);
const schemeOf = ({ uri, type }: Named): string => /^([a-z][\w+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? type;
const bare = (uri: string): string => uri.replace(/[?#].*$/, '').replace(/\/+$/, '');

/** The last part of the way to it, as it was typed: an address writes a space as `%20`. */
function leafOf(uri: string): string {
  const leaf = bare(uri).split('/').at(-1) ?? uri;
  try {
    return decodeURIComponent(leaf);
  } catch {
    return leaf;
  }
}

const nameOf = (connection: Named): string =>
  connection.alias ?? (FILES.has(connection.type) ? leafOf(connection.uri) : schemeOf(connection));

/** Where it is, to tell it from another of its name: the folder of a file, else the server. */
function placeOf({ uri, type }: Named): string {
  const path = bare(uri)
    .replace(/^[a-z][\w+.-]*:\/*/i, '')
    .split('/');
  return (FILES.has(type) ? path.at(-2) : path[0]) ?? '';
}

function longNameOf(connection: Named): string {
  const place = placeOf(connection);
  return place === '' ? nameOf(connection) : `${nameOf(connection)} (${place})`;
}

/** What each connection is called in the top bar: its name, else the file it reads, else its system; with its place where two are called alike. */
export const connectionNames = (connections: readonly Named[]): readonly string[] => toldApart(connections, nameOf, longNameOf);
