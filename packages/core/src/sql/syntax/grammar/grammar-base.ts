import { type SyntaxCode, type SyntaxParams, syntaxProblem } from '../../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../../diagnostics/define-codes.ts';
import type { Span } from '../../../diagnostics/span.ts';
import type { Name } from '../../ast/index.ts';
import { misspeltWord } from '../misspelt-word.ts';
import { adjacent, EOF, matches, type SqlToken, type TokenType, tokenSpan, tokenValue } from '../token.ts';
import * as t from '../token-types.ts';
import { RecognitionError, RuleParser } from './rule-parser.ts';

/** What the grammar is asked to read. */
export interface GrammarInput {
  readonly sql: string;
  readonly strict: boolean;
  /** Tokens of one statement, without its semicolon. */
  readonly tokens: readonly SqlToken[];
  /** Where the statement ends: problems of missing text stand here. */
  readonly end: number;
}

/** The token that stands after the last one. */
export const isEnd = (token: SqlToken): boolean => token.tokenType === EOF;

/** What has a right side. */
const OPERATOR = /^([-+*/%=<>]|[<>!]=|<>|AND|OR|NOT)$/i;
const WINDOW_WORDS = /^(TUMBLING|SLIDING|SESSION|HOPPING|TUMBLE|HOP)$/i;

/**
 * What all rules share: looking ahead, reporting, names. The parser object is created once and read many statements;
 * its state is set by `prepare`. Rules run once without input when the grammar is analysed ("recording"), so whatever looks into
 * tokens stands in `ACTION` or `GATE`.
 */
export abstract class GrammarBase extends RuleParser {
  protected sql = '';
  protected strict = false;
  protected end = 0;
  private problems: Problem[] = [];
  /** Start of the token where recovery ended: an error at this very token would only repeat the one before. */
  private recoveredAt = -1;

  protected describeType(type: TokenType): string {
    return /^an? /.test(type.name) ? type.name : `"${type.name}"`;
  }

  /** What may stand at a place. */
  protected describeChoice(types: readonly TokenType[]): string {
    const first = new Set(types);
    if (first.has(t.K.CASE)) return 'an expression';
    const names = [...first].map(this.describeType);
    const last = names.pop() ?? 'nothing';
    return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
  }

  protected prepare(input: GrammarInput): void {
    this.sql = input.sql;
    this.strict = input.strict;
    this.end = input.end;
    this.problems = [];
    this.recoveredAt = -1;
    this.reset(input.tokens);
  }

  /** Problems of the last statement read, in order of place. */
  protected takeProblems(): Problem[] {
    const seen = new Set<number>();
    for (const error of this.errors) {
      // what is said about a place first is the cause, the rest follows from it
      const { start } = error.problem?.span ?? this.spanOf(error.token);
      if (seen.has(start)) continue;
      seen.add(start);
      const span = this.spanOf(error.token);
      if (error.problem) this.problems.push(error.problem);
      else if (error.trailing) this.problems.push(this.trailing(error.token));
      else
        this.problems.push(
          syntaxProblem('VS1003', span, { found: this.found(error.token), expected: error.message, hint: this.hintFor(error) }),
        );
    }
    this.errors = [];
    const serious = this.problems.some((p) => p.severity === 'error' && p.code !== 'VS1036');
    // whether FROM is missing can only be told of a statement that is otherwise right
    if (serious) this.problems = this.problems.filter((p) => p.code !== 'VS1036');
    return this.problems.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  }

  private trailing(token: SqlToken): Problem {
    return syntaxProblem('VS1004', this.spanOf(token), { found: this.found(token), hint: this.trailingHint(token) });
  }

  private trailingHint(token: SqlToken): string | undefined {
    const previous = this.LA(0);
    if (token.tokenType === t.Identifier && adjacent(previous, token) && matches(previous, t.Num)) {
      return `A name can not start with a digit: write \`${previous.image}${token.image}\` in back-ticks.`;
    }
    if (token.tokenType === t.Comma) {
      return matches(previous, t.Num) ? 'Write LIMIT n OFFSET m to skip rows.' : 'Relations are joined with JOIN … ON, or with CROSS JOIN.';
    }
    if (token.tokenType === t.LParen && WINDOW_WORDS.test(previous.image)) return `Write WINDOW before ${previous.image.toUpperCase()}.`;
    // How other engines ask for it.
    if (/^(?:ALLOWED|LATENESS|GRACE)$/i.test(token.image)) {
      return "Late rows are waited for with WITH ('allowed.lateness' = '30s'), or with WATERMARK FOR at AS at - INTERVAL '30' SECOND in CREATE STREAM.";
    }
    return this.misspelt(token);
  }

  /** What a word was probably meant to be. */
  protected misspelt(token: SqlToken): string | undefined {
    const word = token.tokenType === t.Identifier ? misspeltWord(token.image) : undefined;
    return word === undefined ? undefined : `Did you mean "${word}"?`;
  }

  private hintFor(error: RecognitionError): string | undefined {
    const { token, previousToken } = error;
    const word = token.image.toUpperCase();
    if (token.tokenType === t.Equals && previousToken?.tokenType === t.Equals) return 'Write "=" for equality.';
    if (previousToken?.tokenType === t.Comma && (t.isReserved(word) || token.tokenType === t.RParen)) return 'Remove the comma before it.';
    // A clause or the end stands where the right side of an operator should.
    if (OPERATOR.test(previousToken?.image ?? '') && (t.isReserved(word) || token.tokenType === t.RParen))
      return `Write what stands behind "${previousToken?.image}".`;
    const named = t.isReserved(word) && /name|expression/.test(error.message);
    return named ? `"${word}" is a reserved word: put it in back-ticks to use it as a name.` : this.misspelt(token);
  }

  // ---- looking ahead

  protected at(type: TokenType, ahead = 1): boolean {
    return this.LA(ahead).tokenType === type;
  }

  protected atAny(types: readonly TokenType[], ahead = 1): boolean {
    return types.includes(this.LA(ahead).tokenType);
  }

  protected atKind(category: TokenType, ahead = 1): boolean {
    return matches(this.LA(ahead), category);
  }

  protected atEnd(): boolean {
    return isEnd(this.LA(1));
  }

  /** Start of the next token, or the end of the statement. */
  protected start(): number {
    const next = this.LA(1);
    return isEnd(next) ? this.end : next.startOffset;
  }

  /** From `start` to the end of the token read last. */
  protected spanFrom(start: number): Span {
    const last = this.LA(0);
    return { start, end: isEnd(last) ? start : Math.max(start, last.endOffset + 1) };
  }

  protected spanOf(token: SqlToken): Span {
    return isEnd(token) ? { start: this.end, end: this.end } : tokenSpan(token);
  }

  protected found(token: SqlToken): string {
    return isEnd(token) ? 'the end' : shorten(token.image);
  }

  // ---- reporting

  protected report<C extends SyntaxCode>(code: C, span: Span, params: SyntaxParams<C>, severity?: 'error' | 'warning'): void {
    // `problemFactory` ties code and parameters; the tie is lost in the generic
    this.problems.push(syntaxProblem(code, span, params as never, severity));
  }

  /** Reports and gives up the clause that is being read. Only within `ACTION`. */
  protected fail<C extends SyntaxCode>(code: C, token: SqlToken, params: SyntaxParams<C>): never {
    const error = new RecognitionError('', token, this.LA(0));
    error.problem = syntaxProblem(code, this.spanOf(token), params as never);
    this.errors.push(error);
    throw error;
  }

  /** Fails with a code of its own unless the next token is of one of these types. */
  protected demand<C extends SyntaxCode>(types: readonly TokenType[], code: C, params: (found: string) => SyntaxParams<C>): void {
    this.ACTION(() => {
      const next = this.LA(1);
      if (!types.some((type) => matches(next, type))) this.fail(code, next, params(this.found(next)));
    });
  }

  /** A form that only lenient mode takes: an error in strict mode; in lenient mode silence. */
  protected lenientForm(form: string, span: Span): void {
    if (this.strict) this.report('VS1025', span, { form });
  }

  /** Runs a rule; on an error skips to where reading can go on, and returns undefined. */
  protected recovering<T>(read: () => T, stop: () => boolean): T | undefined {
    const before = this.errors.length;
    const from = this.position;
    return this.guarded<T | undefined>(read, () => {
      this.dropRepeated(before);
      this.skipUntil(stop, this.openSince(from));
      this.recoveredAt = this.start();
      return undefined;
    });
  }

  private dropRepeated(before: number): void {
    const errors = this.errors;
    const newest = errors.at(-1);
    if (newest && errors.length > before && before > 0 && this.spanOf(newest.token).start === this.recoveredAt) errors.pop();
  }

  private closesWithin(open: number): boolean {
    let depth = open;
    for (let ahead = 1; depth > 0 && !isEnd(this.LA(ahead)); ahead++) {
      if (this.at(t.LParen, ahead)) depth++;
      else if (this.at(t.RParen, ahead)) depth--;
    }
    return depth === 0;
  }

  /** Brackets opened since a place in the input and not closed. */
  private openSince(from: number): number {
    let depth = 0;
    for (let back = this.position - from - 1; back >= 0; back--) {
      if (this.at(t.LParen, -back)) depth++;
      else if (this.at(t.RParen, -back)) depth--;
    }
    return Math.max(0, depth);
  }

  private skipUntil(stop: () => boolean, open: number): void {
    // brackets that are never closed are part of the mistake: what follows is read as if they were not there
    let depth = this.closesWithin(open) ? open : 0;
    while (!this.atEnd()) {
      if (depth === 0 && (stop() || this.at(t.RParen))) return;
      if (this.at(t.LParen)) depth++;
      else if (this.at(t.RParen)) depth--;
      this.consumeToken();
    }
  }

  // ---- names

  protected nameOf(token: SqlToken): Name {
    const type = token.tokenType;
    const quoted = type === t.QuotedIdentifier || type === t.DoubleQuoted || type === t.SingleQuoted;
    if (this.strict && type === t.QuotedIdentifier) this.lenientForm('a name in back-ticks', this.spanOf(token));
    return { text: tokenValue(token), quoted, span: this.spanOf(token) };
  }
}

const shorten = (image: string): string => {
  const line = image.split('\n', 1)[0] as string;
  const text = line.length < image.length || line.length > 40 ? `${line.slice(0, 40)}…` : line;
  return /^["'`]/.test(text) ? text : `"${text}"`;
};
