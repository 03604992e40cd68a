import { testingError } from '../../diagnostics/codes/testing.ts';
import type { Random } from '../../values/generate/random.ts';

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set'; readonly characters: readonly string[] }
  | { readonly kind: 'repeat'; readonly piece: Piece; readonly min: number; readonly max: number }
  | { readonly kind: 'all'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'one'; readonly choices: readonly Piece[] };

/** `*` and `+` repeat at most this often. */
const OPEN_REPEAT_MAX = 8;
const REPEAT_MAX = 1000;

const range = (from: string, to: string): string[] => {
  const characters: string[] = [];
  for (let c = from.charCodeAt(0); c <= to.charCodeAt(0); c++) characters.push(String.fromCharCode(c));
  return characters;
};
const DIGITS = range('0', '9');
const WORD = [...range('A', 'Z'), ...range('a', 'z'), ...DIGITS, '_'];
const PRINTABLE = range(' ', '~');
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  w: WORD,
  s: [' '],
  D: PRINTABLE.filter((c) => !DIGITS.includes(c)),
  W: PRINTABLE.filter((c) => !WORD.includes(c)),
  S: PRINTABLE.filter((c) => c !== ' '),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Texts that match a pattern at both ends. Throws for what the subset lacks. */
export function patternSampler(field: string, pattern: string, random: Random): () => string {
  const piece = new PatternReader(field, pattern).read();
  return () => sample(piece, random);
}

function sample(piece: Piece, random: Random): string {
  switch (piece.kind) {
    case 'text':
      return piece.text;
    case 'set':
      return piece.characters[Math.floor(random.next() * piece.characters.length)] as string;
    case 'repeat': {
      let text = '';
      for (let n = random.integer(piece.min, piece.max); n > 0; n--) text += sample(piece.piece, random);
      return text;
    }
    case 'all':
      return piece.pieces.map((p) => sample(p, random)).join('');
    case 'one':
      return sample(piece.choices[Math.floor(random.next() * piece.choices.length)] as Piece, random);
  }
}

class PatternReader {
  private at = 0;
  private readonly field: string;
  private readonly pattern: string;

  constructor(field: string, pattern: string) {
    this.field = field;
    this.pattern = pattern;
  }

  read(): Piece {
    const piece = this.choices();
    if (this.at < this.pattern.length) this.fail(`")" at ${this.at + 1} closes nothing`);
    return piece;
  }

  private fail(problem: string): never {
    throw testingError('VS5404', { field: this.field, pattern: this.pattern, problem });
  }

  private choices(): Piece {
    const choices: Piece[] = [this.sequence()];
    while (this.pattern[this.at] === '|') {
      this.at++;
      choices.push(this.sequence());
    }
    return choices.length === 1 ? (choices[0] as Piece) : { kind: 'one', choices };
  }

  private sequence(): Piece {
    const pieces: Piece[] = [];
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')') {
      const character = this.pattern[this.at] as string;
      const isAnchor = (character === '^' && this.at === 0) || (character === '$' && this.at === this.pattern.length - 1);
      if (isAnchor) this.at++;
      else pieces.push(this.repeated(this.one()));
    }
    return { kind: 'all', pieces };
  }

  private one(): Piece {
    const character = this.pattern[this.at++] as string;
    switch (character) {
      case '(': {
        if (this.pattern.startsWith('?:', this.at)) this.at += 2;
        else if (this.pattern[this.at] === '?') this.fail('look-around is not in the subset');
        const inner = this.choices();
        if (this.pattern[this.at++] !== ')') this.fail('")" is missing');
        return inner;
      }
      case '[':
        return { kind: 'set', characters: this.characterClass() };
      case '\\':
        return this.escaped();
      case '.':
        return { kind: 'set', characters: WORD };
      case '*':
      case '+':
      case '?':
      case '{':
        return this.fail(`"${character}" repeats nothing`);
      default:
        return { kind: 'text', text: character };
    }
  }

  private escaped(): Piece {
    const character = this.pattern[this.at++];
    if (character === undefined) return this.fail('it ends in a backslash');
    const characters = CLASSES[character];
    if (characters) return { kind: 'set', characters };
    if (/[1-9bB]/.test(character)) return this.fail(`"\\${character}" is not in the subset`);
    return { kind: 'text', text: ESCAPES[character] ?? character };
  }

  private characterClass(): readonly string[] {
    const negated = this.pattern[this.at] === '^';
    if (negated) this.at++;
    const found: string[] = [];
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      if (this.at >= this.pattern.length) this.fail('"]" is missing');
      const from = this.classItem();
      if (Array.isArray(from)) found.push(...from);
      else if (this.pattern[this.at] === '-' && this.pattern[this.at + 1] !== ']' && this.at + 1 < this.pattern.length) {
        this.at++;
        const to = this.classItem();
        if (Array.isArray(to) || String(to) < String(from)) this.fail('a range in brackets is upside down');
        found.push(...range(String(from), String(to)));
      } else found.push(String(from));
    }
    this.at++;
    const characters = negated ? PRINTABLE.filter((c) => !found.includes(c)) : [...new Set(found)];
    if (characters.length === 0) this.fail('a class in brackets is empty');
    return characters;
  }

  private classItem(): string | string[] {
    const character = this.pattern[this.at++] as string;
    if (character !== '\\') return character;
    const next = this.pattern[this.at++] ?? '';
    const named = CLASSES[next];
    return named ? [...named] : (ESCAPES[next] ?? next);
  }

  private repeated(piece: Piece): Piece {
    const rest = this.pattern.slice(this.at);
    const braces = /^\{(\d+)(?:(,)(\d*))?\}/.exec(rest);
    let min = 1;
    let max = 1;
    if (braces) {
      this.at += braces[0].length;
      min = Number(braces[1]);
      max = braces[2] === undefined ? min : braces[3] === '' ? min + OPEN_REPEAT_MAX : Number(braces[3]);
    } else if (/^[?*+]/.test(rest)) {
      this.at++;
      min = rest[0] === '+' ? 1 : 0;
      max = rest[0] === '?' ? 1 : OPEN_REPEAT_MAX;
    } else return piece;
    if (this.pattern[this.at] === '?') this.at++;
    if (max < min || max > REPEAT_MAX) this.fail(`a repetition is from 0 to ${REPEAT_MAX}, lower limit first`);
    return { kind: 'repeat', piece, min, max };
  }
}
