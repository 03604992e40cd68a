import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { addRareKinds } from './load-rare-kinds.ts';
import { addWords } from './load-words.ts';
import { translateQuestion } from './nl-to-sql.ts';

/** A question, or a change of the query before it, as SQL, without a model. Synchronous. */
export function translate(request: NlToSqlRequest): NlToSqlResult {
  addRareKinds();
  addWords();
  return translateQuestion(request);
}
