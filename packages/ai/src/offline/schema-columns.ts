import type { ColumnRef } from './column-facts.ts';
import type { Lexicon, TableFacts } from './lexicon.ts';
import { only } from './only.ts';
import { splitName, stem } from './stem.ts';

interface Gathered {
  readonly columns: readonly ColumnRef[];
  readonly texts: readonly ColumnRef[];
  readonly streams: readonly TableFacts[];
  readonly ofStreams: readonly ColumnRef[];
}

const gathered = new WeakMap<Lexicon, Gathered>();

/** What many rewordings of one question look for names in; gathered once per schemas. */
function of(lexicon: Lexicon): Gathered {
  let found = gathered.get(lexicon);
  if (!found) {
    const columns = lexicon.tables.flatMap((t) => t.columns);
    const streams = lexicon.tables.filter((t) => !t.isTable);
    found = { columns, streams, texts: columns.filter((c) => c.kind === 'text'), ofStreams: streams.flatMap((t) => t.columns) };
    gathered.set(lexicon, found);
  }
  return found;
}

export const columnsOf = (lexicon: Lexicon): readonly ColumnRef[] => of(lexicon).columns;
export const textsOf = (lexicon: Lexicon): readonly ColumnRef[] => of(lexicon).texts;
export const streamsOf = (lexicon: Lexicon): readonly TableFacts[] => of(lexicon).streams;
export const streamColumns = (lexicon: Lexicon): readonly ColumnRef[] => of(lexicon).ofStreams;

/** Whether a noun is what one row of a relation is called: the last word of its name. */
export const isRowOf = (table: string, noun: string): boolean => stem(splitName(table).at(-1) ?? '') === stem(noun);

/** The one value, and its column, that fits among the values that some columns are known to hold. */
export const oneValue = (
  columns: readonly ColumnRef[],
  fits: (value: string) => boolean,
): { readonly ref: ColumnRef; readonly value: string } | undefined =>
  only(
    columns.flatMap((ref) => {
      const value = ref.schema.values?.find((v) => fits(String(v)));
      return value === undefined ? [] : [{ ref, value: String(value) }];
    }),
  );
