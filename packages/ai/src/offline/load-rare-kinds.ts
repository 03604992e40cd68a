import type { NlToSqlRequest } from '@velostream/core/protocol/assist';
import { alertsOf, askThreshold } from './alerts.ts';
import { betterReading } from './better-reading.ts';
import { correctTyping } from './correct-typing.ts';
import { freeDeeds } from './deed-nouns.ts';
import { editQuery, looksLikeEdit } from './edit.ts';
import { apart, plainEdit, withRemark } from './edit-plain.ts';
import { findAlert } from './find-alert.ts';
import { findMoments, settleMoments } from './find-moment.ts';
import { findRank, placeRank } from './find-rank.ts';
import { findEmit, findRows, findSink } from './find-rare.ts';
import { findSession } from './find-session.ts';
import { findSliding } from './find-sliding.ts';
import type { Scan } from './frame.ts';
import { guessColumn } from './guess-column.ts';
import { idiomWords } from './idiom-words.ts';
import { readKnownFigure } from './known-figures.ts';
import { readLatestRows } from './latest-rows.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { missingBound } from './missing-bound.ts';
import { namedBefore } from './named-before.ts';
import { readNet } from './net-figures.ts';
import { isDoer, isNoName, isOneOf, isState } from './no-name.ts';
import { readHeld, readNullTest } from './null-tests.ts';
import { type RareKinds, rare } from './rare-kinds.ts';
import { readRatio } from './ratios.ts';
import { readAdjective } from './read-adjective.ts';
import { readAgain } from './read-again.ts';
import { readCode } from './read-code.ts';
import { readConversion } from './read-conversion.ts';
import { readExclusion } from './read-exclusion.ts';
import { readHow } from './read-how.ts';
import { readIndefinite } from './read-indefinite.ts';
import { readInside } from './read-inside.ts';
import { readJoin, readOrder } from './read-order.ts';
import { heldSpans, readQuotient } from './read-quotient.ts';
import { readRows } from './read-rows.ts';
import { readSince } from './read-since.ts';
import { readSpan } from './read-span.ts';
import { readTimes } from './read-times.ts';
import { isOfThing, readUndone } from './read-undone.ts';
import { readVersus } from './read-versus.ts';
import { readWho } from './read-who.ts';
import { refusalOf } from './refuse.ts';
import { relationWords } from './relation-words.ts';
import { rewordQuestion } from './reword-question.ts';
import { rollingQuery } from './rolling-query.ts';
import { readRowFunction } from './row-functions.ts';
import { saidConditions } from './said-conditions.ts';
import { countedNoun, settleAmounts, unusedAmount } from './settle-amounts.ts';
import { settleAttached } from './settle-attached.ts';
import { settleColumns } from './settle-columns.ts';
import { settleCounted } from './settle-counted.ts';
import { readRowsCompared, settleOnce } from './settle-counts.ts';
import { settleCurrency } from './settle-currency.ts';
import { settleDenials } from './settle-denials.ts';
import { settleGroups } from './settle-groups.ts';
import { settleClauses, settleHeld } from './settle-held.ts';
import { settleListed } from './settle-listed.ts';
import { settleOpen } from './settle-open.ts';
import { settlePivot } from './settle-pivot.ts';
import { settlePresence } from './settle-presence.ts';
import { settlePrevious } from './settle-previous.ts';
import { settleRanking, settleSpeed } from './settle-ranking.ts';
import { settleShare } from './settle-share.ts';
import { settleShareBounds } from './settle-share-bounds.ts';
import { settleSides } from './settle-sides.ts';
import { settleSpan } from './settle-span.ts';
import { settleTopGroups } from './settle-top-groups.ts';
import { sharesAsPercent } from './share-words.ts';
import type { Token } from './token.ts';
import { whenTold, wish } from './told-when.ts';
import { freeCandles, readTradeFigure } from './trade-figures.ts';
import { unknownDimension } from './unknown-dimension.ts';
import { valueEdit } from './value-words.ts';

const said = (prompt: string, { schemas, glossary }: NlToSqlRequest): string =>
  valueEdit(whenTold(wish(prompt), schemas), lexiconOf(schemas, glossary));

/** From here on row windows, sessions, alerts, sinks and changes of a query are understood. */
export function addRareKinds(): void {
  const kinds: RareKinds = {
    alertsOf,
    askThreshold,
    editQuery: (prompt, request) => withRemark(plainEdit(said(prompt, request), request), request, editQuery),
    findAlert,
    findEmit,
    findRank,
    findRows,
    findSession,
    findSink,
    findSliding,
    looksLikeEdit: (prompt, request) => {
      const plain = plainEdit(said(prompt, request), request);
      return looksLikeEdit(apart(plain)?.[0] ?? plain, request);
    },
    placeRank: (scan: Scan) => {
      placeRank(scan);
      freeCandles(scan);
      freeDeeds(scan);
    },
    readRowFunction: (scan: Scan, at: number) => readSince(scan, at) ?? readRowFunction(scan, at),
    readHow,
    readIndefinite: (scan: Scan, at: number) => readWho(scan, at) ?? readRows(scan, at) ?? readIndefinite(scan, at),
    readInside,
    readJoin,
    missingBound,
    readAdjective,
    readAgain,
    readExclusion,
    readHeld,
    readKnownFigure: (scan: Scan, at: number) => readTradeFigure(scan, at) ?? readLatestRows(scan, at) ?? readKnownFigure(scan, at),
    readNullTest,
    isNoName,
    isDoer,
    isOneOf,
    isOfThing,
    readUndone,
    unknownDimension,
    readCode,
    isState,
    readOrder,
    readRatio,
    heldSpans: (tokens: readonly Token[], lexicon: Lexicon) => {
      findMoments(tokens, lexicon);
      return heldSpans(tokens, lexicon);
    },
    readQuotient: (scan: Scan, at: number) => readNet(scan, at) ?? readQuotient(scan, at),
    refusalOf,
    rewordQuestion,
    saidConditions: (asked, request) => {
      const prompt = idiomWords(asked, request);
      return relationWords(prompt, request.schemas) ?? saidConditions(whenTold(wish(sharesAsPercent(prompt)), request.schemas), request);
    },
    settlePivot,
    settleOpen,
    readVersus: (scan: Scan, at: number) => readConversion(scan, at) ?? readVersus(scan, at),
    rollingQuery,
    settlePrevious,
    readRowsCompared: (scan: Scan, at: number) => readTimes(scan, at) ?? readRowsCompared(scan, at),
    settleOnce,
    settleAmounts,
    countedNoun,
    unusedAmount,
    settleColumns: (scan: Scan) => {
      settleMoments(scan);
      settleColumns(scan);
    },
    settleDenials: (scan: Scan) => {
      settleShareBounds(scan);
      settleDenials(scan);
      settleCurrency(scan);
    },
    settlePresence,
    namedBefore,
    settleRanking: (scan: Scan) => {
      settleRanking(scan);
      settleSpeed(scan);
      settleTopGroups(scan);
      settleHeld(scan);
      settleClauses(scan);
      settleListed(scan);
      settleGroups(scan);
      settleSides(scan);
      settleAttached(scan);
      settleCounted(scan);
      settleSpan(scan);
    },
    settleShare,
    correctTyping,
    betterReading,
    readSpan,
    guessColumn,
  };
  Object.assign(rare, kinds);
}
