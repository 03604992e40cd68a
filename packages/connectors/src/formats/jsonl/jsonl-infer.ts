import { ANY, arrayOf, BOOLEAN, type Field, FLOAT, mapOf, type SqlType, STRING } from '@velostream/core/connect/formats';
import { afterMark } from '../decode/byte-mark.ts';
import { TextTypeFinder } from '../decode/infer-text.ts';
import { createUtf8 } from '../decode/utf8.ts';
import type { JsonlOptions } from './jsonl-options.ts';
import { JsonProblem, splitObject } from './split-object.ts';

const LINE_FEED = 0x0a;
/** Columns beyond this many are left out: an object with so many keys is a map in disguise. */
const COLUMNS_MAX = 10_000;

/** Columns and types from the first lines of a file, in the order in which their keys turn up. */
export function inferJsonl(sample: Uint8Array, complete: boolean, options: JsonlOptions): readonly Field[] {
  const utf8 = createUtf8();
  const finders = new Map<string, ValueTypeFinder>();
  let p = afterMark(sample, 'sample');
  while (p < sample.length) {
    const feed = sample.indexOf(LINE_FEED, p);
    if (feed < 0 && !complete) break;
    const end = feed < 0 ? sample.length : feed;
    const text = utf8.read(sample, p, end);
    p = end + 1;
    if (text === undefined || text.trim() === '') continue;
    see(text, finders);
  }
  return [...finders].map(([name, finder]) => ({ name, type: finder.type(options.exact_decimals), nullable: true }));
}

function see(text: string, finders: Map<string, ValueTypeFinder>): void {
  try {
    for (const { key, start, end } of splitObject(text)) {
      let finder = finders.get(key);
      if (finder === undefined) {
        if (finders.size === COLUMNS_MAX) continue;
        finder = new ValueTypeFinder();
        finders.set(key, finder);
      }
      finder.see(text.slice(start, end));
    }
  } catch (problem) {
    // A bad record of the sample is reported when it is read.
    if (!(problem instanceof JsonProblem)) throw problem;
  }
}

type Shape = 'number' | 'text' | 'boolean' | 'array' | 'map';

/** Finds the type of a column from JSON values: mixed scalars are STRING, mixed shapes `any`. */
class ValueTypeFinder {
  private readonly shapes = new Set<Shape>();
  private readonly texts = new TextTypeFinder();
  private elements: ValueTypeFinder | null = null;

  see(value: string): void {
    const c = value[0];
    if (c === 'n') return;
    if (c === '"') {
      this.shapes.add('text');
      const text = JSON.parse(value) as string;
      // `"12"` stays text; `"12.30"` is how exact decimals travel in JSON.
      this.texts.see(/^-?\d+$|^(?:true|false)$|[eE]/i.test(text) && !text.includes('T') ? 'text' : text);
    } else if (c === '{') this.shapes.add('map');
    else if (c === '[') {
      this.shapes.add('array');
      this.elements ??= new ValueTypeFinder();
      for (const item of JSON.parse(value) as unknown[]) this.elements.see(JSON.stringify(item));
    } else if (c === 't' || c === 'f') this.shapes.add('boolean');
    else {
      this.shapes.add('number');
      this.texts.see(value);
    }
  }

  type(exactDecimals: boolean): SqlType {
    const { shapes } = this;
    if (shapes.size > 1) return shapes.has('array') || shapes.has('map') ? ANY : STRING;
    if (shapes.has('boolean')) return BOOLEAN;
    if (shapes.has('map')) return mapOf(ANY);
    if (shapes.has('array')) return arrayOf(this.elementType());
    const found = this.texts.type(exactDecimals);
    // Number text such as `1E5` that the finder takes for a name is a number all the same.
    return shapes.has('number') && found.kind === 'string' ? FLOAT : shapes.size === 0 ? STRING : found;
  }

  private elementType(): SqlType {
    const type = this.elements?.type(false) ?? ANY;
    return type.kind === 'integer' || type.kind === 'float' || type.kind === 'boolean' || type.kind === 'string' ? type : ANY;
  }
}
