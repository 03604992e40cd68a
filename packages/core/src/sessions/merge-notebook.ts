import type { Artifact } from '../protocol/artifacts/artifact.ts';
import type { Cell, NotebookDocument } from '../protocol/studio/notebook.ts';

export interface NotebookMerge {
  readonly document: NotebookDocument;
  /** Ids of the cells that both sides changed, each in another way; the document has them as they are there. */
  readonly conflicts: readonly string[];
}

/**
 * Brings two versions of a notebook together that were both made from `base`. Cells that one side changed are taken from there; of what both added
 * nothing is lost. The context stays ours: it is what is open here.
 */
export function mergeNotebooks(base: NotebookDocument, ours: NotebookDocument, theirs: NotebookDocument): NotebookMerge {
  const [was, mine, other] = [byId(base.cells), byId(ours.cells), byId(theirs.cells)];
  const ids = new Set([...was.keys(), ...mine.keys(), ...other.keys()]);
  const isChanged = (cells: ReadonlyMap<string, Cell>, id: string): boolean => !isSame(cells.get(id), was.get(id));
  const conflicts = [...ids].filter((id) => isChanged(mine, id) && isChanged(other, id) && !isSame(mine.get(id), other.get(id)));
  const orderOf = isSame([...mine.keys()], [...was.keys()]) ? theirs.cells : ours.cells;
  const order = new Set([...orderOf.map((cell) => cell.id), ...ids]);
  const cells = [...order].flatMap((id) => (isChanged(mine, id) && !conflicts.includes(id) ? mine.get(id) : other.get(id)) ?? []);
  const testConfig = isSame(ours.testConfig, base.testConfig) ? theirs.testConfig : ours.testConfig;
  const { testConfig: _ours, ...rest } = ours;
  return {
    conflicts,
    document: {
      ...rest,
      name: ours.name === base.name ? theirs.name : ours.name,
      cells,
      messages: together(theirs.messages, ours.messages, ({ id }) => id),
      artifacts: together(theirs.artifacts, ours.artifacts, versionOf),
      ...(testConfig === undefined ? {} : { testConfig }),
      ...(theirs.revision === undefined ? {} : { revision: theirs.revision }),
    },
  };
}

const byId = (cells: readonly Cell[]): ReadonlyMap<string, Cell> => new Map(cells.map((cell) => [cell.id, cell]));
const versionOf = ({ id, version }: Artifact): string => `${id}@${version}`;
const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a, plain) === JSON.stringify(b, plain);
/** A store keeps large integers as text. */
const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function together<T>(first: readonly T[], second: readonly T[], key: (item: T) => string): readonly T[] {
  const known = new Set(first.map(key));
  return [...first, ...second.filter((item) => !known.has(key(item)))];
}
