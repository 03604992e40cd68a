import { GrafanaEmbedDeploy } from './GrafanaEmbedDeploy.tsx';
import { GrafanaEmbedEdit } from './GrafanaEmbedEdit.tsx';
import { GrafanaEmbedFrame } from './GrafanaEmbedFrame.tsx';
import { GrafanaEmbedLink } from './GrafanaEmbedLink.tsx';
import { GrafanaEmbedPanels } from './GrafanaEmbedPanels.tsx';
import { GrafanaEmbedQueries } from './GrafanaEmbedQueries.tsx';
import { GrafanaEmbedRefresh } from './GrafanaEmbedRefresh.tsx';
import { GrafanaEmbedRoot } from './GrafanaEmbedRoot.tsx';
import { GrafanaEmbedViewSql } from './GrafanaEmbedViewSql.tsx';

interface GrafanaEmbedParts {
  readonly Root: typeof GrafanaEmbedRoot;
  readonly Frame: typeof GrafanaEmbedFrame;
  readonly Panels: typeof GrafanaEmbedPanels;
  readonly Queries: typeof GrafanaEmbedQueries;
  readonly Link: typeof GrafanaEmbedLink;
  readonly ViewSql: typeof GrafanaEmbedViewSql;
  readonly Edit: typeof GrafanaEmbedEdit;
  readonly Deploy: typeof GrafanaEmbedDeploy;
  readonly Refresh: typeof GrafanaEmbedRefresh;
}

/**
 * A Grafana dashboard, embedded or previewed offline.
 *
 * @example
 * <GrafanaEmbed.Root artifact={artifact}><GrafanaEmbed.Frame /><GrafanaEmbed.Panels /></GrafanaEmbed.Root>
 */
export const GrafanaEmbed: GrafanaEmbedParts = {
  Root: GrafanaEmbedRoot,
  Frame: GrafanaEmbedFrame,
  Panels: GrafanaEmbedPanels,
  Queries: GrafanaEmbedQueries,
  Link: GrafanaEmbedLink,
  ViewSql: GrafanaEmbedViewSql,
  Edit: GrafanaEmbedEdit,
  Deploy: GrafanaEmbedDeploy,
  Refresh: GrafanaEmbedRefresh,
};
