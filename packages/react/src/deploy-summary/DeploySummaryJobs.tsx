import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { type JobFigure, JobFigures, JobHead, JobName, JobReasons } from '../job-cells/job-cells.tsx';
import { definePart, type Part } from '../parts/define-part.ts';

const FIGURES: readonly JobFigure[] = ['rate', 'p99', 'errors'];

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
        <JobHead state="Status" figures={FIGURES} />
        <tbody>
          {deployment.jobs.map((job) => (
            <tr key={job.id} data-status={job.status} data-health={job.health}>
              <th scope="row">
                <JobName job={job} />
              </th>
              <td data-state={job.status}>
                {job.status}
                {job.error ? (
                  <span data-error="">{job.error.message}</span>
                ) : (
                  <JobReasons of={job.healthReasons} told={`it is ${job.status}`} />
                )}
              </td>
              <JobFigures job={job} figures={FIGURES} />
            </tr>
          ))}
        </tbody>
      </>
    ),
  }),
});
