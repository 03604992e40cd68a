import { QueryResults, useQuery } from '@velostream/react';
import { useSyncExternalStore } from 'react';
import type { DataRow, Failure } from '../../engine/messages.ts';
import { LiveChart } from '../chart/LiveChart.tsx';
import type { RemoteQuery } from '../remote-query.ts';
import { countText } from '../text.ts';
import type { Run } from '../use-runner.ts';
import { FailureCard } from './FailureCard.tsx';
import { formatCell } from './format-cell.ts';
import { RunState, type RunStatus } from './RunState.tsx';
import { Silence } from './Silence.tsx';
import { TelemetryBar } from './TelemetryBar.tsx';

const ROWS_MAX = 1_000;
const TABLE_ROWS_MAX = 200;
/** Eight times a second is live for the eye, and leaves the machine alone. */
const REDRAW_MS = 125;

const redrawLater = (flush: () => void): (() => void) => {
  const timer = setTimeout(flush, REDRAW_MS);
  return () => clearTimeout(timer);
};

/** A row that comes again replaces the one with the same key, as in an EMIT CHANGES query. */
function keyReader(keys: readonly string[]): ((row: DataRow) => string) | undefined {
  if (keys.length === 0) return undefined;
  return (row) => keys.map((key) => `${typeof row[key]}:${String(row[key])}`).join('\u0000');
}

/** Everything about one run: state, chart, table, what was measured. */
export function Results({ run, title, onSelect }: { readonly run: Run; readonly title: string; readonly onSelect: FailureSelect }) {
  if (run.kind === 'started') return <LiveResults key={run.sql} query={run.query} sql={run.sql} title={title} onSelect={onSelect} />;
  const status: RunStatus = run.kind === 'refused' ? 'refused' : 'starting';
  return (
    <section className="results" aria-label="Results">
      <ResultsHeader title={title} status={status} />
      <div className="results-body">
        {run.kind === 'refused' ? (
          <FailureCard sql={run.sql} failure={run.failure} onSelect={onSelect} />
        ) : (
          <p className="empty">Planning the query</p>
        )}
      </div>
    </section>
  );
}

type FailureSelect = (place: { readonly start: number; readonly end: number }) => void;

interface LiveResultsProps {
  readonly query: RemoteQuery;
  readonly sql: string;
  readonly title: string;
  readonly onSelect: FailureSelect;
}

function LiveResults({ query, sql, title, onSelect }: LiveResultsProps) {
  const keyOf = keyReader(query.schema.key ?? []);
  const snapshot = useQuery(query, { rowsMax: ROWS_MAX, frame: redrawLater, ...(keyOf && { keyOf }) });
  const telemetry = useSyncExternalStore(query.telemetry.subscribe, query.telemetry.current);
  const { columns } = query.schema;
  // New rows come first, but rows with a key keep their place.
  const rows = keyOf ? snapshot.rows.slice(0, TABLE_ROWS_MAX) : snapshot.rows.slice(-TABLE_ROWS_MAX).reverse();
  const status: RunStatus = snapshot.status === 'done' && telemetry?.metrics.status === 'cancelled' ? 'stopped' : snapshot.status;
  return (
    <QueryResults.Root className="results" aria-label="Results" snapshot={{ ...snapshot, columns, rows }}>
      <ResultsHeader title={title} status={status} snapshot={snapshot} />
      <div className="results-body">
        {snapshot.error && <FailureCard sql={sql} failure={failureOf(snapshot.error)} onSelect={onSelect} />}
        <LiveChart columns={columns} rows={snapshot.rows} note={noteOf(snapshot.rowsDropped)} />
        <QueryResults.Empty render={() => <Silence status={status} telemetry={telemetry} />} />
        {rows.length > 0 && (
          <div className="table-scroll">
            <QueryResults.Table className="grid" formatCell={formatCell}>
              <caption>{tableCaption(rows.length, snapshot.rowsSeen, keyOf !== undefined)}</caption>
            </QueryResults.Table>
          </div>
        )}
      </div>
      <TelemetryBar telemetry={telemetry} />
    </QueryResults.Root>
  );
}

const failureOf = (error: Error): Failure =>
  'failure' in error ? (error.failure as Failure) : { message: error.message, diagnostics: [] };

const noteOf = (dropped: number): string | undefined => (dropped === 0 ? undefined : `the newest ${countText(ROWS_MAX)} rows`);

function tableCaption(shown: number, seen: number, hasKey: boolean): string {
  if (hasKey) return `${shown} rows, each the latest of its key`;
  return seen > shown ? `The newest ${shown} rows` : `${shown} rows`;
}

interface HeaderProps {
  readonly title: string;
  readonly status: RunStatus;
  readonly snapshot?: { readonly pause: (() => void) | null; readonly resume: (() => void) | null; readonly cancel: (() => void) | null };
}

function ResultsHeader({ title, status, snapshot }: HeaderProps) {
  return (
    <header className="results-header">
      <h2>{title}</h2>
      <RunState status={status} />
      <span className="actions">
        {snapshot?.pause && (
          <button type="button" onClick={snapshot.pause}>
            Pause
          </button>
        )}
        {snapshot?.resume && (
          <button type="button" onClick={snapshot.resume}>
            Resume
          </button>
        )}
        <button type="button" disabled={!snapshot?.cancel} onClick={snapshot?.cancel ?? undefined}>
          Stop
        </button>
      </span>
    </header>
  );
}
