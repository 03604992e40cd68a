import { BOOLEAN, DATE, decimal, FLOAT, INTEGER, type SqlType, STRING, TIMESTAMP, textReader } from '@velostream/core/connect/formats';

const INTEGER_TEXT = /^-?(?:0|[1-9]\d*)$/;
const POINT_TEXT = /^-?(?:0|[1-9]\d*)\.(\d+)$/;
const FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE_TEXT = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP_TEXT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

type Guess = 'integer' | 'point' | 'float' | 'boolean' | 'date' | 'timestamp' | 'string';

const readDate = textReader(DATE);
const readTimestamp = textReader(TIMESTAMP);
const readInteger = textReader(INTEGER);

function guessOf(text: string): Guess {
  if (INTEGER_TEXT.test(text)) return readInteger(text) === undefined ? 'float' : 'integer';
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

  see(text: string): void {
    if (this.guess === 'string') return;
    const guess = guessOf(text);
    if (guess === 'point' || guess === 'integer') this.measure(text);
    this.guess = this.guess === null ? guess : merged(this.guess, guess);
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

  private measure(text: string): void {
    const digits = text.replace('-', '');
    const point = digits.indexOf('.');
    this.whole = Math.max(this.whole, point < 0 ? digits.length : point);
    if (point >= 0) this.scale = Math.max(this.scale, digits.length - point - 1);
  }
}

const NUMBERS: readonly Guess[] = ['integer', 'point', 'float'];

function merged(a: Guess, b: Guess): Guess {
  if (a === b) return a;
  const [x, y] = [NUMBERS.indexOf(a), NUMBERS.indexOf(b)];
  if (x >= 0 && y >= 0) return NUMBERS[Math.max(x, y)]!;
  return (a === 'date' && b === 'timestamp') || (a === 'timestamp' && b === 'date') ? 'timestamp' : 'string';
}
