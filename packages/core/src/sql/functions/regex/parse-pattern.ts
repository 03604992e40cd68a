import { type CharSet, CLASSES, charSet, complement, DOT } from './char-set.ts';

/** What may follow one another in a branch of a simple pattern. */
export type PatternNode =
  | { readonly kind: 'chars'; readonly set: CharSet; readonly min: number; readonly max: number; readonly lazy: boolean }
  | { readonly kind: 'assertion'; readonly source: '^' | '$' | '\\b' | '\\B' }
  | { readonly kind: 'group'; readonly captures: boolean; readonly branches: readonly Branch[]; readonly optional: '' | '?' | '??' };
export type Branch = readonly PatternNode[];

/** The pattern is not simple, or not valid: RE2's own parser says which. */
class NotSimple extends Error {}

const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['n', 10],
  ['t', 9],
  ['r', 13],
  ['f', 12],
  ['v', 11],
]);
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const QUANTIFIER = /[*+?]|\{(\d{1,3})(,(\d{0,3}))?\}/y;

/**
 * Branches of a pattern made of what RE2 and JavaScript mean the same by: characters, classes of ASCII, groups without repetition, `^`, `$`, `\b`.
 * Undefined for anything else.
 */
export function parsePattern(pattern: string): readonly Branch[] | undefined {
  try {
    const parser = new Parser(pattern);
    const branches = parser.branches();
    return parser.isAtEnd ? branches : undefined;
  } catch (error) {
    if (error instanceof NotSimple) return undefined;
    throw error;
  }
}

class Parser {
  private at = 0;
  private readonly points: readonly string[];

  constructor(pattern: string) {
    this.points = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.at === this.points.length;
  }

  branches(): Branch[] {
    const branches = [this.branch()];
    while (this.take('|')) branches.push(this.branch());
    return branches;
  }

  private branch(): Branch {
    const nodes: PatternNode[] = [];
    while (!this.isAtEnd && this.peek !== '|' && this.peek !== ')') nodes.push(this.node());
    return nodes;
  }

  private node(): PatternNode {
    const c = this.next();
    if (c === '^' || c === '$') return this.assertion(c);
    if (c === '(') return this.group();
    if (c === '.') return this.quantified(DOT);
    if (c === '[') return this.quantified(this.characterClass());
    if (c === '\\') {
      const escaped = this.next();
      return escaped === 'b' || escaped === 'B' ? this.assertion(`\\${escaped}`) : this.quantified(escapedSet(escaped));
    }
    if ('*+?{}]'.includes(c)) throw new NotSimple();
    return this.quantified(single(c));
  }

  private assertion(source: '^' | '$' | '\\b' | '\\B'): PatternNode {
    if (this.quantifier() !== null) throw new NotSimple();
    return { kind: 'assertion', source };
  }

  private group(): PatternNode {
    const captures = this.peek !== '?';
    if (!captures && !(this.take('?') && this.take(':'))) throw new NotSimple();
    const branches = this.branches();
    if (!this.take(')')) throw new NotSimple();
    const quantifier = this.quantifier();
    if (quantifier === null) return { kind: 'group', captures, branches, optional: '' };
    if (quantifier.min !== 0 || quantifier.max !== 1) throw new NotSimple();
    return { kind: 'group', captures, branches, optional: quantifier.lazy ? '??' : '?' };
  }

  private quantified(set: CharSet): PatternNode {
    return { kind: 'chars', set, ...(this.quantifier() ?? { min: 1, max: 1, lazy: false }) };
  }

  private quantifier(): { readonly min: number; readonly max: number; readonly lazy: boolean } | null {
    const rest = this.points.slice(this.at, this.at + 12).join('');
    QUANTIFIER.lastIndex = 0;
    const found = QUANTIFIER.exec(rest);
    if (found === null) return null;
    this.at += found[0].length;
    const lazy = this.take('?');
    // RE2 refuses some repeated quantifiers and takes others.
    if (!this.isAtEnd && '*+?{'.includes(this.peek)) throw new NotSimple();
    const [text, least, comma, most] = found;
    if (least === undefined) return { min: text === '+' ? 1 : 0, max: text === '?' ? 1 : Number.POSITIVE_INFINITY, lazy };
    const min = Number(least);
    const max = comma === undefined ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (max < min) throw new NotSimple();
    return { min, max, lazy };
  }

  private characterClass(): CharSet {
    const isNegated = this.take('^');
    const ranges: (readonly [number, number])[] = [];
    if (this.peek === ']') throw new NotSimple();
    while (!this.take(']')) {
      const set = this.classItem();
      const [first] = set;
      const isOne = set.length === 1 && first![0] === first![1];
      if (this.peek === '-' && this.points[this.at + 1] !== ']') {
        this.at++;
        const [last] = this.classItem();
        if (!isOne || last === undefined || last[0] !== last[1] || last[0] < first![0]) throw new NotSimple();
        ranges.push([first![0], last[0]]);
      } else ranges.push(...set);
    }
    const set = charSet(ranges);
    return isNegated ? complement(set) : set;
  }

  private classItem(): CharSet {
    const c = this.next();
    if (c === '[') throw new NotSimple();
    return c === '\\' ? escapedSet(this.next()) : single(c);
  }

  private get peek(): string {
    return this.points[this.at] ?? '';
  }

  private next(): string {
    const c = this.points[this.at++];
    if (c === undefined) throw new NotSimple();
    return c;
  }

  private take(c: string): boolean {
    if (this.points[this.at] !== c) return false;
    this.at++;
    return true;
  }
}

const single = (c: string): CharSet => {
  const point = c.codePointAt(0) as number;
  return [[point, point]];
};

function escapedSet(c: string): CharSet {
  const known = CLASSES.get(c);
  if (known !== undefined) return known;
  const control = CONTROLS.get(c);
  if (control !== undefined) return [[control, control]];
  if (!PUNCTUATION.test(c)) throw new NotSimple();
  return single(c);
}
