import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a sink has promised: kept beside its target, so that a crash at any moment can be put right. */
export interface Journal {
  /** The latest epoch whose rows are, or are about to be, in the target. */
  readonly epoch: number;
  /** Bytes of the target that belong to epochs before `epoch`; what is behind is added again from `pending`. */
  readonly base: number;
  /** Finished parts to be renamed, in order: from, to. */
  readonly renames: readonly (readonly [string, string])[];
  /** A part to be added to the target, and its length. */
  readonly append: { readonly file: string; readonly bytes: number } | null;
  /** The job whose rows these are, where the sink was given its name. */
  readonly job?: string | undefined;
  /** Name of the job's checkpoint that goes with `epoch`. */
  readonly checkpoint?: string | undefined;
  /** The sink that writes: an earlier one of the same job must not commit any more. */
  readonly owner?: string | undefined;
}

export const journalPath = (target: string): string => `${target}.commit`;

export async function readJournal(target: string): Promise<Journal | null> {
  let text: string;
  try {
    text = await readFile(journalPath(target), 'utf8');
  } catch {
    return null;
  }
  try {
    const value = JSON.parse(text) as Partial<Journal>;
    const isWhole = Number.isSafeInteger(value.epoch) && Number.isSafeInteger(value.base) && Array.isArray(value.renames);
    return isWhole ? (value as Journal) : null;
  } catch {
    return null;
  }
}

/** Durable when it resolves. */
export async function writeJournal(target: string, journal: Journal): Promise<void> {
  const path = journalPath(target);
  const aside = `${path}.new`;
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(JSON.stringify(journal));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
  await syncFolder(path);
}

export const removeJournal = (target: string): Promise<void> => rm(journalPath(target), { force: true });

/** Makes renames durable; systems that cannot open folders do it by themselves. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(dirname(path), 'r').catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => {});
  await handle.close();
}
