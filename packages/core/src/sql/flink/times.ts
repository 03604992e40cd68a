/** Milliseconds since the epoch of a TIMESTAMP(3), before 1970 too. */
export const msOf = (time: string): string =>
  INSTANT.exec(time)?.[1] ?? `(EXTRACT(EPOCH FROM ${time}) * 1000 + EXTRACT(MILLISECOND FROM ${time}))`;

/** The TIMESTAMP(3) of milliseconds. The session's zone is UTC. */
export const instantOf = (ms: string): string => MILLIS.exec(ms)?.[2] ?? `CAST(TO_TIMESTAMP_LTZ(${ms}, 3) AS TIMESTAMP(3))`;

// Each undoes the other where one stands directly in the other; names and literals inside are quoted and come back as they were.
const INSTANT = /^CAST\(TO_TIMESTAMP_LTZ\(((?:`(?:[^`]|``)*`|[\w.])+), 3\) AS TIMESTAMP\(3\)\)$/;
const MILLIS = /^(\(EXTRACT\(EPOCH FROM )((?:`(?:[^`]|``)*`|[\w.])+)\) \* 1000 \+ EXTRACT\(MILLISECOND FROM \2\)\)$/;
