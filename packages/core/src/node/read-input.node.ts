import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Terminal } from './terminal.node.ts';
import { UsageError } from './usage-error.ts';

/** One text that a command works on. */
export interface SqlInput {
  /** As it was named on the command line; `-` for standard input, `query` for SQL on the command line itself. */
  readonly name: string;
  readonly sql: string;
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'reading it is not allowed',
  ENOTDIR: 'a part of the path is no directory',
};

/** A statement has a space or a line break behind its first word; a file of such a name is read as a file. */
const LOOKS_LIKE_SQL = /^\s*(?:--|@|[a-z]+\s)/i;

const FILES_NAMED_MAX = 3;

/**
 * Reads a file, or standard input for `-`; a text that names no file and looks like SQL is the SQL itself, unless `instead` says
 * what else to give: the input is no SQL then.
 *
 * @throws {UsageError} when it cannot be read or is not UTF-8.
 */
export async function readInput(name: string, terminal: Terminal, instead?: string): Promise<SqlInput> {
  try {
    const bytes = name === '-' ? await allOf(terminal.stdin) : await readFile(resolve(terminal.cwd, name));
    // A byte order mark is dropped; other bytes that are no UTF-8 are an error, never a silent replacement.
    return { name, sql: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if ((code === 'ENOENT' || code === 'ENAMETOOLONG') && instead === undefined && LOOKS_LIKE_SQL.test(name))
      return { name: 'query', sql: name };
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new UsageError(`"${name}" is not UTF-8 text`, 'Save it as UTF-8.');
    throw new UsageError(`"${name}" cannot be read: ${WHY[code] ?? code}`, instead ?? (await insteadOf(terminal)));
  }
}

/** What may stand in the place of a file that is not there: the scripts that are, or SQL. */
async function insteadOf(terminal: Terminal): Promise<string> {
  const scripts = (await readdir(terminal.cwd).catch((): string[] => [])).filter((file) => /\.sql$/i.test(file)).sort();
  const named = scripts.slice(0, FILES_NAMED_MAX).join(', ');
  const more = scripts.length - FILES_NAMED_MAX;
  const there = scripts.length === 0 ? 'Check the path' : `This folder has ${named}${more > 0 ? ` and ${more} more` : ''}`;
  return `${there}; SQL may stand here in quotes, such as "SELECT * FROM 'trades.csv'", and "-" reads standard input.`;
}

/** The files of a command that takes several. */
export async function readInputs(names: readonly string[], terminal: Terminal): Promise<SqlInput[]> {
  const inputs: SqlInput[] = [];
  for (const name of names) inputs.push(await readInput(name, terminal));
  return inputs;
}

/** The one file of a command that takes one. `example`: how the command is called at its simplest. */
export function onlyName(names: readonly string[], command: string, example = `velo ${command} <file.sql>`): string {
  const [name = '', ...more] = names;
  if (name.trim() === '')
    throw new UsageError('no file was given', `Write ${example}, or "-" for standard input. "velo ${command} --help" shows more.`);
  if (more.length > 0 && STATEMENT.test(name))
    throw new UsageError(
      'SQL on the command line has to stand in quotes',
      `Write velo ${command} "${name} …": a shell takes it apart otherwise.`,
    );
  if (more.length > 0) throw new UsageError(`one file is expected, not ${names.length}`, `Run velo ${command} once for each file.`);
  return name;
}

/** A first word of SQL that a shell has parted from the rest. */
const STATEMENT = /^(?:select|with|create|insert|show|describe|explain)$/i;

async function allOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
