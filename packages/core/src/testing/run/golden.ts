import type { Row } from '../../protocol/query.ts';
import type { Assertion } from '../../protocol/studio/testing.ts';
import { type FileReader, fileText } from './files.ts';

/** Where the rows of a snapshot are kept, beside the spec. */
const snapshotPath = (name: string): string => `__snapshots__/${name.replace(/[^\w.-]/g, '_')}.json`;
const nameOf = (a: Assertion): string => String(a['name'] ?? a['path'] ?? 'snapshot');

/** Rows of the snapshots that assertions name, as far as there are any. */
export async function readSnapshots(assertions: readonly Assertion[], files: FileReader): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const a of assertions.filter((x) => x.type === 'snapshot')) {
    const text = await files.read(snapshotPath(nameOf(a)));
    if (text !== null) found[nameOf(a)] = JSON.parse(text) as unknown;
  }
  return found;
}

/** Keeps what came out as what is expected from now on. */
export async function keepGolden(
  assertions: readonly Assertion[],
  rows: readonly Row[],
  written: ReadonlyMap<string, string>,
  files: FileReader,
): Promise<void> {
  if (!files.write) return;
  for (const a of assertions) {
    if (a.type === 'snapshot') await files.write(snapshotPath(nameOf(a)), fileText(rows, 'json'));
    if (a.type !== 'file_matches' || typeof a['expected_path'] !== 'string') continue;
    const actual =
      typeof a['actual_path'] === 'string' ? (written.get(a['actual_path']) ?? (await files.read(a['actual_path']))) : undefined;
    if (typeof actual === 'string') await files.write(a['expected_path'], actual);
  }
}
