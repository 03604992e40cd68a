import { definePart, type Part } from '../parts/define-part.ts';
import { countText } from '../text/quantity-text.ts';
import { TimeAgo } from '../text/TimeAgo.tsx';
import { type HealthState, useHealth } from './health-state.ts';

/** Alerts that are pending or firing; absent while there are none. */
export const HealthDashboardAlerts: Part<'ul', HealthState> = definePart({
  name: 'HealthDashboard.Alerts',
  tag: 'ul',
  use: useHealth,
  own: ({ alerts }) =>
    alerts.length === 0
      ? null
      : {
          'aria-label': 'Active alerts',
          children: alerts.map(({ deployment, alert }) => (
            <li
              key={`${deployment.id}:${alert.name}:${JSON.stringify(alert.labels)}`}
              data-severity={alert.severity}
              data-alert-state={alert.state}
            >
              <strong>{alert.name}</strong> <code>{alert.condition}</code>
              {alert.value !== undefined && <span data-value="">{`, now ${countText(alert.value)}`}</span>}
              <span data-since="">
                {', '}
                since <TimeAgo at={alert.since} />
              </span>
            </li>
          )),
        },
});
