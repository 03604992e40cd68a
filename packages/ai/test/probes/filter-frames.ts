import type { Field } from './filter-fields.ts';

/** What is said of rows, and the condition that it is. */
export interface Frame {
  readonly said: (field: Field) => string;
  readonly where: (field: Field) => string;
}

const above = ({ number: n }: Field): string => `${n.column} > ${n.amount}`;
const atMost = ({ number: n }: Field): string => `${n.column} <= ${n.amount}`;
const below = ({ number: n }: Field): string => `${n.column} < ${n.amount}`;
const among = ({ number: n }: Field): string => `${n.column} BETWEEN ${n.amount} AND ${2 * n.amount}`;
const isSo = ({ flag }: Field): string => `${flag.column} = TRUE`;
const isNot = ({ flag }: Field): string => `${flag.column} = FALSE`;
const isOf = ({ kind }: Field): string => `${kind.column} = '${kind.values[0]}'`;
const isOther = ({ kind }: Field): string => `${kind.column} != '${kind.values[0]}'`;
const isNamed = ({ name }: Field): string => `${name.column} = '${name.values[0]}'`;
const holds = ({ note }: Field): string => `${note.column} LIKE '%${note.word}%'`;
const has = ({ note }: Field): string => `${note.column} IS NOT NULL`;
const lacks = ({ note }: Field): string => `${note.column} IS NULL`;
const hour = ({ time }: Field): string => `EXTRACT('HOUR', ${time})`;
const day = ({ time }: Field): string => `EXTRACT('DOW', ${time})`;

/** Said in the plainest words there are. */
export const PLAIN: readonly Frame[] = [
  { said: (f) => `whose ${f.number.name} is above ${f.number.amount}`, where: above },
  { said: (f) => `with ${f.number.name} over ${f.number.amount}`, where: above },
  { said: (f) => `where the ${f.number.name} is under ${f.number.amount}`, where: below },
  { said: (f) => `with ${f.number.name} between ${f.number.amount} and ${2 * f.number.amount}`, where: among },
  { said: (f) => `that were ${f.flag.name}`, where: isSo },
  { said: (f) => `that were not ${f.flag.name}`, where: isNot },
  { said: (f) => `whose ${f.kind.name} is ${f.kind.values[0]}`, where: isOf },
  { said: (f) => `with ${f.name.name} ${f.name.values[0]}`, where: isNamed },
  { said: (f) => `without a ${f.note.name}`, where: lacks },
  { said: (f) => `with a ${f.note.name}`, where: has },
  { said: (f) => `whose ${f.note.name} contains ${f.note.word}`, where: holds },
];

/** The same conditions in other clothes. */
export const DRESSED: readonly Frame[] = [
  { said: (f) => `whose ${f.number.name} did not reach ${f.number.amount}`, where: below },
  { said: (f) => `where ${f.number.name} never went above ${f.number.amount}`, where: atMost },
  { said: (f) => `, but not if the ${f.number.name} is over ${f.number.amount}`, where: atMost },
  { said: (f) => `with ${f.number.name} within ${f.number.amount}-${2 * f.number.amount}`, where: among },
  { said: (f) => `whose ${f.number.name} amounts to more than ${f.number.amount}`, where: above },
  { said: (f) => `unless ${f.flag.name}`, where: isNot },
  { said: (f) => `that were marked as ${f.flag.name}`, where: isSo },
  { said: (f) => `with the ${f.flag.name} ones removed`, where: isNot },
  { said: (f) => `as long as they were not ${f.flag.name}`, where: isNot },
  { said: (f) => `whose ${f.kind.name} is anything but ${f.kind.values[0]}`, where: isOther },
  { said: (f) => `whose ${f.kind.name} differs from ${f.kind.values[0]}`, where: isOther },
  {
    said: (f) => `whose ${f.kind.name} is either ${f.kind.values[0]} or ${f.kind.values[1]}`,
    where: (f) => `${f.kind.column} IN ('${f.kind.values.join("', '")}')`,
  },
  { said: (f) => `, ${f.name.name}: ${f.name.values[0]}`, where: isNamed },
  {
    said: (f) => `whose ${f.name.name} is ${f.name.values[0]} or ${f.name.values[1]}`,
    where: (f) => `${f.name.column} IN ('${f.name.values.join("', '")}')`,
  },
  { said: (f) => `where the ${f.note.name} was left blank`, where: lacks },
  { said: (f) => `with nothing in the ${f.note.name}`, where: lacks },
  { said: (f) => `lacking a ${f.note.name}`, where: lacks },
  { said: (f) => `that had the ${f.note.name} filled in`, where: has },
  { said: (f) => `with the word ${f.note.word} in the ${f.note.name}`, where: holds },
  { said: (f) => `whose ${f.kind.name} is ${f.kind.values[0]} or that were ${f.flag.name}`, where: (f) => `${isOf(f)} OR ${isSo(f)}` },
  {
    said: (f) => `whose ${f.kind.name} is ${f.kind.values[0]}, or else that were ${f.flag.name}`,
    where: (f) => `${isOf(f)} OR ${isSo(f)}`,
  },
  { said: () => 'after 6 pm', where: (f) => `${hour(f)} >= 18` },
  { said: () => 'between 8 and 10 in the morning', where: (f) => `${hour(f)} >= 8 AND ${hour(f)} < 10` },
  { said: () => 'before noon', where: (f) => `${hour(f)} < 12` },
  { said: () => 'on weekends', where: (f) => `${day(f)} IN (0, 6)` },
  { said: () => 'on Mondays', where: (f) => `${day(f)} = 1` },
  { said: () => 'since 1 March 2024', where: (f) => `${f.time} >= TIMESTAMP '2024-03-01 00:00:00'` },
];

/** Ways to ask for rows. */
export const ASKED: readonly ((rows: string) => string)[] = [(rows) => rows, (rows) => `show me ${rows}`, (rows) => `I need ${rows} asap`];
