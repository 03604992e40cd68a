import { type ReactNode, useState } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { GrafanaEmbed } from '../../grafana-embed/grafana-embed.ts';
import { webAddress } from '../../text/web-address.ts';
import { Button } from '../controls/Button.tsx';
import { LiveDashboard } from '../dashboard/LiveDashboard.tsx';

/** The published dashboard in a frame; before that, its panels as they will stand. */
export function GrafanaEmbedArtifact(): ReactNode {
  const { artifact } = useArtifact<'grafana-embed'>();
  const [isSqlShown, setIsSqlShown] = useState(false);
  const { dashboard, url, sql = [] } = artifact.data;
  const isPublished = webAddress(url ?? dashboard.url) !== undefined;
  return (
    <GrafanaEmbed.Root className="velo-grafana">
      <div className="velo-toolbar">
        <span className="velo-muted">{`Refreshes every ${dashboard.refresh.replace(/(?<=\d)(?=[a-z])/, '\u202f')}`}</span>
        <span className="velo-spacer" />
        {sql.length > 0 && (
          <Button look="quiet" icon="code" aria-expanded={isSqlShown} onClick={() => setIsSqlShown(!isSqlShown)}>
            View SQL
          </Button>
        )}
        <GrafanaEmbed.Link className="velo-button" />
      </div>
      {isSqlShown && <GrafanaEmbed.Queries className="velo-stack" />}
      {isPublished ? <GrafanaEmbed.Frame className="velo-frame" /> : <LiveDashboard dashboard={dashboard} sql={sql} />}
    </GrafanaEmbed.Root>
  );
}
