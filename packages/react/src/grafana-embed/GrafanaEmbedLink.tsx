import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { webAddress } from '../text/web-address.ts';

/** Opens the dashboard where it is published. */
export const GrafanaEmbedLink: Part<'a', ArtifactView<'grafana-embed'>> = definePart({
  name: 'GrafanaEmbed.Link',
  tag: 'a',
  use: dataHookOf('grafana-embed', 'GrafanaEmbed'),
  own: ({ artifact: { data } }) => {
    const href = webAddress(data.url ?? data.dashboard.url);
    return href === undefined ? null : { href, target: '_blank', rel: 'noreferrer', children: 'Open in Grafana' };
  },
});
