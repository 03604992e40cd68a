import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { webAddress } from '../text/web-address.ts';

/** The published dashboard in a frame without rights of its own page; absent until there is an address. */
export const GrafanaEmbedFrame: Part<'iframe', ArtifactView<'grafana-embed'>> = definePart({
  name: 'GrafanaEmbed.Frame',
  tag: 'iframe',
  use: dataHookOf('grafana-embed', 'GrafanaEmbed'),
  own: ({ artifact: { data, title } }) => {
    const src = webAddress(data.url ?? data.dashboard.url);
    return src === undefined
      ? null
      : { src, title, loading: 'lazy', referrerPolicy: 'no-referrer', sandbox: 'allow-scripts allow-same-origin allow-popups' };
  },
});
