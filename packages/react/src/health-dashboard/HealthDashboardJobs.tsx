import { definePart, type Part } from '../parts/define-part.ts';
import { compactText, durationText, rateText } from '../text/quantity-text.ts';
import { type HealthState, useHealth } from './health-state.ts';

/** Each job with rate, latency, lag, errors and why it is not well. */
export const HealthDashboardJobs: Part<'table', HealthState> = definePart({
  name: 'HealthDashboard.Jobs',
  tag: 'table',
  use: useHealth,
  own: ({ jobs }) =>
    jobs.length === 0
      ? null
      : {
          'aria-label': 'Jobs',
          children: (
            <>
              <thead>
                <tr>
                  <th scope="col">Job</th>
                  <th scope="col">Health</th>
                  <th scope="col" data-numeric="">
                    Rate
                  </th>
                  <th scope="col" data-numeric="">
                    p99
                  </th>
                  <th scope="col" data-numeric="">
                    Lag
                  </th>
                  <th scope="col" data-numeric="">
                    Errors
                  </th>
                  <th scope="col" data-numeric="">
                    Uptime
                  </th>
                </tr>
              </thead>
              <tbody>{jobs.map(jobRow)}</tbody>
            </>
          ),
        },
});

function jobRow({ deployment, job }: HealthState['jobs'][number]) {
  return (
    <tr key={`${deployment.id}:${job.id}`} data-health={job.health} data-status={job.status}>
      <th scope="row">{job.name}</th>
      <td data-state={job.health}>
        {job.health}
        {job.healthReasons.map((reason) => (
          <span key={reason} data-reason="">
            {reason}
          </span>
        ))}
      </td>
      <td data-numeric="" data-label="Rate">
        {rateText(job.metrics.recordsPerSecond)}
      </td>
      <td data-numeric="" data-label="p99">
        {job.metrics.latencyP99Ms === undefined ? '–' : durationText(job.metrics.latencyP99Ms)}
      </td>
      <td data-numeric="" data-label="Lag">
        {job.metrics.consumerLag === undefined ? '–' : compactText(job.metrics.consumerLag)}
      </td>
      <td data-numeric="" data-label="Errors">
        {compactText(job.metrics.errors)}
      </td>
      <td data-numeric="" data-label="Uptime">
        {durationText(job.metrics.uptimeSeconds * 1_000)}
      </td>
    </tr>
  );
}
