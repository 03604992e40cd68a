import { textFunction } from '../../../values/scalar-text.ts';
import { ANY, type Scalar, STRING } from '../../../values/types.ts';
import { defineAggregate, type ReturnRule } from '../define.ts';

const SEPARATOR = ',';

const separatorRule: ReturnRule = (types, constants) =>
  types.length > 1 && typeof constants[1] !== 'string' ? { problem: 'separator of "STRING_AGG" must be a text literal' } : STRING;

export const stringAgg = defineAggregate<string[]>({
  name: 'string_agg',
  aliases: ['listagg', 'group_concat', 'collect'],
  category: 'aggregate',
  summary: 'Texts of the values in order of arrival, with a separator (`,` unless given) between them; NULL for none.',
  parameters: [
    { name: 'value', takes: 'value' },
    { name: 'separator', takes: 'string', optional: true },
  ],
  returns: separatorRule,
  nulls: 'ignore',
  ordered: true,
  examples: [
    { sql: 'STRING_AGG(x)', rows: [{ x: 'a' }, { x: null }, { x: 'b' }], gives: 'a,b' },
    { sql: "STRING_AGG(x, ' + ')", rows: [{ x: 1 }, { x: 2 }], gives: '1 + 2' },
    { sql: 'STRING_AGG(x)', rows: [{ x: null }], gives: null },
  ],
  accumulator: ([type], constants) => {
    const text = textFunction(type ?? ANY);
    const separator = typeof constants[1] === 'string' ? constants[1] : SEPARATOR;
    return {
      create: () => [],
      add(texts, [v]) {
        texts.push(text(v as Scalar));
        return texts;
      },
      merge(a, b) {
        for (const part of b) a.push(part);
        return a;
      },
      result: (texts) => (texts.length === 0 ? null : texts.join(separator)),
      save: (texts) => texts.slice(),
      load: (saved) => (saved as readonly string[]).slice(),
    };
  },
});
