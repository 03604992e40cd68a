import type { Telemetry } from '../../engine/messages.ts';
import { bytesText, countText, durationText, timeText } from '../text.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
  readonly about: string;
  readonly isNotable?: boolean;
}

function factsOf({ metrics, newestTime }: Telemetry): Fact[] {
  const { watermark } = metrics;
  const lag = watermark === null || newestTime === null ? '' : ` · ${durationText(Math.max(0, newestTime - watermark))} behind`;
  return [
    { name: 'rows in', value: countText(metrics.rowsIn), about: 'Rows read from the sources' },
    { name: 'rows/s', value: countText(metrics.rowsPerSecond), about: 'Rows read in the last second' },
    { name: 'rows out', value: countText(metrics.rowsOut), about: 'Rows that the query emitted' },
    {
      name: 'watermark',
      value:
        watermark === null ? (metrics.status === 'done' ? 'end of input' : '–') : `${timeText(Math.floor(watermark / 1000) * 1000)}${lag}`,
      about: 'Up to here the input is taken as complete: windows that end before it are closed',
    },
    {
      name: 'late',
      value: countText(metrics.rowsLate),
      about: 'Rows that came after their window had closed',
      isNotable: metrics.rowsLate > 0,
    },
    { name: 'errors', value: countText(metrics.rowErrors), about: 'Rows that could not be processed', isNotable: metrics.rowErrors > 0 },
    { name: 'state', value: bytesText(metrics.stateBytes), about: 'Memory that the query holds' },
    { name: 'time', value: durationText(metrics.elapsedMs), about: 'How long the query has been running' },
  ];
}

/** What went through, how far it is, what was lost. Numbers only: nothing here is read out while it changes. */
export function TelemetryBar({ telemetry }: { readonly telemetry: Telemetry | null }) {
  if (!telemetry) return <footer className="telemetry" />;
  const errors = telemetry.metrics.lastErrors;
  return (
    <footer className="telemetry">
      <dl>
        {factsOf(telemetry).map(({ name, value, about, isNotable }) => (
          <div key={name} title={about} data-fact={name} data-notable={isNotable ? '' : undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {errors.length > 0 && <p className="last-error">{errors.at(-1)?.message}</p>}
    </footer>
  );
}
