import type { SqlToken } from '../syntax/token.ts';
import * as t from '../syntax/token-types.ts';
import { closingOf, isName, openBrackets, upper } from './cursor.ts';

/** One SELECT with its clauses as a range of tokens. */
export interface Block {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** A relation that a block reads, in tokens. */
export interface SourceText {
  readonly alias: string;
  /** Name or URI; undefined for a query in brackets. */
  readonly name?: string;
  /** Range of the tokens of a query in brackets. */
  readonly query?: Block;
}

export interface CteText {
  readonly name: string;
  readonly query: Block;
}

/** The queries around token `index`, innermost first; the whole statement last. */
export function blocksAround(tokens: readonly SqlToken[], index: number): Block[] {
  const inner = openBrackets(tokens, index)
    .filter((open) => isQuery(tokens, open + 1))
    .map((open) => armOf(tokens, { from: open + 1, to: closingOf(tokens, open) }, index));
  return [...inner.reverse(), armOf(tokens, { from: 0, to: tokens.length }, index)];
}

/** The arm of a UNION in which `index` stands. */
function armOf(tokens: readonly SqlToken[], block: Block, index: number): Block {
  let { from, to } = block;
  for (const i of topLevel(tokens, block)) {
    if (upper(tokens[i]) !== 'UNION') continue;
    if (i < index) from = i + 1;
    else {
      to = i;
      break;
    }
  }
  return { from, to };
}

const isQuery = (tokens: readonly SqlToken[], at: number): boolean => /^(SELECT|WITH)$/.test(upper(tokens[at]));

/** Indexes of the tokens of a block that stand in none of its brackets. */
export function* topLevel(tokens: readonly SqlToken[], block: Block): Generator<number> {
  for (let i = block.from; i < block.to; i++) {
    yield i;
    if (tokens[i]?.tokenType !== t.LParen) continue;
    const close = closingOf(tokens, i);
    // a bracket that is still being typed does not swallow the clauses after it
    if (close < tokens.length || isQuery(tokens, i + 1)) i = close;
  }
}

const NO_ALIAS = /^(WINDOW|LIMIT|EMIT|JOIN|INNER|LEFT|RIGHT|FULL|OUTER|ON|WITHIN|CROSS|FOR|STRATEGY|GRACE|OFFSET)$/;

/** What stands after FROM and JOIN in a block. */
export function sourcesOf(tokens: readonly SqlToken[], block: Block): SourceText[] {
  const found: SourceText[] = [];
  for (const i of topLevel(tokens, block)) {
    const word = upper(tokens[i]);
    if (word !== 'FROM' && word !== 'JOIN') continue;
    const source = sourceAt(tokens, i + 1, block.to);
    if (source) found.push(source);
  }
  return found;
}

function sourceAt(tokens: readonly SqlToken[], at: number, limit: number): SourceText | undefined {
  const token = tokens[at];
  if (!token || at >= limit) return undefined;
  if (token.tokenType === t.LParen) {
    const close = closingOf(tokens, at);
    const alias = aliasAt(tokens, close + 1, limit);
    return { alias: alias ?? '', query: { from: at + 1, to: close } };
  }
  if (!isName(token) && !/^['"]/.test(token.image) && token.tokenType !== t.Uri) return undefined;
  const next = tokens[at + 1]?.tokenType === t.LParen ? closingOf(tokens, at + 1) + 1 : at + 1;
  const alias = aliasAt(tokens, next, limit);
  return { alias: alias ?? token.value, name: token.value };
}

function aliasAt(tokens: readonly SqlToken[], at: number, limit: number): string | undefined {
  const marked = upper(tokens[at]) === 'AS';
  const token = tokens[marked ? at + 1 : at];
  if (!token || at >= limit || !(isName(token) || token.image.startsWith('"'))) return undefined;
  return !marked && NO_ALIAS.test(upper(token)) ? undefined : token.value;
}

/** `WITH name AS (…)` tables that stand in a range of tokens, in order. */
export function ctesOf(tokens: readonly SqlToken[], block: Block): CteText[] {
  const found: CteText[] = [];
  for (const i of topLevel(tokens, block)) {
    const [name, as, open] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    const before = upper(tokens[i - 1]);
    if (!name || upper(as) !== 'AS' || open?.tokenType !== t.LParen || (before !== 'WITH' && before !== ',')) continue;
    found.push({ name: name.value, query: { from: i + 3, to: closingOf(tokens, i + 2) } });
  }
  return found;
}

/** Names given with AS in the SELECT list, before token `index`. */
export function aliasesOf(tokens: readonly SqlToken[], block: Block, index: number): string[] {
  const found: string[] = [];
  for (const i of topLevel(tokens, block)) {
    const word = upper(tokens[i]);
    if (i >= index || word === 'FROM') break;
    const name = tokens[i + 1];
    if (word === 'AS' && name && i + 1 < index) found.push(name.value);
  }
  return found;
}
