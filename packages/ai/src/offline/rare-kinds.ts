import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import type { QueryIR } from '../ir/query-ir.ts';
import type { Names } from './assemble.ts';
import type { Reading } from './better-reading.ts';
import type { ColumnRef } from './column-facts.ts';
import type { Subject } from './compared-subject.ts';
import type { AlertClause, RowsRequest, SinkRequest, TopRequest } from './find-modifiers.ts';
import type { WindowRequest } from './find-window.ts';
import type { Frame, Measure, Scan } from './frame.ts';
import type { Guess } from './guess-column.ts';
import type { Lexicon } from './lexicon.ts';
import type { Link } from './link.ts';
import type { Sentence } from './read-sentence.ts';
import type { refusalOf } from './refuse.ts';
import type { Settled } from './settle.ts';
import type { Token } from './token.ts';

/** What an answer does in words, other readings, and a chart. */
export type Describe = (
  sql: string,
  ir: QueryIR,
  request: NlToSqlRequest,
) => Pick<Extract<NlToSqlResult, { kind: 'sql' }>, 'explanation' | 'alternatives' | 'viz'>;

/** Kinds of questions that a page loads with the first of them: row and session windows, value against value, shares and ratios, known figures, order and joins, what is missing or denied, when results are said, alerts, sinks, changes of a query; and the words about an answer. */
export interface RareKinds {
  describe?: Describe;
  findRank?(tokens: readonly Token[], frame: Frame): TopRequest | undefined;
  placeRank?(scan: Scan): void;
  settleShare?(scan: Scan): void;
  settlePrevious?(scan: Scan): void;
  settleOnce?(scan: Scan): void;
  settleAmounts?(scan: Scan): void;
  settleColumns?(scan: Scan): void;
  settleDenials?(scan: Scan): void;
  settlePresence?(scan: Scan): void;
  namedBefore?(scan: Scan, token: Token, at: number, hasOther: boolean): ColumnRef | undefined;
  countedNoun?(scan: Scan, at: number, from: number): { subject: Subject; end: number; ofGroup: boolean } | undefined;
  unusedAmount?(sentence: Sentence): NlToSqlResult | undefined;
  settleRanking?(scan: Scan): void;
  readRowsCompared?(scan: Scan, at: number): number | undefined;
  readIndefinite?(scan: Scan, at: number): number | undefined;
  findEmit?(tokens: readonly Token[]): 'FINAL' | 'CHANGES' | undefined;
  findSliding?(tokens: readonly Token[]): WindowRequest | undefined;
  findSession?(tokens: readonly Token[], hasSessionColumn: boolean): WindowRequest | undefined;
  readKnownFigure?(scan: Scan, at: number): number | undefined;
  readAdjective?(scan: Scan, at: number): number | undefined;
  askThreshold?(scan: Scan): NlToSqlResult | undefined;
  alertsOf?(scan: Scan, settled: Settled, names: Names, aliasOf: (m: Measure) => string): QueryIR['alerts'];
  missingBound?(sentence: Sentence): NlToSqlResult | undefined;
  /** Words that nobody knows, put right or cut into such as are known. */
  correctTyping?(tokens: readonly Token[], lexicon: Lexicon): { readonly tokens: Token[]; readonly corrected: readonly string[] };
  betterReading?(first: Reading, request: NlToSqlRequest): Reading | undefined;
  /** Only words that no schema knows are guessed, and no plain question has any. */
  guessColumn?(scan: Scan, at: number): Guess | undefined;
  readSpan?(scan: Scan, at: number, isAlert: boolean): number | undefined;
  readNullTest?(scan: Scan, at: number): number | undefined;
  /** A small word behind a column that is no value of it. */
  isNoName?(scan: Scan, at: number): boolean;
  /** What things are said to be or to have been done with, and no name of one of them. */
  isState?(scan: Scan, at: number, ref: ColumnRef): boolean;
  unknownDimension?(scan: Scan, at: number): number | undefined;
  readCode?(scan: Scan, at: number): number | undefined;
  readUndone?(scan: Scan, at: number): number | undefined;
  /** A noun of the rows that only says whose things another noun names. */
  isOfThing?(scan: Scan, link: Link): boolean;
  /** Whether one of what a link names stands right behind it: `by officer Brandt`. */
  isOneOf?(scan: Scan, link: Link): boolean;
  /** Whether a "by" says who did something, and no grouping. */
  isDoer?(scan: Scan, by: number): boolean;
  readHeld?(scan: Scan, at: number): number | undefined;
  readExclusion?(scan: Scan, at: number): number | undefined;
  readInside?(scan: Scan, at: number): number | undefined;
  readOrder?(scan: Scan, at: number): number | undefined;
  readJoin?(scan: Scan, at: number): number | undefined;
  readRatio?(scan: Scan, at: number): number | undefined;
  heldSpans?(tokens: readonly Token[], lexicon: Lexicon): readonly Token[];
  readQuotient?(scan: Scan, at: number): number | undefined;
  readAgain?(asked: NlToSqlRequest, first: NlToSqlResult, read: (request: NlToSqlRequest) => NlToSqlResult): NlToSqlResult | undefined;
  saidConditions?(prompt: string, request: NlToSqlRequest): string;
  rewordQuestion?(prompt: string, names: string, schemas: NlToSqlRequest['schemas']): string;
  settlePivot?(scan: Scan): void;
  settleOpen?(scan: Scan): void;
  readHow?(scan: Scan, at: number): number | undefined;
  readVersus?(scan: Scan, at: number): number | undefined;
  findSink?(tokens: readonly Token[], input: string): SinkRequest | undefined;
  findAlert?(tokens: readonly Token[], isNoun: boolean): AlertClause | undefined;
  findRows?(tokens: readonly Token[], hasAggregate: boolean): RowsRequest | undefined;
  readRowFunction?(scan: Scan, at: number): number | undefined;
  rollingQuery?(scan: Scan, settled: Settled, names: Names, ir: QueryIR): QueryIR;
  /** Why a request is not answered with a query. */
  refusalOf?: typeof refusalOf;
  looksLikeEdit?(prompt: string, request: NlToSqlRequest): boolean;
  editQuery?(prompt: string, request: NlToSqlRequest): NlToSqlResult | undefined;
}

/** Filled by `addRareKinds` and `addWords`. */
export const rare: RareKinds = {};
