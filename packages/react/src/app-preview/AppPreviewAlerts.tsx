import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Alert rules of the application. */
export const AppPreviewAlerts: Part<'ul', ArtifactView<'app-preview'>> = definePart({
  name: 'AppPreview.Alerts',
  tag: 'ul',
  use: dataHookOf('app-preview', 'AppPreview'),
  own: ({ artifact: { data } }) =>
    data.app.alerts.length === 0
      ? null
      : {
          'aria-label': 'Alerts',
          children: data.app.alerts.map(({ name, condition, severity }) => (
            <li key={name} data-severity={severity}>
              {name} <code>{condition}</code>
            </li>
          )),
        },
});
