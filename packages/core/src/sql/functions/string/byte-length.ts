import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const byteLength = scalarFunction({
  name: 'byte_length',
  aliases: ['octet_length'],
  category: 'string',
  summary: 'Number of bytes of the text in UTF-8.',
  parameters: [{ name: 'text', takes: 'string' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "BYTE_LENGTH('añb')", gives: 4 },
    { sql: 'BYTE_LENGTH(NULL)', gives: null },
  ],
  evaluate: (text) => {
    let bytes = 0;
    for (const character of text as string) {
      const point = character.codePointAt(0) as number;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes;
  },
});
