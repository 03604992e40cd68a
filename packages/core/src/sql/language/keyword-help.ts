/** One sentence for words of the dialect that a newcomer looks up. */
const HELP: Readonly<Record<string, string>> = {
  TUMBLING: '`TUMBLING(size)` or `TUMBLING(time, size)`: windows of one size, one after the other, aligned to the epoch.',
  SLIDING: '`SLIDING(size, advance)`: windows of one size, a new one every advance; a row belongs to all that cover its time.',
  SESSION: '`SESSION(gap)`: a window per group that ends when no row comes for the gap.',
  HOPPING: 'Another spelling of SLIDING.',
  EMIT: '`EMIT CHANGES`: every update as it happens. `EMIT FINAL`: one result per window when it closes.',
  CHANGES: '`EMIT CHANGES`: every update as it happens.',
  FINAL: '`EMIT FINAL`: one result per window when it closes.',
  WINDOW: 'Groups rows by time: TUMBLING, SLIDING or SESSION.',
  WITHIN: '`JOIN … ON … WITHIN 5m`: rows match when their times are at most that far apart.',
  GRACE: '`GRACE PERIOD 1m`: how late a row may still join.',
  INTO: '`INTO sink`: writes the result to a sink, by name or URI.',
  EXPIRE: '`EXPIRE AFTER INTERVAL … INACTIVITY`: forgets the buffer of a silent partition.',
  BUFFER: '`ROWS WINDOW BUFFER n ROWS`: how many rows of a partition OVER remembers.',
  PRIMARY: '`PRIMARY KEY` after an item marks it as the key of the output record.',
  INTERVAL: "`INTERVAL '5' MINUTE`: a length of time.",
  HAVING: 'Keeps groups for which the condition is true.',
};

export const keywordHelp = (word: string): string | undefined => (Object.hasOwn(HELP, word) ? HELP[word] : undefined);
