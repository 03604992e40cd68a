import { type SyntaxCode, type SyntaxParams, syntaxProblem } from '../../diagnostics/codes/syntax.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import type { Comment } from '../ast/index.ts';
import { SqlToken, type TokenType } from './token.ts';
import * as t from './token-types.ts';

export interface Scan {
  readonly tokens: readonly SqlToken[];
  readonly comments: readonly Comment[];
  readonly problems: readonly Problem[];
}

const SIGNS: ReadonlyMap<string, TokenType> = new Map([
  ['(', t.LParen],
  [')', t.RParen],
  ['[', t.LBracket],
  [']', t.RBracket],
  [',', t.Comma],
  [';', t.Semicolon],
  ['.', t.Dot],
  ['::', t.DoubleColon],
  ['->', t.Arrow],
  ['->>', t.LongArrow],
  ['*', t.Star],
  ['+', t.Plus],
  ['-', t.Minus],
  ['=', t.Equals],
  ['<', t.Less],
  ['>', t.Greater],
  ['/', t.OtherOp],
  ['%', t.OtherOp],
  ['~', t.OtherOp],
  ['!~', t.OtherOp],
  ['!=', t.OtherOp],
  ['<>', t.OtherOp],
  ['<=', t.OtherOp],
  ['>=', t.OtherOp],
  ['||', t.OtherOp],
]);

const SPACE = /[ \t\r\n\u00a0\ufeff]+/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{Nd}_]*/uy;
const NUMBER = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const URI_REST = /:\/\/[^\s\u00a0\ufeff),;]*/y;
const LINE = /[^\n]*/y;

function matchAt(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0];
}

/** Cuts SQL text into tokens (§1). Never fails: what is no token is reported and left out. Linear in the length of the text. */
export function scan(sql: string): Scan {
  return new Scanner(sql).run();
}

class Scanner {
  readonly #sql: string;
  readonly #tokens: SqlToken[] = [];
  readonly #comments: Comment[] = [];
  readonly #problems: Problem[] = [];
  #at = 0;

  constructor(sql: string) {
    this.#sql = sql;
  }

  run(): Scan {
    while (this.#at < this.#sql.length) this.#step();
    return { tokens: this.#tokens, comments: this.#comments, problems: this.#problems };
  }

  #step(): void {
    const sql = this.#sql;
    const at = this.#at;
    const c = sql.charCodeAt(at);
    if (c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0d || c === 0xa0 || c === 0xfeff) {
      this.#at += matchAt(SPACE, sql, at)?.length ?? 1;
      return;
    }
    if (c === 0x27 || c === 0x22 || c === 0x60) this.#quoted(sql[at] as string);
    else if (c === 0x2d && sql.charCodeAt(at + 1) === 0x2d) this.#lineComment();
    else if (c === 0x2f && sql.charCodeAt(at + 1) === 0x2a) this.#blockComment();
    else if ((c >= 0x30 && c <= 0x39) || (c === 0x2e && this.#startsFraction())) this.#number();
    else if (!this.#word() && !this.#sign()) this.#unexpected();
  }

  #sign(): boolean {
    for (const length of [3, 2, 1]) {
      const sign = this.#sql.slice(this.#at, this.#at + length);
      const type = sign.length === length ? SIGNS.get(sign) : undefined;
      if (!type) continue;
      this.#push(type, sign, sign);
      return true;
    }
    return false;
  }

  #push(type: TokenType, image: string, value: string): void {
    this.#tokens.push(new SqlToken(type, image, this.#at, value));
    this.#at += image.length;
  }

  #report<C extends SyntaxCode>(code: C, start: number, end: number, params: SyntaxParams<C>): void {
    // the parameters of one code are those of its factory; the compiler can not see that through the generic
    this.#problems.push(syntaxProblem(code, { start, end }, params as never));
  }

  /** `.5` is a number unless it continues a name: `t.5` never is one. */
  #startsFraction(): boolean {
    const next = this.#sql.charCodeAt(this.#at + 1);
    if (!(next >= 0x30 && next <= 0x39)) return false;
    const last = this.#tokens.at(-1);
    const touches = last !== undefined && last.endOffset === this.#at - 1;
    return !(touches && (last.tokenType === t.RParen || last.tokenType === t.RBracket || /[\p{L}\p{Nd}_`"']$/u.test(last.image)));
  }

  #number(): void {
    const text = matchAt(NUMBER, this.#sql, this.#at) as string;
    const type = /[eE]/.test(text) ? t.FloatNumber : text.includes('.') ? t.DecimalNumber : t.IntegerNumber;
    this.#push(type, text, text);
  }

  #word(): boolean {
    const word = matchAt(WORD, this.#sql, this.#at);
    if (word === undefined) return false;
    if (this.#sql.startsWith('://', this.#at + word.length)) {
      const uri = word + matchAt(URI_REST, this.#sql, this.#at + word.length);
      this.#push(t.Uri, uri, uri);
    } else this.#push(t.KEYWORDS.get(word.toUpperCase()) ?? t.Identifier, word, word);
    return true;
  }

  #quoted(mark: string): void {
    const sql = this.#sql;
    const start = this.#at;
    let value = '';
    let from = start + 1;
    for (;;) {
      const close = sql.indexOf(mark, from);
      if (close < 0) {
        this.#unterminated(mark);
        return;
      }
      value += sql.slice(from, close);
      // a doubled quote stands for one quote
      if (sql[close + 1] === mark) {
        value += mark;
        from = close + 2;
        continue;
      }
      const type = mark === '`' ? t.QuotedIdentifier : mark === "'" ? t.SingleQuoted : t.DoubleQuoted;
      this.#push(type, sql.slice(start, close + 1), value);
      return;
    }
  }

  /** Takes the rest of the line as the string, so that the lines after it are still read. */
  #unterminated(mark: string): void {
    const start = this.#at;
    const line = matchAt(LINE, this.#sql, start) as string;
    const name = mark === '`';
    this.#report('VS1002', start, start + line.length, { what: name ? 'quoted name' : 'string', mark });
    this.#push(name ? t.QuotedIdentifier : mark === "'" ? t.SingleQuoted : t.DoubleQuoted, line, line.slice(1));
  }

  #lineComment(): void {
    const text = matchAt(LINE, this.#sql, this.#at) as string;
    this.#comments.push({ text: commentText(text.slice(2)), span: { start: this.#at, end: this.#at + text.length } });
    this.#at += text.length;
  }

  #blockComment(): void {
    const start = this.#at;
    const close = this.#sql.indexOf('*/', start + 2);
    const end = close < 0 ? this.#sql.length : close + 2;
    if (close < 0) this.#report('VS1002', start, start + 2, { what: 'comment', mark: '*/' });
    let at = start + 2;
    for (const line of this.#sql.slice(at, close < 0 ? end : close).split('\n')) {
      const text = commentText(line.replace(/^\s*\*(?= |$)/, ''));
      if (text !== '') this.#comments.push({ text, span: { start: at, end: at + line.length } });
      at += line.length + 1;
    }
    this.#at = end;
  }

  /** One report for a run of characters that start no token. */
  #unexpected(): void {
    const start = this.#at;
    const sql = this.#sql;
    const first = String.fromCodePoint(sql.codePointAt(start) as number);
    this.#at += first.length;
    // `&&` is one mistake
    if (first === '&' && sql[this.#at] === '&') this.#at++;
    if (first !== '!' && first !== '|' && first !== '#') while (this.#isJunk()) this.#at++;
    const hint =
      first === '!' ? 'Write "!=" for "not equal", NOT for negation.' : first === '|' ? 'Write "||" to join text.' : hintOf(first);
    this.#report('VS1001', start, this.#at, { character: visible(first), hint });
  }

  #isJunk(): boolean {
    const c = this.#sql.charCodeAt(this.#at);
    return c > 0x7f
      ? matchAt(WORD, this.#sql, this.#at) === undefined && c !== 0xa0 && c !== 0xfeff
      : c < 0x20 && c !== 9 && c !== 10 && c !== 13;
  }
}

const commentText = (text: string): string => text.replace(/^ /, '').trimEnd();

function hintOf(character: string): string | undefined {
  if (character === '&') return 'Write AND to join two conditions.';
  if (character === '#') return 'Start a comment with "--".';
  if (character === '{' || character === '}' || character === '$') return 'Replace placeholders by their values before the text is run.';
  return undefined;
}

/** Shows a character without letting it disturb a terminal. */
function visible(character: string): string {
  const point = character.codePointAt(0) as number;
  const plain = point > 0x20 && point < 0x7f;
  return plain || (point > 0xa0 && /[\p{L}\p{S}\p{P}\p{N}]/u.test(character))
    ? `"${character}"`
    : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
