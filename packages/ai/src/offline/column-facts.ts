import type { ColumnSchema } from '@velostream/core/protocol';
import { splitName } from './stem.ts';
import { longForm } from './synonyms.ts';
import { wordsTo } from './word-table.ts';

export type ValueKind = 'number' | 'text' | 'time' | 'boolean' | 'other';

/** What a column is about, told from its name and type. */
export interface ColumnRef {
  readonly table: string;
  readonly name: string;
  readonly kind: ValueKind;
  /** Names a thing instead of measuring one. */
  readonly isId: boolean;
  /** A number that is a code: status, port, year. */
  readonly isCode: boolean;
  /** Adding its values up makes sense. */
  readonly isAdditive: boolean;
  readonly isMoney: boolean;
  readonly isQuantity: boolean;
  /** Unit that the name ends in: `ms`, `s`, `%`, `c`, `f`, `b`, `kb`, `mb`, `cent`, `kg` … */
  readonly unit?: string;
  readonly words: readonly string[];
  readonly schema: ColumnSchema;
}

const SUFFIX_UNITS: Readonly<Record<string, string>> = wordsTo(
  'ms ms millis milliseconds; us us micros; ns ns; s s sec secs seconds; min min mins minutes; h hours hrs h; d days; % pct percent percentage perc; c c celsius celcius; f f fahrenheit; b bytes byte; kb kb; mb mb; gb gb; cent cents ct cts; kg kg; g g grams; km km; meter m meters; mi mi miles; ft ft feet foot; in inches; mm mm; cm cm; l liters litres l; ml ml; kn kn; kmh kmh kph; mph mph; kwh kwh; wh wh; mwh mwh; kw kw; w w watts; mw mw; v v volts; bpm bpm; rpm rpm; psi psi; bar bar; hpa hpa; kpa kpa; $ usd eur gbp; mg mg; dl dl; db db; hz hz; ppm ppm; t t tonnes tons; m2 sqm; lux lux lx',
);

export const isUnitWord = (word: string): boolean => Object.hasOwn(SUFFIX_UNITS, word);

const NUMBERS = new Set([
  'INTEGER',
  'INT',
  'BIGINT',
  'SMALLINT',
  'TINYINT',
  'LONG',
  'FLOAT',
  'DOUBLE',
  'REAL',
  'DECIMAL',
  'NUMERIC',
  'SCALED_INTEGER',
  'NUMBER',
]);
const TEXTS = new Set(['STRING', 'TEXT', 'VARCHAR', 'CHAR', 'UUID']);
const TIMES = new Set(['TIMESTAMP', 'DATETIME', 'DATE', 'TIME']);

export function kindOfType(type: string): ValueKind {
  const base = /^[A-Za-z_]+/.exec(type.trim())?.[0].toUpperCase() ?? '';
  if (NUMBERS.has(base)) return 'number';
  if (TEXTS.has(base)) return 'text';
  if (TIMES.has(base)) return 'time';
  return base === 'BOOLEAN' || base === 'BOOL' ? 'boolean' : 'other';
}

const ID = /^(id|uuid|guid|key|acct|account|iban)$/;
const CODES = /^(code|port|year|zip|postcode|pin|version|partition|offset|hour|month|weekday|floor|lane|gate|terminal|seat|room|slot)$/;
/** Whole numbers that tell which, not how much. */
const ORDINALS = /^(level|stage|round|wave|step|grade|priority|tier|season|chapter|class)$/;
const MONEY =
  /^(price|amount|amt|total|cost|fee|revenue|value|balance|spend|spent|pay|payment|paid|charge|salary|income|profit|margin|usd|eur|gbp|tax|discount|refund|budget|fare|tip|premium|payout|stake|bet|wager|bid|ask|notional|turnover|cents|subtotal|px|tariff|bill)$/;
const QUANTITY = /^(quantity|qty|volume|vol|size|shares|units|count|cnt|items|lots|pieces|stock|contracts)$/;
const ADDITIVE =
  /^(amount|amt|total|cost|fee|fees|revenue|spend|spent|payment|paid|charge|income|profit|tax|discount|refund|fare|tip|payout|stake|bet|wager|notional|turnover|subtotal|cents|quantity|qty|volume|vol|shares|units|count|cnt|items|lots|pieces|contracts|bytes|kb|mb|gb|kwh|wh|mwh|energy|consumption|distance|mileage|points|calories|steps|kills|clicks|views|impressions|visits|sales|weight|produced|output|usage|pnl|orders|bill|minutes|downloads|xp|coins|damage|goals|defects|hits|sold|delivered|gallons|liters|litres|rainfall|rain|precipitation|snow|pax|passengers|fuel|emissions|waste|scrap|scrapped|worked|overtime|walk|walked|watch|watched|listened|driven|travell?ed|ridden|irrigation)$/;
const NOT_ADDITIVE =
  /^(price|rate|ratio|pct|percent|percentage|avg|average|mean|temperature|temp|latency|speed|score|level|index|per|balance|max|min|confidence|probability|limit|threshold|age|capacity|latitude|longitude|lat|lon|lng|voltage|pressure|humidity|bid|ask|rating|px|unit|queue|target|cpu|memory|heart|battery)$/;

const AMOUNT_UNITS = /^(kg|g|t|l|ml|kwh|mwh|wh|b|kb|mb|gb)$/;

export function columnFacts(table: string, schema: ColumnSchema): ColumnRef {
  const words = splitName(schema.name);
  const kind = kindOfType(schema.type);
  const last = words.at(-1) ?? '';
  const power = /m([23])$/i.exec(schema.name)?.[1];
  const named = power !== undefined ? `m${power}` : words.length > 1 || last.length > 2 ? SUFFIX_UNITS[last] : undefined;
  // `cost_micros` are millionths of money.
  const unit = named === 'us' && words.some((w) => MONEY.test(w)) ? undefined : named;
  const spoken =
    unit === undefined && /^(hours|hrs|minutes|mins|seconds|secs|days|millis)$/.test(words[0] ?? '')
      ? SUFFIX_UNITS[words[0] ?? '']
      : undefined;
  const core = unit === undefined || words.length === 1 ? words : words.slice(0, -1);
  const isId =
    ID.test(last) ||
    (last === 'no' && words.length > 1) ||
    (last === 'number' && words.length > 1) ||
    (words.length > 1 && /^(tag|hash|ref|nr|serial)$/.test(last)) ||
    tagged(schema, 'id');
  const isCode =
    kind === 'number' &&
    !isId &&
    (CODES.test(last) ||
      (/INT/i.test(schema.type) && words.length === 1 && ORDINALS.test(longForm(last) ?? last)) ||
      (schema.values !== undefined &&
        schema.values.length > 0 &&
        schema.values.length <= 12 &&
        core.some((w) => w === 'status' || w === 'level' || w === 'code')));
  const amounts = kind === 'number' && !isId && !isCode;
  const isNot = core.some((w) => NOT_ADDITIVE.test(w)) && !core.some((w) => /^(total|sum|count)$/.test(w));
  return {
    table,
    name: schema.name,
    kind,
    isId,
    isCode,
    isAdditive:
      amounts &&
      !isNot &&
      (words.some((w) => ADDITIVE.test(w)) ||
        (words.length > 1 && /^(eur|usd|gbp|chf)$/.test(last)) ||
        /^(?:hours|km|miles|kilomet(?:er|re)s|wages?)$/i.test(schema.name) ||
        (unit === 'l' && words.length > 1) ||
        // "collected_kg", "grams", "tonnes": so much of something.
        (AMOUNT_UNITS.test(unit ?? '') && words.length > 1 && !/^(load|body|max)$/.test(words[0] ?? '')) ||
        /^(tonnes|tons|grams|kilos|litres|liters|gallons|bottles|crates|pallets|barrels)$/.test(last) ||
        (last === 'value' && words.some((w) => /^(order|cart|basket|deal|contract|transaction|invoice|booking)$/.test(w))) ||
        // "damaged", "returned": so many of them.
        (/INT/i.test(schema.type) && unit === undefined && (words.some(isCounted) || (words.length === 1 && /[^e]ed$/.test(last))))),
    isMoney: amounts && (words.some((w) => MONEY.test(w)) || unit === '$') && !words.some((w) => QUANTITY.test(w)),
    isQuantity: amounts && words.some((w) => QUANTITY.test(w)),
    ...(unit === undefined && spoken === undefined ? {} : { unit: unit ?? (spoken as string) }),
    words,
    schema,
  };
}

/** A whole number of things: nights, pallets, customers affected. Grades and sizes of a kind do not add up. */
const isCounted = (word: string): boolean =>
  /[a-z]{3}s$/.test(word) &&
  !/(ss|us|is|as|[rtqfkmg]ps)$/.test(word) &&
  !/^(stars|ratings|levels|years|grades|ranks|degrees|systolics?|rpms|bars|axes|volts|amps|watts|series)$/.test(word);

const tagged = (schema: ColumnSchema, tag: string): boolean => schema.tags?.includes(tag) ?? false;

/** The age of somebody, and no gap of ages. */
export const isAge = (ref: ColumnRef): boolean =>
  isMeasure(ref) &&
  /age(years|yrs)?$/.test(
    ref.words
      .filter((w) => w !== 'in')
      .slice(-2)
      .join(''),
  ) &&
  ref.words.includes('age');

/** A number that measures something. */
export const isMeasure = (ref: ColumnRef): boolean => ref.kind === 'number' && !ref.isId && !ref.isCode;
