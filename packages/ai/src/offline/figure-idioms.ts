import { type ColumnRef, isMeasure } from './column-facts.ts';
import { inAndOut } from './in-and-out.ts';
import type { Lexicon, TableFacts } from './lexicon.ts';
import { only } from './only.ts';
import { oneValue, streamsOf } from './schema-columns.ts';
import { splitName, stem } from './stem.ts';

type Way = (prompt: string, lexicon: Lexicon) => string;

const calledSo = (column: ColumnRef, noun: string): boolean => column.words.length === 1 && stem(column.name) === stem(noun);

/** The value of a text that a verb is a form of. */
const valueOfVerb = (table: TableFacts, verb: string) =>
  oneValue(
    table.columns.filter((c) => c.kind === 'text'),
    (value) => stem(value) === stem(verb),
  );

/** `points earned per store` of a kind earn: the total of the number, of the rows of that value. */
const numberDone: Way = (prompt, lexicon) =>
  prompt.replace(
    /(?<!\b(?:total|average|mean|median|most|least|more|fewer|less|maximum|minimum|share|percentage|sum of|number of|than) )(?<!\d )\b([a-z]+s) ([a-z]+(?:ed|en|ld|nt))(?=,| (?:per|by|each|every)\b)/gi,
    (said: string, noun: string, verb: string) => {
      const found = streamsOf(lexicon).flatMap((table) => {
        const number = table.columns.find((c) => c.isAdditive && calledSo(c, noun));
        const value = number && valueOfVerb(table, verb);
        return number && value ? [`total ${number.name} with ${value.ref.name} ${value.value}`] : [];
      });
      return only(found) ?? said;
    },
  );

/** `value of won deals per product`, `by value of won deals`: what the rows are worth, added up. */
const worthOf: Way = (prompt, lexicon) =>
  prompt.replace(
    /(^|\bby )(?:the )?(value|amount|cost) of ([a-z]+ [a-z]+s) (?=(?:per|by)\b)/gi,
    (said: string, lead: string, noun: string, rows: string) => {
      const isWorth = (c: ColumnRef): boolean => isMeasure(c) && c.isMoney && c.words[0] === noun.toLowerCase();
      return streamsOf(lexicon).some((t) => t.columns.some(isWorth)) ? `${lead}total ${noun} of ${rows} ` : said;
    },
  );

/** `sum of expenses by department` of expense_lines: their one number of money. */
const sumOfRows: Way = (prompt, lexicon) =>
  prompt.replace(
    /\b(?:sum of (?:the |all )?([a-z]+s)|total (expenses|costs|payments|donations|fees|expenditures?))(?=,|$| (?:by|per|for|in|from|at|each|every)\b)/gi,
    (said: string, some?: string, known?: string) => {
      const rows = some ?? known ?? '';
      const table = only(streamsOf(lexicon).filter((t) => splitName(t.name).some((w) => stem(w) === stem(rows))));
      const money = table?.columns.filter((c) => isMeasure(c) && c.isMoney) ?? [];
      const isColumn = lexicon.tables.some((t) =>
        t.columns.some((c) => c.kind === 'number' && c.words.some((w) => stem(w) === stem(rows))),
      );
      return money.length === 1 && !isColumn ? `sum of ${money[0]?.name}` : said;
    },
  );

/** `denial rate` of a result denied: the share of what is so. */
const deedRate: Way = (prompt, lexicon) =>
  prompt.replace(/\b(?:the )?([a-z]{3,})(al|ance) rate\b/gi, (said: string, root: string, ending: string) => {
    const found = streamsOf(lexicon).flatMap((t) => {
      const value = valueOfVerb(t, `${root}ed`) ?? valueOfVerb(t, `${root}${ending}`);
      return value ? [`share of ${value.value} ${splitName(t.name).at(-1)}`] : [];
    });
    return only(found) ?? said;
  });

const WAYS: readonly Way[] = [numberDone, worthOf, sumOfRows, deedRate, inAndOut];

/** Figures told by what is done with things, said with the names of the numbers and values. */
export const figureIdioms: Way = (prompt, lexicon) => WAYS.reduce((said, way) => way(said, lexicon), prompt);
