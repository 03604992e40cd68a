import type { AggregateName } from '../ir/query-ir.ts';
import { stem } from './stem.ts';
import { TIME_UNITS, VALUE_UNITS } from './token.ts';

const words = (text: string): Set<string> => new Set(text.split(' '));

/** Words with a job in a sentence; they never name a column by a resemblance. */
const STOP = words(
  'say a an the of for to in on at by per each every all any and or with without where which that who whose what how is are was were be been being do does did has have had it its this these those from into as ' +
    'show give get list display find tell return fetch want need see look please me us i we you my our their his her can could would should will let lets make than then there when while if so just only also too ' +
    'up down out off over under above below between within across through during after before since until about around not no nor non never more less most least fewer greater many much ' +
    'please hi hello thanks now one ones same other another both either some few several such own using used use based broken split grouped group sorted order ordered rank ranked sort ' +
    'ever yet still already very really quite per-each got gets goes go going went hey ok okay need needs like them they he she him report query sql stream results result rows row records record data ' +
    'calculate compute measure monitor track watch visualize visualise plot chart graph count counts number total sum average mean maximum minimum max min top bottom highest lowest latest last first current ' +
    'value values time times rate ratio percentage percent share fraction proportion distinct unique different new keep live real realtime minute hour second day week minutes hours seconds days final changes',
);

const AGGREGATES: Readonly<Record<string, AggregateName>> = Object.fromEntries(
  (
    [
      ['AVG', 'average averages averaged averaging avg mean typical'],
      ['SUM', 'total totals totalling totaling sum sums summed combined cumulative aggregate overall'],
      [
        'MAX',
        'maximum max highest peak peaks largest biggest greatest longest hottest worst best warmest slowest heaviest strongest priciest dearest wettest oldest tallest deepest fullest thickest widest steepest loudest noisiest brightest richest farthest furthest',
      ],
      [
        'MIN',
        'minimum min lowest smallest shortest coldest coolest cheapest fastest quickest lightest weakest driest youngest shallowest thinnest narrowest emptiest',
      ],
      ['MEDIAN', 'median medians'],
      ['STDDEV', 'volatility stddev deviation variability'],
      ['VARIANCE', 'variance'],
      ['LAST_VALUE', 'latest newest current last recent closing close'],
      ['FIRST_VALUE', 'first earliest opening open initial'],
    ] as const
  ).flatMap(([fn, list]) => list.split(' ').map((word) => [word, fn])),
);

/** Adjectives that name their own measure. */
export const ADJECTIVE_MEASURES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  (
    [
      ['hottest warmest coldest coolest', 'temperature temp'],
      ['slowest', 'latency duration time elapsed response took speed'],
      ['fastest', 'latency duration speed time elapsed response'],
      ['quickest', 'latency duration time speed elapsed response'],
      ['heaviest lightest', 'weight mass'],
      ['priciest cheapest', 'price cost amount fare'],
      ['dearest', 'price cost amount rate'],
      ['longest shortest', 'duration length distance time elapsed minutes'],
      ['expensive', 'price cost amount total fare'],
      ['loudest', 'noise sound db volume'],
      ['strongest', 'wind force strength signal'],
      ['driest', 'moisture humidity'],
      ['wettest', 'moisture rain humidity'],
      ['oldest youngest', 'age'],
      ['tallest', 'height'],
    ] as const
  ).flatMap(([adjectives, measures]) => adjectives.split(' ').map((word) => [word, measures.split(' ')])),
);

export const aggregateOf = (word: string): AggregateName | undefined => (Object.hasOwn(AGGREGATES, word) ? AGGREGATES[word] : undefined);

export const COUNT_WORDS = words('count counts number how tally volume frequency occurrences');

const KEYWORDS = [
  ...Object.keys(AGGREGATES),
  ...Object.keys(TIME_UNITS),
  ...Object.keys(VALUE_UNITS),
  ...(
    'percentage percent ratio fraction proportion distinct unique different grouped group window windows tumbling sliding hopping session sessions rolling moving hourly daily minutely weekly every between ' +
    'above below exceeds exceed exceeding greater least most alert notify warn warning greatest excluding except including starting ending containing contains without whose where number count standard percentile ' +
    'ascending descending sorted ordered ranked highest lowest final closed completed changes emit gap inactivity idle timeout previous during readings equals difference minus times multiplied divided ' +
    'increase decrease change compared critical severity join joined together busiest popular frequent active inactivity minute second grouped across break broken'
  ).split(' '),
];

const EXTRA = words(
  'tour tours spell spells spree must hear told inform rarest commonest fewest leading noisiest quietest vs versus sold sell spent bought paid made took went done gave kept held felt lost won said known shown grown taken given used using working running looking happening trading buying selling spending making receiving sending losing earning watching playing reading writing charging logging moving placed place arrive arrived leaving left one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty ninety dozen hundred thousand million billion half quarter couple want would like could tell what whats figure numbers stuff thing things everything something anything across whole entire along including include exclude coming came come happen happened happening occurred seen ' +
    'made make makes done based them they their please right week month year today yesterday tomorrow per via overall good bad high low big small large long short every busiest popular frequent frequently ' +
    'warm cold hot cool heavy light old young tall deep strong weak cheap fast slow quick loud quiet wet dry full empty having being been where were reached reach reaches goes past least once twice each others rest type kind sort name named called call into onto send write output sink save store publish push create build ' +
    'delete drop remove update insert truncate alter weather joke poem email news who whom whose why unusual normal abnormal again instead rather change switch replace add adding added without also plus minus time',
);

const knownStems = new Set([...KEYWORDS, ...EXTRA, ...STOP].map(stem));

export const isStopWord = (word: string): boolean => STOP.has(word);
export const isKnownWord = (word: string): boolean => STOP.has(word) || EXTRA.has(word) || knownKeywords.has(word);
export const isKnownStem = (text: string): boolean => knownStems.has(text);
const knownKeywords = new Set(KEYWORDS);
export const keywordList = (): readonly string[] => KEYWORDS;
