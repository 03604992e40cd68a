import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { editQuery, looksLikeEdit } from './edit.ts';
import { translateQuestion } from './nl-to-sql.ts';

/** A question, or a change of the query before it, as SQL, without a model. Synchronous. */
export const translate = (request: NlToSqlRequest): NlToSqlResult => translateQuestion(request, { editQuery, looksLikeEdit });
