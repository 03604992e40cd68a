import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import { differenceOf, isSilent } from './edit-difference.ts';

const STOP = /\s*[;.–—]\s+|\s*[–—;]\s*|,?\s+(?:and then|then)\s+/;
const PAUSE = new RegExp(String.raw`${STOP.source}|\s*,\s*(?!not\b)(?:and |but |also )?|(?<!nothing|anything|everything|none)\s+but\s+`);
const LINK = new RegExp(String.raw`${PAUSE.source}|\s+and\s+(?:also )?`);

/** Where a sentence may fall apart, at its pauses first: `hourly, and without returns`, `by shop and only cash`. */
function partings(said: string): readonly (readonly string[])[] {
  const text = said
    .trim()
    .replace(/[.!?]+$/, '')
    .replace(/^first,?\s+(?=.*\bthen\b)/i, '');
  const lists = [STOP, PAUSE, LINK].map((at) =>
    text
      .split(new RegExp(at, 'gi'))
      .map((t) => t.replace(/^(?:also|and|then|please|now|ok(?:ay)?)[,\s]+(?!(?:by|per|the|add)\b)/i, '').trim())
      .filter((t) => t !== ''),
  );
  return lists.filter((list, i) => list.length > 1 && list.length < 5 && list.length > (lists[i - 1]?.length ?? 0));
}

/** Several changes in one sentence, one after the other, where each part of it is a change or says nothing. */
export function editInTurn(said: string, request: NlToSqlRequest, edit: Edit): NlToSqlResult | undefined {
  // Whether a sentence is a change is asked before the change is wanted.
  const known = made.get(request);
  if (known?.said === said) return known.result;
  const result = inTurn(said, request, edit);
  made.set(request, { said, result });
  return result;
}

type Edit = (clause: string, request: NlToSqlRequest) => NlToSqlResult | undefined;
const made = new WeakMap<NlToSqlRequest, { readonly said: string; readonly result: NlToSqlResult | undefined }>();

function inTurn(said: string, request: NlToSqlRequest, edit: Edit): NlToSqlResult | undefined {
  for (const list of partings(said)) {
    let before = request;
    let last: NlToSqlResult | undefined;
    for (const clause of list) {
      const isChange = differenceOf(clause, before) !== undefined;
      if (!isChange && isSilent(clause, before)) continue;
      last = isChange ? edit(clause, before) : undefined;
      if (last?.kind !== 'sql' || last.ignored.length > 0) {
        last = undefined;
        break;
      }
      before = { ...before, previousSql: last.sql };
    }
    if (last) return last;
  }
  return undefined;
}
