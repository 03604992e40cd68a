/** A difference of final results that was looked at. There are 25 of them at most. */
export interface Exception {
  /** The statement's own report says it: this is the beginning of its sentence. Or cases of the corpus, by file and line. */
  readonly says?: string;
  readonly cases?: readonly string[];
  readonly reason: string;
}

/**
 * Where final results of the two engines may differ. What stands under `says` is told to whoever deploys the statement; what stands under
 * `cases` is a property of these inputs alone. Anything else that differs fails the suite.
 */
export const EXCEPTIONS: readonly Exception[] = [
  {
    says: 'Of no rows at all there is no result on Flink',
    reason: 'A stream that ends without a row never made Flink compute the one group that has no key.',
  },
  {
    says: 'Compared with ALL or ANY of no rows',
    reason: 'Flink plans quantified comparisons as a join with counts of the table, and an empty table gives it no row to join with.',
  },
  {
    says: 'Which rows a LIMIT without an order lets through',
    reason: 'Sources are read at the same time there; here one after the other, merged by event time.',
  },
  {
    says: 'It is the first or last value that is not NULL',
    reason: 'FIRST_VALUE and LAST_VALUE of Flink skip NULLs and go by arrival; ours go by event time within a window and count NULLs.',
  },
  {
    says: 'When the table changes later, Flink corrects earlier results',
    reason: 'A regular join of Flink is kept up to date; a look-up of ours is about the moment in which the row of the stream came.',
  },
  {
    says: 'When the table of a sub-query changes, Flink corrects',
    reason: 'The same for sub-queries.',
  },
  { says: 'Text of a FLOAT differs', reason: 'Java writes 3.0 and 1.0E7 where we write 3 and 10000000.' },
  { says: 'Text of a collection is written', reason: 'The text of an array or a map is no part of the dialect.' },
  { says: 'A value out of JSON is text', reason: 'JSON_VALUE gives text there, so 1.0 stays 1.0 and true is no BOOLEAN.' },
  { says: 'The order of the values is that of their arrival', reason: 'Several sources are read at the same time.' },
  { says: 'Patterns are read by the rules of Java', reason: 'The syntax of patterns is RE2 here.' },
  { says: 'The keys of a map come in no certain order', reason: 'A map of Flink is a hash map.' },
  { says: 'The values of a map come in no certain order', reason: 'A map of Flink is a hash map.' },
  { says: 'The fields of a JSON text may come in another order', reason: 'JSON_OBJECT sorts by nothing there.' },
  { says: 'Text is read as a time on Flink in the form', reason: 'CAST to TIMESTAMP takes fewer forms there.' },
  { says: 'The clock is that of the Flink cluster', reason: 'Time goes on between two runs.' },
  { says: 'Random numbers are other ones', reason: 'They are random.' },
  { says: 'It is exact on Flink', reason: 'Sketches of ours estimate above 1,000 values.' },
  {
    says: 'Rows with OVER come when the watermark',
    reason: 'Rows out of order are sorted there before the frame is computed; here a row sees what came before it.',
  },
  { says: 'A JSON null is no value to JSON_EXISTS', reason: 'JSON_EXISTS of SQL looks for a value, and null is none to it.' },
  {
    cases: ['functions/json-and-collections.slt:24', 'functions/json-and-collections.slt:27'],
    reason: 'The suite compares text, and the text of a MAP or STRUCT is written by the rules of each engine.',
  },
  {
    cases: ['joins/windowed.slt:62'],
    reason: 'A row of one source is late only if the other source has ended before, which on Flink depends on who is read first.',
  },
];
