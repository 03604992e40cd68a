import { type JobFigure, JobFigures, JobHead, JobName, JobReasons } from '../job-cells/job-cells.tsx';
import { definePart, type Part } from '../parts/define-part.ts';
import { type HealthState, useHealth } from './health-state.ts';

const FIGURES: readonly JobFigure[] = ['rate', 'p99', 'lag', 'errors', 'uptime'];

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
              <JobHead state="Health" figures={FIGURES} />
              <tbody>{jobs.map(jobRow)}</tbody>
            </>
          ),
        },
});

const jobRow = ({ deployment, job }: HealthState['jobs'][number]) => (
  <tr key={`${deployment.id}:${job.id}`} data-health={job.health} data-status={job.status}>
    <th scope="row">
      <JobName job={job} />
    </th>
    <td data-state={job.health}>
      {job.health}
      <JobReasons of={job.healthReasons} />
    </td>
    <JobFigures job={job} figures={FIGURES} />
  </tr>
);
