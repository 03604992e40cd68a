import { type ColumnRef, isMeasure } from './column-facts.ts';
import type { Lexicon, TableFacts } from './lexicon.ts';
import { only } from './only.ts';
import { splitName, stem } from './stem.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const NUMBERED = /^(?:no|nr|number|num)$/;

/** The column of a relation that an item of a list names in full; `minutes` the one measured so. */
function columnCalled(item: string, table: TableFacts): ColumnRef | undefined {
  const words = splitName(item.replace(/^(?:the|its|their) /i, '')).map((w) => (NUMBERED.test(w) ? 'no' : stem(w)));
  const called = ({ words: own }: ColumnRef): string => own.map((w) => (NUMBERED.test(w) ? 'no' : stem(w))).join(' ');
  const row = splitName(table.name).map(stem);
  const said = words.join(' ');
  const unit = /^(?:minutes|seconds|hours)$/i.test(item) ? { minutes: 'min', seconds: 's', hours: 'h' }[item.toLowerCase()] : undefined;
  return (
    table.columns.find((c) => called(c) === said) ??
    only(
      table.columns.filter(
        (c) =>
          called(c)
            .split(' ')
            .filter((w) => !row.includes(w))
            .join(' ') === said && c.words.length > 1,
      ),
    ) ??
    (unit === undefined ? undefined : only(table.columns.filter((c) => isMeasure(c) && c.unit === unit)))
  );
}

const inWords = (columns: readonly ColumnRef[]): string =>
  columns
    .map((c) => c.name)
    .join(', ')
    .replace(/, (?=[^,]+$)/, ' and ');

const LISTED =
  /^(?:(?:please )?(?:show|list|give|get)(?: me| us)? |i (?:want|need) )?(?:the )?([a-z_]+(?: [a-z_]+)?(?:, (?:the )?[a-z_]+(?: [a-z_]+)?)*,? and (?:the )?[a-z_]+(?: [a-z_]+)?) of (?:all |every |each |the )*([a-z]+)\b(.*)$/i;

/** `receipt id, cashier and total of every checkout with …`: the rows, then the columns of them that are asked for. */
const beforeRows: Way = (prompt, lexicon) => {
  const [, list = '', rows = '', rest = ''] = LISTED.exec(prompt) ?? [];
  const items = list.split(/,? and |, /).map((i) => i.trim());
  if (items.length < 3 || /\b(?:per|by|each|every|over the last)\b/i.test(rest)) return prompt;
  const fit = lexicon.tables.filter((t) => splitName(t.name).some((w) => stem(w) === stem(rows)));
  for (const table of fit) {
    const columns = items.map((item) => columnCalled(item, table));
    if (columns.every((c) => c !== undefined))
      return `${rows.replace(/([^s])$/, '$1s')}${rest.replace(/[.?!]+$/, '')}: ${inWords(columns)}`;
  }
  return prompt;
};

/** `… in one check-in: member id, location and minutes`: the columns behind a colon by their names. */
const columnsBehind: Way = (prompt, lexicon) => {
  const found = /^(.*: )([a-z_]+(?: [a-z_]+)?(?:, [a-z_]+(?: [a-z_]+)?)*,? and [a-z_]+(?: [a-z_]+)?)[.?!]?$/i.exec(prompt);
  const items = found?.[2]?.split(/,? and |, /) ?? [];
  if (!found || items.length < 2) return prompt;
  for (const table of lexicon.tables) {
    const columns = items.map((item) => columnCalled(item.trim(), table));
    if (columns.every((c) => c !== undefined)) return `${found[1]}${inWords(columns)}`;
  }
  return prompt;
};

/** Lists of columns, before the rows that they are of or behind a colon, by the names that the columns have. */
export const listedColumns: Way = (prompt, lexicon) => columnsBehind(beforeRows(prompt, lexicon), lexicon);
