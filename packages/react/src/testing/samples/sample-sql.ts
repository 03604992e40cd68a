import type { Artifact } from '@velostream/core/protocol';
import { actions, artifactOf } from './envelope.ts';

export const SAMPLE_SQL = `-- @metric: trade_volume
-- @metric_type: counter
-- @metric_labels: symbol
-- @alert: volume > 1000000
SELECT symbol, SUM(quantity) AS volume, AVG(price) AS avg_price, window_end
FROM trades
GROUP BY symbol
WINDOW TUMBLING(event_time, INTERVAL '5' MINUTE)
EMIT CHANGES;
`;

const RUN = actions(['run', 'Run', true], ['test', 'Test'], ['deploy', 'Deploy']);

export const sqlEditor = artifactOf('sql-editor', {
  title: 'Volume by symbol, five minutes',
  actions: RUN,
  data: {
    sql: SAMPLE_SQL,
    diagnostics: [],
    explanation: 'Adds up quantity per symbol in windows of five minutes, with the mean price of each window.',
    assumptions: ['a window of five minutes', 'event_time is the time of the trade'],
    alternatives: [
      { label: 'per minute', sql: SAMPLE_SQL.replace("'5' MINUTE", "'1' MINUTE") },
      { label: 'only large trades', sql: SAMPLE_SQL.replace('FROM trades\n', 'FROM trades\nWHERE quantity > 1000\n') },
    ],
    metrics: ['trade_volume'],
    alerts: ['volume > 1000000'],
  },
});

const FAULTY = SAMPLE_SQL.replace('AVG(price)', 'AVG(pirce)');
const at = FAULTY.indexOf('pirce');

export const sqlEditorFaulty: Artifact = artifactOf('sql-editor', {
  title: 'Volume by symbol, with a slip',
  actions: RUN,
  data: {
    ...sqlEditor.data,
    sql: FAULTY,
    assumptions: [],
    alternatives: [],
    diagnostics: [
      {
        code: 'VS2004',
        severity: 'error',
        message: 'column "pirce" does not exist in "trades"',
        hint: 'Did you mean "price"?',
        start: at,
        end: at + 5,
        line: 5,
        column: 46,
        statement: 0,
        reason: 'unknown-column',
      },
      {
        code: 'VS2301',
        severity: 'warning',
        message: 'money as FLOAT loses cents',
        hint: 'Declare "price" as DECIMAL(18,4).',
        start: at,
        end: at + 5,
        line: 5,
        column: 46,
        statement: 0,
        reason: 'float-money',
      },
    ],
  },
});

export const sqlEditorHuge: Artifact = artifactOf('sql-editor', {
  title: 'Two hundred columns of one wide stream with a name that does not fit on one line of a narrow card',
  actions: RUN,
  data: {
    sql: `SELECT\n${Array.from({ length: 200 }, (_, i) => `  reading_${i} * 1.0 AS scaled_reading_${i}`).join(',\n')}\nFROM sensors\nWHERE reading_0 > 0;\n`,
    diagnostics: [],
    metrics: [],
    alerts: [],
  },
});
