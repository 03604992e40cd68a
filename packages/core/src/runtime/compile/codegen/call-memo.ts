import type { Dictionary } from '../../../values/column.ts';

/** Texts of a dictionary up to this code have their result remembered. */
const CODES_MAX = 1 << 18;

/** Results of one pure call by the dictionary code of its one argument that varies: a repeated text is worked on once. */
export class CallMemo {
  private dictionary: Dictionary | null = null;
  private results: unknown[] = [];

  /** Results by code, undefined where there is none yet; null for a dictionary that is too large. */
  of(dictionary: Dictionary): unknown[] | null {
    if (dictionary !== this.dictionary) {
      this.dictionary = dictionary;
      this.results = [];
    }
    if (dictionary.size > CODES_MAX) return null;
    while (this.results.length < dictionary.size) this.results.push(undefined);
    return this.results;
  }
}
