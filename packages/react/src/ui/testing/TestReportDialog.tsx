import type { TestReport } from '@velostream/core/protocol/explore';
import type { ReactNode } from 'react';
import type { LiveRow } from '../../query/live-query.ts';
import { cellText } from '../../query-results/cell-text.ts';
import { percentText } from '../../text/quantity-text.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';

export interface TestReportDialogProps {
  readonly isOpen: boolean;
  readonly report: TestReport;
  readonly onClose: () => void;
}

/** The whole of a report: what was fed, what came out, which branches of the plan were reached, metrics and alerts. */
export function TestReportDialog({ isOpen, report, onClose }: TestReportDialogProps): ReactNode {
  return (
    <Dialog
      isOpen={isOpen}
      title={/^stmt_\d+$/.test(report.name) ? 'Report of the query' : `Report of ${report.name}`}
      onClose={onClose}
      size="large"
    >
      <pre className="velo-sql">{report.sql}</pre>
      {Object.entries(report.inputSamples).map(([name, rows]) => (
        <Rows key={name} caption={`Fed into ${name}`} rows={rows} />
      ))}
      <Rows caption={`Came out: ${report.output.rowCount} rows`} rows={report.output.rows.slice(0, ROWS_MAX)} />
      {report.coverage && (
        <section>
          <h3>{`${percentText(report.coverage.ratio)} of the plan was reached`}</h3>
          {report.coverage.missing.length > 0 && <p className="velo-muted">No row of the test data reached:</p>}
          <ul className="velo-list">
            {report.coverage.missing.map(({ point, text }) => (
              <li key={point}>{text}</li>
            ))}
          </ul>
        </section>
      )}
      {report.alerts && report.alerts.length > 0 && (
        <section>
          <h3>Alerts</h3>
          <ul className="velo-list">
            {report.alerts.map(({ name, condition, fired }) => (
              <li key={name}>
                {name} <code>{condition}</code> {`fired ${fired} times`}
              </li>
            ))}
          </ul>
        </section>
      )}
      {report.warnings?.map((text) => (
        <p key={text} className="velo-note" data-tone="warning">
          {text}
        </p>
      ))}
    </Dialog>
  );
}

const ROWS_MAX = 50;

function Rows({ caption, rows }: { readonly caption: string; readonly rows: readonly LiveRow[] }): ReactNode {
  const names = Object.keys(rows[0] ?? {});
  return (
    <ScrollRegion label={caption}>
      <table className="velo-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report never move
            <tr key={i}>
              {names.map((name) => (
                <td key={name}>{cellText(row[name], { name, type: '' })}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
