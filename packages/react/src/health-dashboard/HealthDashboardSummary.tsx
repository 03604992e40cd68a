import { definePart, type Part } from '../parts/define-part.ts';
import { pluralText } from '../text/quantity-text.ts';
import { type HealthState, useHealth } from './health-state.ts';

/** One sentence about all of them. */
export const HealthDashboardSummary: Part<'p', HealthState> = definePart({
  name: 'HealthDashboard.Summary',
  tag: 'p',
  use: useHealth,
  own: ({ jobs, alerts, health }) => {
    const bad = jobs.filter(({ job }) => job.health === 'critical' || job.health === 'warning').length;
    const firing = alerts.filter(({ alert }) => alert.state === 'firing').length;
    const words =
      jobs.length === 0
        ? 'Nothing is deployed'
        : bad === 0
          ? `${pluralText(jobs.length, 'job')}, all well`
          : `${bad} of ${pluralText(jobs.length, 'job')} need a look`;
    return { 'data-health': health, children: firing > 0 ? `${words}, ${pluralText(firing, 'alert')} firing` : words };
  },
});
