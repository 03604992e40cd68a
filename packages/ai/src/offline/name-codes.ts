import type { ColumnRef } from './column-facts.ts';
import { wordsTo } from './word-table.ts';

/** Short names that schemas hold for languages and countries. */
const LANGUAGES: Readonly<Record<string, string>> = wordsTo(
  'en english; de german; fr french; es spanish; it italian; pt portuguese; nl dutch; pl polish; ru russian; zh chinese mandarin; ja japanese; ko korean; ar arabic; tr turkish; sv swedish; no norwegian; da danish; fi finnish; el greek; hi hindi; cs czech; uk ukrainian; he hebrew; vi vietnamese; th thai; ro romanian; hu hungarian; bg bulgarian; hr croatian; sk slovak',
);
const COUNTRIES: Readonly<Record<string, string>> = wordsTo(
  'de germany german; fr france french; gb britain british england uk; es spain spanish; it italy italian; pt portugal portuguese; nl netherlands dutch holland; pl poland polish; ru russia russian; cn china chinese; jp japan japanese; kr korea korean; tr turkey turkish; se sweden swedish; no norway norwegian; dk denmark danish; fi finland finnish; gr greece greek; in india indian; cz czechia czech; ua ukraine ukrainian; at austria austrian; ch switzerland swiss; be belgium belgian; ie ireland irish; us usa america american; ca canada canadian; mx mexico mexican; br brazil brazilian; au australia australian',
);

const isOf = (ref: ColumnRef, pattern: RegExp): boolean => ref.words.some((w) => pattern.test(w));

/** `Japanese` of a language that is kept as `ja`; `undefined` where the column keeps no such short name. */
export function codeOf(ref: ColumnRef, text: string): string | undefined {
  const word = text.toLowerCase();
  const table = isOf(ref, /^(lang|language|locale)$/) ? LANGUAGES : isOf(ref, /^(country|ctry|nation|nationality)$/) ? COUNTRIES : {};
  const code = Object.hasOwn(table, word) ? table[word] : undefined;
  return code === undefined ? undefined : ref.schema.values?.map(String).find((v) => v.toLowerCase() === code);
}
