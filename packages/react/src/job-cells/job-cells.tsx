import type { Job, JobMetrics } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { compactText, durationText, rateText } from '../text/quantity-text.ts';

const FIGURES = {
  records: ['Records', ({ recordsProcessed }: JobMetrics) => compactText(recordsProcessed)],
  rate: ['Rate', ({ recordsPerSecond }: JobMetrics) => rateText(recordsPerSecond)],
  p99: ['p99', ({ latencyP99Ms }: JobMetrics) => (latencyP99Ms === undefined ? '–' : durationText(latencyP99Ms))],
  lag: ['Lag', ({ consumerLag }: JobMetrics) => (consumerLag === undefined ? '–' : compactText(consumerLag))],
  errors: ['Errors', ({ errors }: JobMetrics) => compactText(errors)],
  uptime: ['Uptime', ({ uptimeSeconds }: JobMetrics) => durationText(uptimeSeconds * 1_000)],
} as const;

/** A figure of a job, as tables show it. */
export type JobFigure = keyof typeof FIGURES;

/** Heads of a table of jobs: the job, how it is, and the figures. */
export const JobHead = ({ state, figures }: { readonly state: string; readonly figures: readonly JobFigure[] }): ReactNode => (
  <thead>
    <tr>
      <th scope="col">Job</th>
      <th scope="col">{state}</th>
      {figures.map((figure) => (
        <th key={figure} scope="col" data-numeric="">
          {FIGURES[figure][0]}
        </th>
      ))}
    </tr>
  </thead>
);

/** What a job is called: by its query, with the name that the target, metrics and logs know it by beneath. */
export const JobName = ({ job: { name, title } }: { readonly job: Pick<Job, 'name' | 'title'> }): ReactNode =>
  title === undefined || title === name ? (
    name
  ) : (
    <>
      {title} <small data-job-name="">{name}</small>
    </>
  );

/** The figures of a job, one cell each. */
export const JobFigures = ({ job, figures }: { readonly job: Job; readonly figures: readonly JobFigure[] }): ReactNode =>
  figures.map((figure) => {
    const [label, textOf] = FIGURES[figure];
    return (
      <td key={figure} data-numeric="" data-label={label}>
        {textOf(job.metrics)}
      </td>
    );
  });

/** Why a job is not well, a line each; without what stands beside them already. */
export const JobReasons = ({ of, told }: { readonly of: readonly string[]; readonly told?: string }): ReactNode =>
  of
    .filter((reason) => reason !== told)
    .map((reason) => (
      <span key={reason} data-reason="">
        {reason}
      </span>
    ));
