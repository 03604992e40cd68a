import { provideWholeLanguage } from '../bind/whole-language.ts';
import { aliasesOf, blocksAround } from './blocks.ts';
import { type Completion, keyword, type Proposal } from './completion.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { type Place, placeAt } from './place.ts';
import {
  annotationProposals,
  columnProposal,
  durationProposals,
  followingKeywords,
  functionProposals,
  propertyProposals,
  propertyValues,
  relationProposals,
  SYSTEM_COLUMNS,
  scopeProposals,
  statementProposals,
  typeProposals,
  unitProposals,
  valueKeywords,
  windowProposals,
} from './proposals.ts';
import { type LanguageOptions, relationsAt, sourcesAt } from './scope.ts';

/**
 * What can be written at `offset` (UTF-16): keywords that fit the place, relations, columns of the relations in scope, functions, windows,
 * units, types, WITH keys and annotations. Works on text that does not parse; never throws. The proposals fit the word already typed.
 *
 * @example complete('SELECT pr FROM trades', 9, { catalog }) // [{ label: 'price', kind: 'column', replace: { start: 7, end: 9 }, … }]
 */
export function complete(sql: string, offset: number, options: LanguageOptions = {}): Completion[] {
  provideWholeLanguage();
  const cursor = cursorAt(sql, offset);
  if (cursor.comment) return completeComment(cursor, cursor.comment.span.start);
  const quote = cursor.word && /^['"]/.test(cursor.word.image);
  const place = placeAt(cursor);
  if (quote && !/^(property-key|property-value|relation)$/.test(place.kind)) return [];
  return placed(proposalsFor(place, cursor, options), cursor);
}

function completeComment(cursor: Cursor, start: number): Completion[] {
  const typed = /@[\w.-]*$/.exec(cursor.sql.slice(start, cursor.offset))?.[0];
  if (typed === undefined) return [];
  const replace = { start: cursor.offset - typed.length, end: cursor.offset };
  return annotationProposals()
    .filter((p) => p.label.startsWith(typed.toLowerCase()))
    .map((p) => ({ ...p, replace }));
}

function proposalsFor(place: Place, cursor: Cursor, options: LanguageOptions): readonly Proposal[] {
  switch (place.kind) {
    case 'statement':
      return statementProposals();
    case 'relation':
      return relationProposals(relationsAt(cursor, options));
    case 'member':
      return memberProposals(place.path, cursor, options);
    case 'operand':
      return operandProposals(place.clause, cursor, options);
    case 'after-operand':
      return followingKeywords(place.clause);
    case 'words':
      return place.words.map((word) => keyword(word, '1'));
    case 'window':
      return windowProposals();
    case 'window-argument':
      return [...durationProposals(), ...columnsInScope(cursor, options)];
    case 'unit':
      return unitProposals();
    case 'type':
      return typeProposals();
    case 'property-key':
      return propertyProposals(namesOf(cursor), !cursor.word || !/^['"]/.test(cursor.word.image));
    case 'property-value':
      return propertyValues(place.key, !cursor.word || !/^['"]/.test(cursor.word.image));
    default:
      return [];
  }
}

/** Names that keys of WITH may begin with: what the statement reads and makes. */
function namesOf(cursor: Cursor): string[] {
  const words = cursor.tokens.map((token) => token.image.toUpperCase());
  const after = cursor.tokens.filter((_, i) => /^(FROM|JOIN|INTO|STREAM|TABLE)$/.test(words[i - 1] ?? ''));
  return [...new Set(after.map((token) => token.value).filter((name) => /^[\p{L}_][\w.-]*$/u.test(name)))];
}

function memberProposals(path: readonly string[], cursor: Cursor, options: LanguageOptions): Proposal[] {
  const levels = sourcesAt(cursor, relationsAt(cursor, options));
  const source = levels.flat().find((s) => s.alias === path[0]);
  if (!source || path.length > 1) return [];
  return [...source.columns.map((column) => columnProposal(column)), { label: '*', kind: 'keyword', insertText: '*', sortText: '2*' }];
}

function columnsInScope(cursor: Cursor, options: LanguageOptions): Proposal[] {
  const levels = sourcesAt(cursor, relationsAt(cursor, options));
  return levels.flatMap((sources, depth) => scopeProposals(sources, depth > 0));
}

function operandProposals(clause: string, cursor: Cursor, options: LanguageOptions): Proposal[] {
  const [block] = blocksAround(cursor.tokens, cursor.index);
  const aliases = block && /^(SELECT|GROUP|HAVING|ORDER)$/.test(clause) ? aliasesOf(cursor.tokens, block, cursor.index) : [];
  const star: Proposal[] = clause === 'SELECT' ? [{ label: '*', kind: 'keyword', insertText: '*', sortText: '2*' }] : [];
  return [
    ...columnsInScope(cursor, options),
    ...aliases.map((name) => columnProposal({ name, type: 'alias' })),
    ...star,
    ...SYSTEM_COLUMNS.map((column) => ({ ...columnProposal(column), sortText: `4${column.name}` })),
    ...functionProposals(),
    ...valueKeywords(),
  ];
}

/** Proposals that fit the typed word, each once, in their order. */
function placed(proposals: readonly Proposal[], cursor: Cursor): Completion[] {
  const { word, replace } = cursor;
  const typed = word
    ? cursor.sql
        .slice(word.startOffset, cursor.offset)
        .replace(/^[`'"]/, '')
        .toLowerCase()
    : '';
  const inside =
    word && /^['"]/.test(word.image)
      ? { start: word.startOffset + 1, end: /^(["'])[\s\S]*\1$/.test(word.image) && word.image.length > 1 ? replace.end - 1 : replace.end }
      : replace;
  const seen = new Set<string>();
  const found: Completion[] = [];
  for (const proposal of proposals) {
    const key = `${proposal.kind}:${proposal.label}`;
    if (seen.has(key) || !fits(proposal.label.toLowerCase(), typed)) continue;
    seen.add(key);
    found.push({ ...proposal, replace: inside });
  }
  return found.sort((a, b) => compare(a.sortText ?? a.label, b.sortText ?? b.label));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** By its beginning, or by the beginning of one of its words: `time` finds `event_time`. */
const fits = (label: string, typed: string): boolean =>
  label.startsWith(typed) ||
  (typed.length >= 2 && (label.includes(`_${typed}`) || label.includes(`.${typed}`) || label.includes(` ${typed}`)));
