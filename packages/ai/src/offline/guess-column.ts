import type { ColumnRef } from './column-facts.ts';
import { suffixAt } from './comparators.ts';
import type { Scan } from './frame.ts';
import { plainWord, wordAt } from './frame.ts';
import { columnsInReach } from './meaning.ts';
import { codeOf } from './name-codes.ts';
import { relationOf } from './named-before.ts';
import { matchAt } from './pattern.ts';
import { linkAt, pickColumn, pickTable } from './pick.ts';
import { stem } from './stem.ts';
import { longForm } from './synonyms.ts';
import { type Token, VALUE_UNITS } from './token.ts';
import { isKnownWord } from './vocabulary.ts';

export interface Guess {
  readonly ref: ColumnRef;
  readonly value: string | number;
  /** Further values of a list: `Maersk or MSC`. */
  readonly more: readonly string[];
  readonly end: number;
  readonly score: number;
}

const CODE_COLUMNS =
  /^(symbol|ticker|currency|country|region|code|airport|exchange|sku|pair|asset|coin|state|market|venue|isin|carrier|airline|base|quote)$/;
const LANGUAGES =
  /^(english|german|french|spanish|italian|portuguese|dutch|polish|russian|chinese|japanese|korean|arabic|turkish|swedish|norwegian|danish|finnish|greek|hindi|czech|rust|go|python|java|typescript|javascript|kotlin|ruby|scala|php|swift)$/i;
const PLATFORMS = /^(ios|android|windows|macos|linux|chrome|safari|firefox|edge|web|ipad|iphone)$/i;
export const COUNTRIES =
  /^(germany|iran|iraq|russia|ukraine|israel|colombia|chile|peru|vietnam|thailand|indonesia|pakistan|czechia|hungary|romania|morocco|new zealand|north korea|south korea|south africa|saudi arabia|france|spain|italy|norway|sweden|finland|denmark|poland|austria|switzerland|netherlands|belgium|ireland|portugal|greece|usa|us|uk|canada|mexico|brazil|argentina|india|china|japan|korea|australia|singapore|turkey|egypt|nigeria|kenya|israel|de|fr|gb|es|it|united states|united kingdom)$/i;
const CITIES =
  /^(amsterdam|athens|atlanta|barcelona|basel|berlin|birmingham|boston|bristol|brussels|budapest|chicago|cologne|copenhagen|dallas|denver|dublin|edinburgh|frankfurt|geneva|glasgow|hamburg|helsinki|houston|leeds|leipzig|lisbon|liverpool|london|los angeles|lyon|madrid|manchester|melbourne|miami|milan|munich|new york|oslo|paris|porto|prague|rome|rotterdam|san francisco|seattle|seoul|singapore|stockholm|sydney|tokyo|toronto|vienna|warsaw|zurich)$/i;
const PLACES =
  /^(works|quarter|neighbourhood|neighborhood|borough|county|village|hospital|ward|clinic|church|museum|theatre|theater|cinema|hotel|restaurant|garage|shop|library|lab|office|club|gym|studio|farm|apiary|orchard|lake|river|harbour|harbor|mine|quarry|court|street|stop|island|resort|slope|trail|city|country|region|location|warehouse|site|zone|store|town|state|area|plant|hub|depot|origin|destination|port|station|district|building|facility|branch|market|plaza|mall|park|campus|dock|berth|yard|pier|terminal|hall)$/;
const NAMES =
  /^(name|make|maker|show|series|artist|album|brand|vendor|merchant|company|customer|product|category|title|model|team|player|driver|carrier|service|app|host|platform|browser|game|channel|campaign|operator|exchange|department|provider|sector|line|airline|supplier|manufacturer|publisher|advertiser|owner|doctor|teacher|school|author|agent|approver|operator|vessel|player|team|department|dept|office|tech|technology|network|firm|bank|agency|insurer|contractor|sponsor)$/;

/** The column that a proper name or code, unknown to every schema, is most likely a value of. */
export function guessColumn(scan: Scan, at: number): Guess | undefined {
  const token = scan.tokens[at];
  if (!token || token.used !== undefined) return undefined;
  if (/^(nobody|noone|somebody|someone|anybody|anyone|everybody|everyone)$/.test(rawWord(scan, at))) return undefined;
  const coded = letterAt(scan, at) ?? codeAt(scan, at);
  if (coded) return coded;
  const lead = leadOf(scan, at);
  if (token.t === 'text') return best(scan, token.value, lead, at + 1, 0.8);
  if (token.t === 'number') return undefined;
  if (token.t !== 'word') return undefined;
  const isUpper = /^[A-Z0-9][A-Z0-9_./-]+$/.test(token.raw) && /[A-Z]/.test(token.raw);
  const isCode = (/\d/.test(token.raw) && /[A-Za-z]/.test(token.raw)) || /^[\w-]+\.[a-z]{2,3}$/.test(token.raw);
  // "Viking Grace crossings", "Petrov's patrols" at the beginning of a sentence
  const isLed = at > 0 || isOwner(scan, at) || /^[A-Z][a-z]/.test(scan.tokens[1]?.raw ?? '');
  // "in Old Town": words of ours that are part of a name
  const isPartOfName = /^(in|at|from|to|near)$/.test(plainWord(scan, at - 1)) && /^[A-Z][a-z]/.test(scan.tokens[at + 1]?.raw ?? '');
  const isName = /^[A-Z][a-z]+/.test(token.raw) && isLed && (isPartOfName || !isKnownWord(token.word));
  const noun = isUpper || isCode || isName ? undefined : beforeNoun(scan, at, token);
  if (noun) return noun;
  const isMixed = /^[a-z]{1,2}[A-Z]/.test(token.raw) && !linkAt(scan, at);
  const isLead =
    at === 0 &&
    /^[A-Z][a-z]+/.test(token.raw) &&
    !isKnownWord(token.word) &&
    !linkAt(scan, at) &&
    matchAt(scan.tokens, 1, 'or|and|,') !== undefined &&
    /^[A-Z]/.test(scan.tokens[2]?.raw ?? '');
  // "VIP lanes" of a flag vip
  if (isUpper && (isAcronym(scan, at) || pickColumn(linkAt(scan, at), (c) => c.kind === 'boolean'))) return undefined;
  if (!isUpper && !isCode && !isName && !isMixed && !isLead) return lowGuess(scan, at, token, rawWord(scan, at - 1));
  if (Object.hasOwn(VALUE_UNITS, token.word) && !/^[A-Z]{3}$/.test(token.raw)) return undefined;
  if (linkAt(scan, at) && !isUpper && !isMixed) return undefined;
  if (isUpper && isKnownWord(token.word) && !/^(for|of|on|in|the|from|to|or|and|at|via|by|with|near|within|outside)$/.test(lead))
    return undefined;
  let end = at + 1;
  while (scan.tokens[end]?.start === token.start) end++;
  while ((isName || isLead) && /^[A-Z][a-z]/.test(scan.tokens[end]?.raw ?? '') && scan.tokens[end]?.used === undefined) end++;
  // "iPhone 15", "Route 66"
  const number = scan.tokens[end];
  const isPart = (isName || isMixed) && number?.t === 'number' && number.used === undefined && number.unit === undefined;
  if (isPart && number.start - (scan.tokens[end - 1]?.end ?? 0) <= 1 && !linkAt(scan, end + 1) && !suffixAt(scan, end + 1)) end++;
  const text = scan.input.slice(token.start, scan.tokens[end - 1]?.end ?? token.end);
  return best(scan, text, isOwner(scan, end - 1) ? 'of whom' : lead, end, isName ? 0.7 : 0.78);
}

/** `CPU usage per host`, `that violate the SLO`: what is spoken of, and no value. */
function isAcronym(scan: Scan, at: number): boolean {
  const next = scan.tokens[at + 1];
  if (!/^[A-Z]{2,5}$/.test(scan.tokens[at]?.raw ?? '') || linkAt(scan, at) || linkAt(scan, at + 1)) return false;
  const isNoun = next?.t === 'word' && next.used === undefined && /^[a-z]{3,}$/.test(next.raw) && !/(?:ed|ing|s)$/.test(next.word);
  if ((isNoun && !isKnownWord(next.word)) || /^-[a-z]/.test(scan.input.slice(scan.tokens[at]?.end))) return true;
  return (
    rawWord(scan, at - 1) === 'the' &&
    !/^(in|on|at|by|to|from|of|for|via|with|into|near|within|outside|and|or)$/.test(rawWord(scan, at - 2))
  );
}

/** `Anna's`: somebody, to whom what follows belongs. */
const isOwner = (scan: Scan, at: number): boolean => /^['’]s\b/.test(scan.input.slice(scan.tokens[at]?.end ?? 0));
const PERSON =
  /(?:[a-z]{3}(?:er|or|ian|ist)|nurse|guard|captain|vet|medic|pilot|agent|guide|coach|clerk|chef|cook|host|judge|client|staff|student|member)$/;
const NO_PERSON = /^(?:order|number|meter|sensor|user|water|paper|letter|tower|center|quarter|motor|factor|error|floor|color)$/;

/** `in the r band`, `u and i band`: values of one letter before their column. */
function letterAt(scan: Scan, at: number): Guess | undefined {
  const letters: string[] = [];
  let end = at;
  for (let guard = 0; guard < 6; guard++) {
    const token = scan.tokens[end];
    if (token?.t !== 'word' || !/^[A-Za-z]$/.test(token.raw)) return undefined;
    letters.push(token.raw);
    const joint = matchAt(scan.tokens, end + 1, ',? or|and|nor') ?? matchAt(scan.tokens, end + 1, ',');
    if (!joint) break;
    end = joint.end;
  }
  const link = linkAt(scan, end + 1);
  const ref = pickColumn(link, (c) => letters.every((l) => c.schema.values?.includes(l) === true))?.ref;
  const [value = '', ...more] = letters;
  return link && ref ? { ref, value, more, end: link.end, score: 0.85 } : undefined;
}

/** `in Japanese`, `german or french` of a column that keeps `ja`, `de`, `fr`. */
function codeAt(scan: Scan, at: number): Guess | undefined {
  const token = scan.tokens[at];
  if (token?.t !== 'word' || linkAt(scan, at)) return undefined;
  const ref = columnsInReach(scan).find((c) => codeOf(c, token.word) !== undefined);
  const value = ref && codeOf(ref, token.word);
  if (!ref || value === undefined) return undefined;
  const more: string[] = [];
  let end = at + 1;
  for (let guard = 0; guard < 6; guard++) {
    const joint = matchAt(scan.tokens, end, ',? or|and|nor') ?? matchAt(scan.tokens, end, ',');
    const next = joint && scan.tokens[joint.end];
    const other = next?.t === 'word' ? codeOf(ref, next.word) : undefined;
    if (!joint || other === undefined) break;
    more.push(other);
    end = joint.end + 1;
  }
  return { ref, value, more, end, score: 0.82 };
}

/** The word that says which way or where: "to" of "to anything but DAI"; "from" of the first of "ETH into USDC". */
function leadOf(scan: Scan, at: number): string {
  let before = at - 1;
  while (/^(anything|everything|but|other|than|all|any|not|except|the|either|never)$/.test(rawWord(scan, before))) before--;
  const lead = rawWord(scan, before);
  if (/^(in|from|at|to|into|on|by|for|via|of|with|near|within|outside)$/.test(lead)) return lead;
  // "what did Milo sell"
  if (/^(did|does|has)$/.test(lead)) return 'by';
  const toward = matchAt(scan.tokens, at + 1, 'to|into');
  const other = toward && scan.tokens[toward.end];
  if (other?.t === 'word' && /^[A-Z]/.test(other.raw) && !linkAt(scan, toward?.end ?? at)) return 'from';
  return wordAt(scan, at - 1) || rawWord(scan, at - 1);
}

const LEADS: Readonly<Record<string, RegExp>> = {
  on: /^(branch|platform|device|channel|host|server|page|os|line|network|browser|track|court|venue|exchange|marketplace|site|app|cluster|node|chain|route|stage|desk|console|engine)$/,
  in: /^(city|country|region|district|zone|state|department|dept|category|language|currency|area|county|state|sector|warehouse|room|section|town|venue|field)$/,
  from: /^(city|country|region|origin|source|department|supplier|vendor|sender|brand|publisher|referrer)$/,
  at: /^(venue|exchange|gate|counter|desk|site|store|station|location|venue|plant|airport|branch|shop|terminal|school)$/,
  via: /^(channel|method|source|gateway|carrier|provider)$/,
  for: /^(platform|customer|product|brand|team|service|game|client|project|model)$/,
  about: /^(topic|subject|category|reason|issue|theme|tag)$/,
  by: /^(author|agent|user|operator|driver|doctor|teacher|artist|vendor|brand|supplier|owner|triggered|created|approver|(?!order|number|meter|letter|paper|water|power|tower|center|counter|quarter|sensor|error|floor|color|motor|sector|factor)[a-z]{3,}(?:er|or))$/,
};

const NAMED =
  /^(venue|exchange|platform|site|branch|host|server|region|city|country|brand|vendor|supplier|channel|app|network|store|station|line|team|carrier|merchant|market|shop|depot|plant|hub|zone|service|model|category)$/;

/** `failed builds on main`, `for android`: a plain word that nothing knows, where one column fits the word before it. */
function lowGuess(scan: Scan, at: number, token: Token, lead: string): Guess | undefined {
  if (
    token.t !== 'word' ||
    token.glued ||
    token.word.length < 3 ||
    isKnownWord(token.word) ||
    /^(board|foot|purpose|hand|sale|duty|call|hold|top)$/.test(token.word) ||
    linkAt(scan, at) ||
    Object.hasOwn(VALUE_UNITS, token.word)
  )
    return undefined;
  // "anywhere but deribit", "except okx": the one column that such names stand in.
  const fits = LEADS[lead] ?? (/^(but|except|excluding|not|besides|without)$/.test(lead) ? NAMED : undefined);
  const next = scan.tokens[at + 1];
  if (!fits || (next?.t === 'word' && next.used === undefined && !isKnownWord(next.word))) return undefined;
  const more: string[] = [];
  let end = at + 1;
  for (let joint = matchAt(scan.tokens, end, ',? or|and|nor'); joint; joint = matchAt(scan.tokens, end, ',? or|and|nor')) {
    const other = scan.tokens[joint.end];
    const isValue =
      other?.t === 'word' && !other.glued && /^[a-z\d]{3,}$/.test(other.raw) && !isKnownWord(other.word) && !linkAt(scan, joint.end);
    if (!isValue) break;
    more.push(other.raw);
    end = joint.end + 1;
  }
  const columns = scan.base.columns.filter(
    (c) => c.kind === 'text' && !c.isId && !c.schema.values?.length && c.words.some((w) => fits.test(longForm(w) ?? w)),
  );
  return columns.length === 1 ? { ref: columns[0] as ColumnRef, value: token.raw, more, end, score: 0.68 } : undefined;
}

const KINDS =
  /^(product|type|kind|category|class|model|item|topic|species|material|commodity|crop|breed|sport|game|genre|cargo|cuisine|style|flavour|flavor)$/;

/** What somebody thinks of a thing is not its name. */
export const OPINION =
  /^(busy|lazy|idle|quiet|crowded|popular|active|heavy|slow|fast|greedy|noisy|messy|risky|dirty|healthy|empty|frequent|loyal|weak|strong|poor|rich|hungry|thirsty|wasteful|reliable|diligent|keen|[a-z]{3,}(?:ous|ful|less|atic))$/;

/** `checkout service`: an unknown word right before the name of a text column is one of its values. */
function beforeNoun(scan: Scan, at: number, token: Token): Guess | undefined {
  if (
    token.t !== 'word' ||
    isKnownWord(token.word) ||
    linkAt(scan, at) ||
    token.glued ||
    /(ed|ing)$/.test(token.word) ||
    OPINION.test(token.word)
  )
    return undefined;
  // "comedy or drama genre"
  const joint = matchAt(scan.tokens, at + 1, 'or|and');
  const other = joint && scan.tokens[joint.end];
  if (joint && other?.t === 'word' && other.used === undefined && !isKnownWord(other.word) && !linkAt(scan, joint.end)) {
    const both = beforeNoun(scan, joint.end, other);
    if (both && both.more.length === 0) return { ...both, value: token.raw, more: [String(both.value)] };
  }
  const next = linkAt(scan, at + 1);
  const isRows = pickTable(next)?.table === scan.base.name;
  // "zirconia jobs": no job is called so.
  const column = pickColumn(
    next,
    (c) => c.kind === 'text' && !c.isId && !c.schema.values?.length && !(isRows && c === scan.base.columns[0]),
  );
  // "which loan officers …": several of them, and what they do.
  if (column && /^(which|what)$/.test(rawWord(scan, at - 1)) && /[^s]s$/.test(rawWord(scan, at + 1))) return undefined;
  // "vaccine boxes": what kind of thing a row is about.
  const isKind = (c: ColumnRef): boolean => c.kind === 'text' && !c.isId && !c.schema.values?.length && c.words.some((w) => KINDS.test(w));
  const near = scan.base.columns.filter(isKind);
  // "sushi orders" of the cuisine of a restaurant
  const kinds = near.length > 0 ? near : columnsInReach(scan).filter((c) => isKind(c) && scan.lexicon.table(c.table)?.isTable);
  const [kind] = kinds;
  if (
    !column &&
    kind &&
    kinds.length === 1 &&
    (isRows || pickColumn(next, (c) => c.isId)) &&
    !/^(the|of|to|in|is|are)$/.test(rawWord(scan, at + 1))
  )
    return { ref: kind, value: token.raw, more: [], end: at + 1, score: 0.62 };
  return column && column.score > 0.8 ? { ref: column.ref, value: token.raw, more: [], end: at + 1, score: 0.7 } : undefined;
}

const rawWord = (scan: Scan, at: number): string => {
  const token = scan.tokens[at];
  return token && 'word' in token ? token.word : '';
};

/** What the verb before the place says of the column: `living in` of a home, `insured by` of an insurer. */
function hints(scan: Scan, ref: ColumnRef, at: number): boolean {
  let verb = at - 1;
  while (verb > 0 && /^[A-Z]/.test(scan.tokens[verb]?.raw ?? '')) verb--;
  const said = rawWord(scan, verb - 1);
  if (!/^(in|from|by|at|to|with)$/.test(rawWord(scan, verb))) return false;
  if (/^(living|lives|live|resident|residing|based|born|registered)$/.test(said))
    return ref.words.some((w) => /^(home|residence|address|birth|birthplace)$/.test(w));
  if (/^(left|exited|departed|leaving)$/.test(said) && ref.words.some((w) => /^(exit|departure|end|out)$/.test(w))) return true;
  if (/^(entered|entering)$/.test(said) && ref.words.some((w) => /^(entry|entrance|start|in)$/.test(w))) return true;
  return rawWord(scan, verb) === 'by' && said.length > 5 && ref.words.some((w) => w.length > 4 && w.slice(0, 5) === said.slice(0, 5));
}

function best(scan: Scan, text: string, lead: string, end: number, score: number): Guess | undefined {
  const more = listAfter(scan, end);
  const texts = [text, ...more.texts];
  const named = headNoun(scan, more.end);
  const own = scan.base.columns;
  const whose = relationBeside(scan, end, more.end);
  // "of Damen ferries" says whose ferries, and no place.
  const led = whose !== undefined && scan.links.has(more.end) ? '' : lead;
  // A column of the asked relation comes before one of its kind that has to be joined: ip_country before home_country.
  const isShadowed = (ref: ColumnRef): boolean =>
    ref.table !== scan.base.name && !hints(scan, ref, end - 1) && own.some((c) => c.kind === 'text' && c.words.at(-1) === ref.words.at(-1));
  const ranked = columnsInReach(scan)
    .filter((c) => c.kind === 'text' && !isShadowed(c))
    .map((ref) => ({
      ref,
      points:
        Math.min(...texts.map((t) => points(scan, ref, t, led))) +
        (hints(scan, ref, end - 1) ? 5 : 0) +
        (ref.table === whose && !isKeyOf(scan, ref) ? (ref.words.some((w) => MAKERS.test(w)) ? 5 : 4) : 0) +
        (ref.words.some((w) => w.length > 3 && text.toLowerCase().split(' ').slice(1).includes(w)) ? 5 : 0) +
        (ref === named ? (named.isId || pickTable(linkAt(scan, more.end)) ? 0.5 : 3) : 0),
    }))
    .filter((c) => c.points > 0)
    .toSorted((a, b) => b.points - a.points);
  const [first, second] = ranked;
  if (!first) return undefined;
  const isSure = !second || first.points - second.points >= 1;
  return { ref: first.ref, value: text, more: more.texts, end: more.end, score: isSure ? score : score - 0.12 };
}

const MAKERS = /^(brand|vendor|maker|make|manufacturer|supplier|owner|operator|company|breed)$/;
const isKeyOf = (scan: Scan, { table, name }: ColumnRef): boolean => scan.lexicon.table(table)?.schema.key?.[0] === name;

/** `Nokia cells`, `garages located in Altona`: the relation whose things a name is said of, right behind it or before its place. */
function relationBeside(scan: Scan, from: number, end: number): string | undefined {
  let at = from - 1;
  while (at > 0 && /^[A-Z]/.test(scan.tokens[at]?.raw ?? '')) at--;
  const isPlace = /^(in|at|near|on)$/.test(rawWord(scan, at));
  while (at > 0 && /^(in|at|near|on|located|based|situated|lying|that|which|are|is|the)$/.test(rawWord(scan, at))) at--;
  for (const link of scan.links.values()) {
    // "the Riverside works": things that are called by their names.
    const key = pickColumn(link, (c) => c.table === scan.base.name && c.kind === 'text')?.ref;
    const isBehind = link.start === end && !(key && !key.isId && key.words.some((w) => stem(w) === stem(rawWord(scan, end))));
    const table = isBehind || (isPlace && link.end === at + 1) ? relationOf(scan, link) : undefined;
    if (table !== undefined && scan.hops.get(table)?.length === 1) return table;
  }
  return undefined;
}

/** More proper names or codes behind an "or", "and" or comma. */
function listAfter(scan: Scan, from: number): { texts: string[]; end: number } {
  const texts: string[] = [];
  let end = from;
  for (let guard = 0; guard < 6; guard++) {
    const joint = matchAt(scan.tokens, end, ',? or|and|nor the?') ?? matchAt(scan.tokens, end, ',');
    const token = joint && scan.tokens[joint.end];
    if (!joint || !token || token.used !== undefined) break;
    const isName =
      // "DE, AT or CH"
      token.t === 'word' &&
      (/^[A-Z]{2}$/.test(token.raw) ||
        (!isKnownWord(token.word) && (/^[A-Z]/.test(token.raw) || (/\d/.test(token.raw) && /[A-Za-z]/.test(token.raw)))));
    if (token.t !== 'text' && !(isName && !linkAt(scan, joint.end))) break;
    let last = joint.end + 1;
    if (token.t === 'word') {
      while (scan.tokens[last]?.start === token.start) last++;
      while (/^[A-Z][a-z]/.test(token.raw) && /^[A-Z][a-z]/.test(scan.tokens[last]?.raw ?? '') && !linkAt(scan, last)) last++;
    }
    texts.push(token.t === 'text' ? token.value : scan.input.slice(token.start, scan.tokens[last - 1]?.end ?? token.end));
    end = last;
  }
  return { texts, end };
}

/** `Oslo office`, `Maersk line`: the column that is named right behind a value. */
const headNoun = (scan: Scan, at: number): ColumnRef | undefined => pickColumn(linkAt(scan, at), (c) => c.kind === 'text')?.ref;

function points(scan: Scan, ref: ColumnRef, text: string, lead: string): number {
  const values = ref.schema.values?.map(String);
  if (values && values.length > 0) return values.some((v) => v.toLowerCase() === text.toLowerCase()) ? 9 : 0;
  const last = ref.words.at(-1) ?? '';
  // A second stream is joined only for what is called by its name.
  const isFar = ref.table === scan.base.name ? 0 : scan.lexicon.table(ref.table)?.isTable ? -2 : -4;
  const isPath = text.startsWith('/');
  if (/^[\w-]+\.[a-z]{2,3}$/.test(text))
    return ref.words.some((w) => /^(host|domain|url|referrer|site|publisher|email|website|page)$/.test(w))
      ? 8 + (lead === 'from' && ref.words.some((w) => /^(referrer|referer|source|host|sender)$/.test(w)) ? 1 : 0) + isFar
      : 0;
  if (isPath) return /path|url|endpoint|page|route|uri|file/.test(ref.name) ? 8 + isFar : 0;
  const words = ref.words.map((w) => longForm(w) ?? w);
  if (PLATFORMS.test(text) && words.some((w) => /^(platform|os|system|browser|device|client|app)$/.test(w))) return 8 + isFar;
  if (ref.isId && !/\d/.test(text)) return 0;
  if (/^[a-z]{2,}-[a-z]+-\d$/.test(text) && words.some((w) => /^(region|zone|az|datacenter|cluster)$/.test(w))) return 9 + isFar;
  if (lead === 'from' && words.some((w) => /^(origin|departure|source|src|from|pickup|sender|in|start)$/.test(w))) return 9 + isFar;
  if (
    /^(from|to|into)$/.test(lead) &&
    words.some((w) => (lead === 'from' ? /^(last|previous|prior|home)$/ : /^next$/).test(w)) &&
    words.some((w) => PLACES.test(w))
  )
    return 9 + isFar;
  if (
    /^(to|into)$/.test(lead) &&
    words.some((w) => /^(destination|arrival|target|dst|dest|to|dropoff|receiver|recipient|payee|out|end|away)$/.test(w))
  )
    return 9 + isFar;
  if (words.some((w) => /^(country|nationality|citizenship)$/.test(w)) && COUNTRIES.test(text)) return 8 + isFar;
  // "heating tickets in Leeds" of the city of a building
  if (words.some((w) => /^(city|town)$/.test(w)) && CITIES.test(text)) return 8 + isFar;
  if (words.some((w) => /^(language|locale)$/.test(w)) && LANGUAGES.test(text)) return 8 + isFar;
  const isPerson = lead === 'of whom' || /^(?:Dr|Mrs?|Prof|[A-Z])\b\.? /.test(text);
  if (isPerson && words.some((w) => PERSON.test(w) && !NO_PERSON.test(w))) return 6 + isFar;
  if (lead === 'by' && words.some((w) => /[a-z]{3}(er|or|ian|ist|nurse)$/.test(w) && !/^(order|number|meter|sensor|user)$/.test(w)))
    return 6 + isFar;
  const has = (pattern: RegExp): boolean => words.some((w) => pattern.test(w));
  if (/message|msg|text|body|description|url|path|email|comment|note|query|agent|ip|trace/.test(ref.name) && !/^(code)$/.test(last))
    return 0.1 + isFar;
  const prefix = /^([A-Za-z]+)[-_]?\d/.exec(text)?.[1]?.toLowerCase();
  if (prefix !== undefined) {
    const core = ref.words.filter((w) => w !== 'id').join('');
    // "stops on U2"
    if (/^[A-Z]{1,2}\d{1,2}$/.test(text) && ref.words.includes('line')) return 5.5 + isFar;
    if (core.startsWith(prefix) || prefix.startsWith(core)) return 5 + (ref.isId ? 1 : 0) + isFar;
    return ref.isId ? 1.5 + isFar + (ref.schema.name === scan.base.schema.key?.[0] ? 1 : 0) : 0.5 + isFar;
  }
  const isUpper = /^[A-Z0-9./-]+$/.test(text);
  if (/\d/.test(text) && has(/^(country|currency|city|region|state)$/)) return 0.3;
  if (isUpper && has(CODE_COLUMNS))
    return (
      (has(/symbol|ticker|pair|coin/)
        ? 5
        : text.length === 2 && has(/country|region|state/)
          ? 6
          : text.length === 3 && has(/currency|airport/)
            ? 5.5
            : 4) + isFar
    );
  if (has(/^country$/) && !isUpper && !COUNTRIES.test(text)) return 1.2 + isFar;
  if (lead === 'in' && has(/^(subject|topic|course|category|genre|department|language|discipline|speciality|specialty)$/))
    return 4.5 + isFar;
  if (/^(in|from|at|within|near|to|into|of|outside)$/.test(lead) && has(PLACES)) return 5 + (/^(city|town)$/.test(last) ? 0.5 : 0) + isFar;
  if (has(PLACES) && !isUpper) return 2.5 + isFar;
  if (has(NAMES)) return (/^(by|for|from|on|with)$/.test(lead) ? 3.5 : 3) + isFar;
  return ref.isId ? 0.4 + isFar : 1 + isFar;
}
