import type { Problem } from '../../../diagnostics/define-codes.ts';
import { EOF, matches, SqlToken, type TokenType, tokenTypeCount } from '../token.ts';
import { type Firsts, firstsOf, marks, type Production } from './production.ts';

/** A rule of the grammar: called from outside it reads a whole input; other rules go through `SUBRULE`. */
export interface ParserMethod<A extends unknown[], T> {
  (...args: A): T;
  readonly rule: Rule<A, T>;
}

interface Rule<A extends unknown[], T> {
  readonly name: string;
  readonly body: (...args: A) => T;
  /** What to look for at each place where the rule decides, by the key of the place; filled by `performSelfAnalysis`. */
  readonly places: Place[];
}

interface Alternative<T> {
  readonly GATE?: () => boolean;
  readonly ALT: () => T;
}
type Ways = readonly Alternative<unknown>[];
type Choice<W extends Ways> = W | { readonly DEF: W; readonly ERR_MSG?: string };
type Result<W extends Ways> = ReturnType<W[number]['ALT']>;
type Optional<T> = (() => T) | { readonly GATE?: () => boolean; readonly DEF: () => T; readonly ERR_MSG?: string };
interface Separated {
  readonly SEP: TokenType;
  readonly DEF: () => unknown;
  readonly ERR_MSG?: string;
}

/** Where a rule decides by the next token. */
interface Place {
  readonly firsts: readonly Firsts[];
  /** Per way: the token types that it may start with. */
  readonly ways: readonly Uint8Array[];
  /** The first way that a token type may start, -1 for none; not there where gates decide too. */
  readonly choice: Int8Array | undefined;
}

/** Reading stopped at a token. The message says what was expected; `problem` replaces it where a dedicated code exists. */
export class RecognitionError extends Error {
  readonly token: SqlToken;
  readonly previousToken: SqlToken;
  readonly trailing: boolean;
  problem?: Problem;

  constructor(expected: string, token: SqlToken, previousToken: SqlToken, trailing = false) {
    super(expected);
    this.token = token;
    this.previousToken = previousToken;
    this.trailing = trailing;
  }
}

const END = new SqlToken(EOF, '', Number.NaN, '');
const RECORDED = Object.freeze(new SqlToken(EOF, '', -1, ''));
const NOTHING = Object.freeze({});

const OR = 0;
const OPTION = 16;
const MANY = 32;
const MANY_SEP = 48;
const SOME = 64;
const SOME_SEP = 80;

/**
 * Runs rules that are written as methods, in the notation of chevrotain: LL(1) with gates. chevrotain itself checks the grammar in a
 * test; what it needs to analyse, validate and recover in general weighs more than the rest of the parser, so it stays out of the page.
 *
 * Every rule runs once without input when the grammar is analysed ("recording"): its calls tell which tokens may stand where.
 */
export abstract class RuleParser {
  protected errors: RecognitionError[] = [];
  /** Index of the token read last. */
  protected position = -1;
  private tokens: readonly SqlToken[] = [];
  private places: Place[] = [];
  private recording: Production[] | null = null;
  private readonly rules: Rule<never[], unknown>[] = [];

  protected abstract describeChoice(types: readonly TokenType[]): string;
  protected abstract describeType(type: TokenType): string;

  protected reset(tokens: readonly SqlToken[]): void {
    this.tokens = tokens;
    this.position = -1;
    this.errors = [];
  }

  /** What every rule calls, by name of the rule: the grammar as data. */
  recordGrammar(): Map<string, Production[]> {
    const recorded = new Map<string, Production[]>();
    for (const rule of this.rules) {
      const body: Production[] = [];
      this.recording = body;
      rule.body.call(this);
      recorded.set(rule.name, body);
    }
    this.recording = null;
    return recorded;
  }

  /** Works out what each place looks for. Called once, after all rules are there. */
  protected performSelfAnalysis(): void {
    const recorded = this.recordGrammar();
    const firsts = firstsOf(recorded);
    for (const rule of this.rules) this.place(rule.places, recorded.get(rule.name) ?? [], firsts);
  }

  private place(places: Place[], body: readonly Production[], firsts: (body: readonly Production[]) => Firsts): void {
    const count = tokenTypeCount();
    for (const part of body) {
      if (part.is === 'token' || part.is === 'rule') continue;
      const bodies = part.is === 'choice' ? part.alternatives : [part.body];
      const starts = bodies.map(firsts);
      const ways = starts.map((first) => marks(first, count));
      const gated = part.is === 'choice' && part.gated;
      const choice = gated ? undefined : Int8Array.from({ length: count }, (_, type) => ways.findIndex((way) => way[type] === 1));
      places[part.key] = { firsts: starts, ways, choice };
      for (const inner of bodies) this.place(places, inner, firsts);
    }
  }

  protected RULE<A extends unknown[], T>(name: string, body: (...args: A) => T): ParserMethod<A, T> {
    const rule: Rule<A, T> = { name, body, places: [] };
    this.rules.push(rule as unknown as Rule<never[], unknown>);
    const root = (...args: A): T => {
      this.places = rule.places;
      try {
        return body.apply(this, args);
      } catch (error) {
        if (!(error instanceof RecognitionError)) throw error;
        this.position = this.tokens.length - 1;
        // callers of a whole rule expect nothing where nothing could be read
        return undefined as T;
      } finally {
        const next = this.LA(1);
        if (next !== END) this.errors.push(new RecognitionError('', next, this.LA(0), true));
      }
    };
    return Object.assign(root, { rule });
  }

  /** Runs a step that a failing rule below it leaves as it found it. */
  protected guarded<T>(read: () => T, failed: (error: RecognitionError) => T): T {
    const { places } = this;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RecognitionError)) throw error;
      this.places = places;
      return failed(error);
    }
  }

  // ---- looking ahead

  protected LA(ahead: number): SqlToken {
    if (this.recording) return END;
    return this.tokens[this.position + ahead] ?? END;
  }

  /** Moves on by one token, also past the last one. */
  protected consumeToken(): void {
    this.position++;
  }

  private starts(key: number): boolean {
    return (this.places[key] as Place).ways[0]?.[this.LA(1).tokenType.index] === 1;
  }

  // ---- the notation

  /** Work that looks into tokens: left out while recording. */
  protected ACTION<T>(work: () => T): T {
    // rules give back nothing while they are recorded
    return this.recording ? (undefined as T) : work();
  }

  protected CONSUME(type: TokenType): SqlToken {
    if (this.recording) {
      this.recording.push({ is: 'token', type });
      return RECORDED;
    }
    const token = this.LA(1);
    if (!matches(token, type)) throw this.refuse(this.describeType(type));
    this.position++;
    return token;
  }
  protected readonly CONSUME2 = this.CONSUME;

  protected SUBRULE<A extends unknown[], T>(method: ParserMethod<A, T>, options?: { readonly ARGS: A }): T {
    const { rule } = method;
    if (this.recording) {
      this.recording.push({ is: 'rule', name: rule.name });
      return NOTHING as T;
    }
    const outer = this.places;
    this.places = rule.places;
    // a rule without arguments is called without options
    const result = rule.body.apply(this, (options?.ARGS ?? []) as A);
    this.places = outer;
    return result;
  }
  protected readonly SUBRULE2 = this.SUBRULE;
  protected readonly SUBRULE3 = this.SUBRULE;

  protected OR<W extends Ways>(choice: Choice<W>): Result<W> {
    return this.or(OR, choice);
  }
  protected OR2<W extends Ways>(choice: Choice<W>): Result<W> {
    return this.or(OR + 2, choice);
  }
  protected OR3<W extends Ways>(choice: Choice<W>): Result<W> {
    return this.or(OR + 3, choice);
  }

  private or<W extends Ways>(key: number, given: Choice<W>): Result<W> {
    const plain: Ways = 'DEF' in given ? given.DEF : given;
    // rules give back nothing while they are recorded
    if (this.recording) return this.recordChoice(key, plain) as Result<W>;
    const place = this.places[key] as Place;
    const type = this.LA(1).tokenType.index;
    const chosen = place.choice
      ? (place.choice[type] as number)
      : plain.findIndex((alternative, i) => alternative.GATE?.call(this) !== false && place.ways[i]?.[type] === 1);
    if (chosen >= 0) return (plain[chosen] as Alternative<unknown>).ALT() as Result<W>;
    throw this.refuse(('DEF' in given ? given.ERR_MSG : undefined) ?? this.describeChoice(place.firsts.flatMap((first) => first.types)));
  }

  protected OPTION<T>(option: Optional<T>): T | undefined {
    return this.option(OPTION, option);
  }
  protected OPTION2<T>(option: Optional<T>): T | undefined {
    return this.option(OPTION + 2, option);
  }
  protected OPTION3<T>(option: Optional<T>): T | undefined {
    return this.option(OPTION + 3, option);
  }
  protected OPTION4<T>(option: Optional<T>): T | undefined {
    return this.option(OPTION + 4, option);
  }
  protected OPTION5<T>(option: Optional<T>): T | undefined {
    return this.option(OPTION + 5, option);
  }
  protected OPTION6<T>(option: Optional<T>): T | undefined {
    return this.option(OPTION + 6, option);
  }

  private option<T>(key: number, option: Optional<T>): T | undefined {
    const read = typeof option === 'function' ? option : option.DEF;
    if (this.recording) return this.record('optional', key, read) as T;
    if (typeof option !== 'function' && option.GATE?.() === false) return undefined;
    return this.starts(key) ? read() : undefined;
  }

  protected MANY(option: Optional<unknown>): void {
    this.many(MANY, option);
  }
  protected MANY2(option: Optional<unknown>): void {
    this.many(MANY + 2, option);
  }

  private many(key: number, option: Optional<unknown>): void {
    const read = typeof option === 'function' ? option : option.DEF;
    if (this.recording) return void this.record('optional', key, read, true);
    const gate = typeof option === 'function' ? undefined : option.GATE;
    while ((!gate || gate()) && this.starts(key)) {
      const before = this.position;
      read();
      // a round that read nothing would be repeated for ever
      if (this.position <= before) return;
    }
  }

  protected AT_LEAST_ONE(read: () => unknown): void {
    if (this.recording) return void this.record('mandatory', SOME, read, true);
    if (!this.starts(SOME)) throw this.early(SOME);
    while (this.starts(SOME)) read();
  }

  protected MANY_SEP(list: Separated): void {
    if (this.recording) return void this.record('optional', MANY_SEP, list.DEF, true, list.SEP);
    if (this.starts(MANY_SEP)) this.separated(list);
  }

  protected AT_LEAST_ONE_SEP(list: Separated): void {
    this.some(SOME_SEP, list);
  }
  protected AT_LEAST_ONE_SEP2(list: Separated): void {
    this.some(SOME_SEP + 2, list);
  }
  protected AT_LEAST_ONE_SEP3(list: Separated): void {
    this.some(SOME_SEP + 3, list);
  }

  private some(key: number, list: Separated): void {
    if (this.recording) return void this.record('mandatory', key, list.DEF, true, list.SEP);
    if (!this.starts(key)) throw this.early(key, list.ERR_MSG);
    this.separated(list);
  }

  private separated(list: Separated): void {
    list.DEF();
    while (matches(this.LA(1), list.SEP)) {
      this.position++;
      list.DEF();
    }
  }

  // ---- failing

  private refuse(expected: string): RecognitionError {
    const error = new RecognitionError(expected, this.LA(1), this.LA(0));
    this.errors.push(error);
    return error;
  }

  private early(key: number, words?: string): RecognitionError {
    return this.refuse(words ?? this.describeChoice((this.places[key] as Place).firsts[0]?.types ?? []));
  }

  // ---- recording

  private record(is: 'optional' | 'mandatory', key: number, read: () => unknown, repeats = false, separator?: TokenType): unknown {
    const outer = this.recording as Production[];
    const body: Production[] = [];
    this.recording = body;
    read.call(this);
    this.recording = outer;
    outer.push({ is, key, repeats, separator, body });
    return NOTHING;
  }

  private recordChoice(key: number, alternatives: readonly Alternative<unknown>[]): unknown {
    const outer = this.recording as Production[];
    const recorded = alternatives.map((alternative) => {
      const body: Production[] = [];
      this.recording = body;
      alternative.ALT.call(this);
      return body;
    });
    this.recording = outer;
    outer.push({ is: 'choice', key, gated: alternatives.some((a) => a.GATE !== undefined), alternatives: recorded });
    return NOTHING;
  }
}
