import type { ArtifactActionName, ArtifactKind } from '@velostream/core/protocol';
import type { IconName } from './icon-paths.ts';

export const KIND_ICONS: Readonly<Record<ArtifactKind, IconName>> = {
  'sql-editor': 'code',
  'query-results': 'chart',
  'schema-viewer': 'schema',
  'test-results': 'test',
  'deploy-summary': 'rocket',
  topology: 'graph',
  'grafana-embed': 'dashboard',
  'topic-list': 'topics',
  'data-preview': 'rows',
  'app-preview': 'app',
  'template-browser': 'template',
};

export const ACTION_ICONS: Readonly<Partial<Record<ArtifactActionName, IconName>>> = {
  run: 'play',
  test: 'test',
  deploy: 'rocket',
  edit: 'edit',
  'regenerate-data': 'refresh',
  'view-report': 'rows',
  'add-assertions': 'plus',
  'test-all': 'test',
  'deploy-app': 'rocket',
  'view-sql': 'code',
  refresh: 'refresh',
  ignore: 'cross',
  export: 'download',
  'use-template': 'template',
};

/** Actions that stand in the body of a kind, beside what they speak of, and so not in the header of its card. */
export const BODY_ACTIONS: Readonly<Partial<Record<ArtifactKind, readonly ArtifactActionName[]>>> = {
  'sql-editor': ['run', 'test', 'deploy', 'edit'],
  'query-results': ['pause', 'resume', 'export'],
  'topic-list': ['inspect', 'peek'],
  'template-browser': ['use-template', 'inspect'],
  'test-results': ['apply-fix'],
  'grafana-embed': ['view-sql'],
  'app-preview': ['edit'],
};
