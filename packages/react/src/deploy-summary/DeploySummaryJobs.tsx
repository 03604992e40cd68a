import type { Job } from '@velostream/core/protocol/deploy';
import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { countText, durationText, rateText } from '../text/quantity-text.ts';

/** Why it is not well; that a job which is paused is paused stands before it. */
const reasonsOf = ({ status, healthReasons }: Job): readonly string[] => healthReasons.filter((reason) => reason !== `it is ${status}`);

/** Each job with its status, rate, latency and errors. */
export const DeploySummaryJobs: Part<'table', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.Jobs',
  tag: 'table',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) => ({
    'aria-label': 'Jobs',
    children: (
      <>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">Status</th>
            <th scope="col" data-numeric="">
              Rate
            </th>
            <th scope="col" data-numeric="">
              p99
            </th>
            <th scope="col" data-numeric="">
              Errors
            </th>
          </tr>
        </thead>
        <tbody>
          {deployment.jobs.map((job) => (
            <tr key={job.id} data-status={job.status} data-health={job.health}>
              <th scope="row">{job.name}</th>
              <td data-state={job.status}>
                {job.status}
                {job.error ? (
                  <span data-error="">{job.error.message}</span>
                ) : (
                  reasonsOf(job).map((reason) => (
                    <span key={reason} data-reason="">
                      {reason}
                    </span>
                  ))
                )}
              </td>
              <td data-numeric="" data-label="Rate">
                {rateText(job.metrics.recordsPerSecond)}
              </td>
              <td data-numeric="" data-label="p99">
                {job.metrics.latencyP99Ms === undefined ? '–' : durationText(job.metrics.latencyP99Ms)}
              </td>
              <td data-numeric="" data-label="Errors">
                {countText(job.metrics.errors)}
              </td>
            </tr>
          ))}
        </tbody>
      </>
    ),
  }),
});
