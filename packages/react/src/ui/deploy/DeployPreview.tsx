import type { DeployPlan } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { JobName } from '../../job-cells/job-cells.tsx';
import { bytesText, compactText, pluralText, rateText } from '../../text/quantity-text.ts';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';

const ACTIONS = { create: 'starts', replace: 'replaces the running one', keep: 'stays as it is', remove: 'is taken away' } as const;
const STATES = { none: 'no state', kept: 'state is kept', rebuilt: 'state is built anew', incompatible: 'state cannot be kept' } as const;

/** What a deployment would do, before anybody says yes. */
export function DeployPreview({ plan }: { readonly plan: DeployPlan }): ReactNode {
  return (
    <div className="velo-stack">
      <p className="velo-lead">
        {[
          `${pluralText(plan.jobs.length, 'job')} on ${plan.target}`,
          `${pluralText(plan.metrics.length, 'metric')} to Prometheus`,
          `${pluralText(plan.alerts.length, 'alert')} to Alertmanager`,
          plan.dashboard ? `a dashboard of ${pluralText(plan.dashboard.panels.length, 'panel')}` : 'no dashboard',
        ].join(', ')}
      </p>
      {plan.blockers.length > 0 && (
        <ul className="velo-note" data-tone="negative" aria-label="What stands in the way">
          {plan.blockers.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {plan.warnings.length > 0 && (
        <ul className="velo-note" data-tone="warning" aria-label="Warnings">
          {plan.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      <ScrollRegion label="Jobs of the plan">
        <table className="velo-table velo-lines">
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">What happens</th>
              <th scope="col">State</th>
              <th scope="col">Guarantee</th>
              <th scope="col" data-numeric="">
                Expected
              </th>
            </tr>
          </thead>
          <tbody>
            {plan.jobs.map((job) => (
              <tr key={job.name} data-action={job.action}>
                <th scope="row">
                  <JobName job={job} />
                </th>
                <td data-state="">
                  {ACTIONS[job.action]}
                  {job.reason !== undefined && <span data-reason="">{job.reason}</span>}
                </td>
                <td data-label="State">
                  {STATES[job.state]}
                  {job.stateBytesEstimate !== undefined && <span data-reason="">{`about ${bytesText(job.stateBytesEstimate)}`}</span>}
                </td>
                <td data-label="Guarantee">{job.guarantee}</td>
                <td data-numeric="" data-label="Expected">
                  {job.outputPerSecondEstimate === undefined ? '–' : rateText(job.outputPerSecondEstimate)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {plan.metrics.length > 0 && (
        <div className="velo-columns">
          <section>
            <h3>Metrics</h3>
            <ul className="velo-list" aria-label="Metrics">
              {plan.metrics.map(({ name, type, prometheusName, seriesEstimate }) => (
                <li key={prometheusName}>
                  {name}{' '}
                  <span data-metric-type="">
                    {type}
                    {seriesEstimate !== undefined && `, about ${compactText(seriesEstimate)} series`}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </div>
  );
}
