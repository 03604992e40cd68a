import { comparatorAt } from './comparators.ts';
import { plainWord, type Scan } from './frame.ts';

/** Words with a job in a sentence that no name is made of. */
const JOBS =
  /^(?:against|among|amongst|beyond|despite|toward|towards|whether|because|although|though|whereas|hence|thus|therefore|else|apart|aside|together|altogether|terms|wise|separate|separately|individual|appear|appears|come|comes|came|interest|matter|matters|count|counts|again|anyway|alone|along|away|back|behind|beside|besides|else|enough|even|almost|nearly|about|around|throughout|upon|unless|whenever|wherever|however|otherwise|respectively|someone|somebody|anyone|anybody|everyone|everybody|nobody|nothing|something|anything|everything|mine|ours|yours|theirs|myself|itself|themselves)$/;

/** `shops use less than`, `a vessel burns 50`, `wards give the least`: a verb, since an amount or an object comes behind it. */
const hasObject = (scan: Scan, at: number): boolean =>
  /^(?:the|an?|no|any|some|its|their|his|her|most|least|fewest)$/.test(plainWord(scan, at + 1)) ||
  (/[^s]s$/.test(plainWord(scan, at - 1)) !== /[^s]s$/.test(plainWord(scan, at)) &&
    (comparatorAt(scan, at + 1) !== undefined || scan.tokens[at + 1]?.t === 'number'));

/** Whether a small word behind a column is part of the sentence, and no value of the column. */
export function isNoName(scan: Scan, at: number): boolean {
  const token = scan.tokens[at];
  if (token?.t !== 'word' || !/^[a-z]+$/.test(token.raw)) return false;
  return JOBS.test(token.word) || /(?:ly|wise|wards?)$/.test(token.word) || plainWord(scan, at - 1) === 'to' || hasObject(scan, at);
}
