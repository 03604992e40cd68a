import type { NlToSqlRequest, NlToSqlResult } from '@velostream/core/protocol/assist';
import type { QueryIR } from '../ir/query-ir.ts';
import type { Names } from './assemble.ts';
import type { AlertClause, RowsRequest, SinkRequest } from './find-modifiers.ts';
import type { WindowRequest } from './find-window.ts';
import type { Measure, Scan } from './frame.ts';
import type { Sentence } from './read-sentence.ts';
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
  findEmit?(tokens: readonly Token[]): 'FINAL' | 'CHANGES' | undefined;
  findSliding?(tokens: readonly Token[]): WindowRequest | undefined;
  findSession?(tokens: readonly Token[], hasSessionColumn: boolean): WindowRequest | undefined;
  readKnownFigure?(scan: Scan, at: number): number | undefined;
  readAdjective?(scan: Scan, at: number): number | undefined;
  askThreshold?(scan: Scan): NlToSqlResult | undefined;
  alertsOf?(scan: Scan, settled: Settled, names: Names, aliasOf: (m: Measure) => string): QueryIR['alerts'];
  missingBound?(sentence: Sentence): NlToSqlResult | undefined;
  readNullTest?(scan: Scan, at: number): number | undefined;
  readHeld?(scan: Scan, at: number): number | undefined;
  readExclusion?(scan: Scan, at: number): number | undefined;
  readInside?(scan: Scan, at: number): number | undefined;
  readOrder?(scan: Scan, at: number): number | undefined;
  readJoin?(scan: Scan, at: number): number | undefined;
  readRatio?(scan: Scan, at: number): number | undefined;
  readHow?(scan: Scan, at: number): number | undefined;
  readVersus?(scan: Scan, at: number): number | undefined;
  findSink?(tokens: readonly Token[], input: string): SinkRequest | undefined;
  findAlert?(tokens: readonly Token[], isNoun: boolean): AlertClause | undefined;
  findRows?(tokens: readonly Token[], hasAggregate: boolean): RowsRequest | undefined;
  readRowFunction?(scan: Scan, at: number): number | undefined;
  rollingQuery?(scan: Scan, settled: Settled, names: Names, ir: QueryIR): QueryIR;
  looksLikeEdit?(prompt: string, request: NlToSqlRequest): boolean;
  editQuery?(prompt: string, request: NlToSqlRequest): NlToSqlResult | undefined;
}

/** Filled by `addRareKinds` and `addWords`. */
export const rare: RareKinds = {};

/** Whether a question can need them. Wider than what they read, so that loading them changes no other answer. */
export const needsRareKinds = ({ prompt, previousSql }: NlToSqlRequest): boolean =>
  previousSql !== undefined ||
  /\bin\b|inside|within|\btoo\b|should|shall|\bwhich|\bwho|\bwhat|\bwhy|\bis\b|\bare\b|\bwas|\bwere|\bdo(es)?\b|there|est\b|expensive|\bno|n[’']t\b|without|w\/o|missing|lack|unknown|empty|blank|null|\bun|absent|unset|undefined|with|hav|has|had|using|uses|any\b|some|left|leav|gave|provid|present|\bset\b|known|given|filled|available|record|assign|except|exclu|ignor|besides|excl|outside|skip|omit|drop|remove|hide|other than|apart|aside|but|never|\bin[a-z]|\bdis|sort|order|rank|first|high|low|big|larg|great|most|least|newest|oldest|descend|ascend|join|match|combin|enrich|merg|link|pair|correlat|attach|together|alongside|follow|lookup|apart|after|within|vwap|weight|revenue|sale|turnover|gmv|notional|earn|income|spen|taking|value|worth|amount|volume|trad|transact|spread|range|swing|between|%|pct|percent|share|fraction|proportion|portion|rati|rate|ctr|conversion|divided|\/|\bhow\b|\bper\b|\bfor (each|every)|recomput|recalcul|calculat|comput|evaluat|report|sampl|check|repeat|advanc|slid|hop|step|shift|stride|overlap|trail|moves|session|inactiv|idle|gap|burst|quiet|silen|final|emit|clos|complet|finish|end|once|done|over|only|intermediate|partial|interim|early|single|updat|refresh|continu|arriv|happen|increment|live|running|one |as |alert|alarm|notif|warn|page|ping|tell|flag|email|message|call|let (me|us)|into|create|save|store|write|send|publish|output|push|sink|land|put|route|stream|forward|persist|material|define|make|build|replicat|copy|mirror|sync|export|named|last|latest|previous|past|preceding|prior|recent|moving|rolling|sliding|running|trailing|change|difference|delta|diff|increase|decrease|jump|move|rise|drop|consecutive|successive|versus|vs|minus|compared|against|from|since|row|-/i.test(
    prompt,
  );
