import { BOOLEAN, DATE, decimal, FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP, textReader } from '@velostream/core/connect/formats';

const INTEGER_TEXT = /^-?(?:0|[1-9]\d*)$/;
const POINT_TEXT = /^-?(?:0|[1-9]\d*)\.(\d+)$/;
const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE_TEXT = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP_TEXT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

type Guess = 'integer' | 'point' | 'float' | 'boolean' | 'date' | 'timestamp' | 'string';

/** So short an integer fits 64 bits without looking. */
const SAFE_LENGTH = 15;

const readDate = textReader(DATE);
const readTimestamp = textReader(TIMESTAMP);
const readInteger = textReader(INTEGER);

function guessOf(text: string): Guess {
  if (INTEGER_TEXT.test(text)) return text.length > SAFE_LENGTH && readInteger(text) === undefined ? 'float' : 'integer';
  if (POINT_TEXT.test(text)) return 'point';
  if (text === 'true' || text === 'false' || /^(?:true|false)$/i.test(text)) return 'boolean';
  if (DATE_TEXT.test(text)) return readDate(text) === undefined ? 'string' : 'date';
  if (TIMESTAMP_TEXT.test(text)) return readTimestamp(text) === undefined ? 'string' : 'timestamp';
  // `007` and `+49…` are names rather than numbers: a number would lose their zeros and signs.
  return FLOAT_TEXT.test(text) && !/^[+-]?0\d|^\+/.test(text) ? 'float' : 'string';
}

/** Finds the one type that all texts of a column have: see decision 3 (decimal text is FLOAT unless exact decimals are asked for). */
export class TextTypeFinder {
  private guess: Guess | null = null;
  private scale = 0;
  private whole = 1;

  /** Nothing that is seen from now on changes the type. */
  get isSettled(): boolean {
    return this.guess === 'string';
  }

  see(text: string): void {
    if (this.guess === 'string') return;
    const guess = guessOf(text);
    const sign = text.charCodeAt(0) === 0x2d ? 1 : 0;
    const point = text.indexOf('.');
    if (guess === 'integer') this.seeNumber(text.length - sign, 0);
    else if (guess === 'point') this.seeNumber(point - sign, text.length - point - 1);
    else this.merge(guess);
  }

  /** As `see` for the text of `b[start … end)`; plain numbers, which are most of what there is, without making a string. */
  seeBytes(b: Uint8Array, start: number, end: number, textOf: () => string): void {
    const first = b[start] === 0x2d ? start + 1 : start;
    let point = -1;
    for (let p = first; p < end; p++) {
      const c = b[p] as number;
      if (c >= 0x30 && c <= 0x39) continue;
      if (c !== 0x2e || point >= 0 || p === first || p + 1 === end) {
        this.see(textOf());
        return;
      }
      point = p;
    }
    const whole = (point < 0 ? end : point) - first;
    if (whole === 0 || whole > SAFE_LENGTH || (whole > 1 && b[first] === 0x30)) this.see(textOf());
    else this.seeNumber(whole, point < 0 ? 0 : end - point - 1);
  }

  type(exactDecimals: boolean): SqlType {
    switch (this.guess) {
      case 'integer':
        return INTEGER;
      case 'point': {
        const precision = this.whole + this.scale;
        return exactDecimals && this.scale <= 18 && precision <= 38 ? decimal(Math.max(18, precision), this.scale) : FLOAT;
      }
      case 'float':
        return FLOAT;
      case 'boolean':
        return BOOLEAN;
      case 'date':
        return DATE;
      case 'timestamp':
        return TIMESTAMP;
      default:
        return STRING;
    }
  }

  /** A number with so many digits before and after its point. */
  private seeNumber(whole: number, fraction: number): void {
    if (whole > this.whole) this.whole = whole;
    if (fraction > this.scale) this.scale = fraction;
    this.merge(fraction === 0 ? 'integer' : 'point');
  }

  private merge(guess: Guess): void {
    if (this.guess !== guess) this.guess = this.guess === null ? guess : merged(this.guess, guess);
  }
}

const NUMBERS: readonly Guess[] = ['integer', 'point', 'float'];

function merged(a: Guess, b: Guess): Guess {
  if (a === b) return a;
  const [x, y] = [NUMBERS.indexOf(a), NUMBERS.indexOf(b)];
  if (x >= 0 && y >= 0) return NUMBERS[Math.max(x, y)]!;
  return (a === 'date' && b === 'timestamp') || (a === 'timestamp' && b === 'date') ? 'timestamp' : 'string';
}
