import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export const inProgress = (path: string): string => `${path}.inprogress`;

/** A part that is complete and about to be committed. */
export const sealed = (target: string, epoch: number): string => `${target}.epoch-${epoch}`;

/** `trades.csv.gz` -> `trades-00002.csv.gz`. */
export function partName(target: string, part: number): string {
  const { stem, extension } = split(target);
  return join(dirname(target), `${stem}-${String(part).padStart(5, '0')}${extension}`);
}

function split(target: string): { readonly stem: string; readonly extension: string } {
  const name = basename(target);
  const match = /^(.+?)((?:\.[A-Za-z0-9]{1,8}){1,2})$/.exec(name);
  return match === null ? { stem: name, extension: '' } : { stem: match[1] as string, extension: match[2] as string };
}

/** The highest number of the parts of a target, and what a crashed sink left behind that no commit speaks for. */
export async function partsOf(target: string): Promise<{ readonly highest: number; readonly unfinished: readonly string[] }> {
  const { stem, extension } = split(target);
  const names = await readdir(dirname(target)).catch(() => []);
  let highest = 0;
  const unfinished: string[] = [];
  for (const name of names) {
    if (name === basename(inProgress(target)) || name.startsWith(`${basename(target)}.epoch-`))
      unfinished.push(join(dirname(target), name));
    if (!name.startsWith(`${stem}-`)) continue;
    const rest = name.slice(stem.length + 1);
    const match = /^(\d{5,9})(.*)$/.exec(rest);
    if (match === null) continue;
    if (match[2] === extension) highest = Math.max(highest, Number(match[1]));
    else if (match[2] === `${extension}.inprogress`) unfinished.push(join(dirname(target), name));
  }
  return { highest, unfinished };
}
