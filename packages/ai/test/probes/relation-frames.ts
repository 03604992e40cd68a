import type { RelationField } from './relation-fields.ts';

/** A question with gaps: `{row}`, `{rows}`, `{key}`, `{level}`, `{amount}`, `{who}`, `{part}`; and what it asks for. */
export interface RelationFrame {
  readonly said: string;
  readonly items: (field: RelationField) => readonly string[];
  readonly window?: string;
}

const over = (f: RelationField, rows: number): string =>
  `OVER (ROWS WINDOW BUFFER ${rows} ROWS PARTITION BY ${f.key.column} ORDER BY ${f.time})`;
const changed = (f: RelationField): readonly string[] => [`${f.level.column} - LAG(${f.level.column}, 1) ${over(f, 2)}`];
const before = (f: RelationField): readonly string[] => [f.level.column, `LAG(${f.level.column}, 1) ${over(f, 2)}`];
const twoBack = (f: RelationField): readonly string[] => [`${f.level.column} - LAG(${f.level.column}, 2) ${over(f, 3)}`];
const mean = (f: RelationField): readonly string[] => [`AVG(${f.level.column}) ${over(f, 8)}`];
const sum = (f: RelationField): readonly string[] => [`SUM(${f.amount.column}) ${over(f, 8)}`];
const most = (f: RelationField): readonly string[] => [`MAX(${f.level.column}) ${over(f, 8)}`];
const least = (f: RelationField): readonly string[] => [`MIN(${f.level.column}) ${over(f, 8)}`];
const last = (f: RelationField): readonly string[] => [`LAST_VALUE(${f.level.column})`];
const lastWho = (f: RelationField): readonly string[] => [`LAST_VALUE(${f.who.column})`];
const first = (f: RelationField): readonly string[] => [`FIRST_VALUE(${f.level.column})`];
const both = (f: RelationField): readonly string[] => [...first(f), ...last(f)];
const rows = (): readonly string[] => ['COUNT(*)'];
const total = (f: RelationField): readonly string[] => [`SUM(${f.amount.column})`];
const average = (f: RelationField): readonly string[] => [`AVG(${f.level.column})`];
const highest = (f: RelationField): readonly string[] => [`MAX(${f.level.column})`];

const frames = (items: RelationFrame['items'], list: readonly string[], window?: string): RelationFrame[] =>
  list.map((said) => ({ said, items, ...(window === undefined ? {} : { window }) }));

/** Said in the plainest words there are. */
export const PLAIN: readonly RelationFrame[] = [
  ...frames(changed, [
    'change of {level} from the previous {row} per {key}',
    'difference between {level} and the previous {level} for each {key}',
  ]),
  ...frames(mean, ['moving average of {level} over the last 8 {rows} per {key}', 'average {level} of the last 8 {rows} of each {key}']),
  ...frames(sum, ['total {amount} of the last 8 {rows} for each {key}']),
  ...frames(last, ['latest {level} per {key}', 'most recent {level} of each {key}']),
  ...frames(lastWho, ['last {who} of each {key}']),
  ...frames(first, ['first {level} of each {key}']),
  ...frames(rows, ['number of {rows} per {key} in sessions with a gap of 20 minutes'], 'SESSION(20m)'),
  ...frames(average, ['average {level} per {key} over the last 30 minutes, updated every 5 minutes'], 'SLIDING(30m, 5m)'),
];

/** The same things in other clothes. */
export const DRESSED: readonly RelationFrame[] = [
  ...frames(changed, [
    'by how much does each {key}’s {level} go up or down from {row} to {row}',
    'subtract the preceding {level} from the current one, {key} by {key}',
    'per {key}: {level} now less {level} one {row} ago',
    'the growth of {level} from {row} to {row}, split by {key}',
    'whenever there is a {row}: {level} minus that {key}’s {level} the time before',
  ]),
  ...frames(before, [
    '{level} next to the {level} one {row} earlier, per {key}',
    'put the previous {row}’s {level} beside the present {level}, per {key}',
  ]),
  ...frames(twoBack, ['difference between {level} and the {level} two {rows} ago per {key}']),
  ...frames(mean, [
    '8-{row} rolling mean of {level} by {key}',
    'for each {key}, at every {row}, the mean {level} of that {row} and the 7 before it',
    'if I look at the last 8 {rows} of a {key}, what is their average {level}?',
    '{level} smoothed across 8 {rows} per {key} please',
  ]),
  ...frames(sum, [
    'add up the {amount} of the 8 latest {rows}, by {key}',
    'what do the last 8 {rows} of each {key} add up to in {amount}?',
  ]),
  ...frames(most, ['peak {level} within 8 {rows}, rolling, for every {key}']),
  ...frames(least, ['for every {key} the minimum of its latest 8 {level} values']),
  ...frames(last, [
    'the {level} each {key} had last',
    'where does the {level} of each {key} stand right now',
    '{level} at the final {row} of each {key}',
  ]),
  ...frames(lastWho, ['which {who} did each {key} have most recently?', 'for each {key} tell me the {who} on its last {row}']),
  ...frames(first, ['what {level} did each {key} start with?']),
  ...frames(both, ['for every {key} the earliest and the latest {level}']),
  ...frames(
    rows,
    [
      'a new {part} of a {key} starts after 20 minutes of silence. {rows} in each {part}',
      'put {rows} of a {key} together as long as no more than 20 minutes pass between them; tell me the count for each {part}',
      'whenever a {key} is quiet for 20 minutes, its {part} is over. I need the number of {rows} in every {part}',
      'chop each {key}’s {rows} up wherever there’s a lull of 20 minutes or more, then count the {rows} in every piece',
    ],
    'SESSION(20m)',
  ),
  ...frames(
    total,
    [
      'with 20 minute gaps in between, how much {amount} in total per {part} and {key}',
      'for each {key}, lump together {rows} that are within 20 minutes of each other and sum up {amount}',
    ],
    'SESSION(20m)',
  ),
  ...frames(
    highest,
    ['highest {level} of each {part}: {rows} of a {key} that follow each other within 20 minutes form a {part}'],
    'SESSION(20m)',
  ),
  ...frames(
    rows,
    [
      'every 5 minutes tell me how many {rows} each {key} had in the 30 minutes before',
      'look back 30 minutes every 5 minutes and count {rows} per {key}',
      '{rows} per {key} within 30 minutes, recomputed each 5 minutes',
    ],
    'SLIDING(30m, 5m)',
  ),
  ...frames(
    average,
    [
      '{level} averaged over a 30 minute window that moves on by 5 minutes, per {key}',
      'rolling 30 minutes average {level}, step 5 minutes, by {key}',
    ],
    'SLIDING(30m, 5m)',
  ),
];
