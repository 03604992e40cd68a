// Every part of every compound: forwards props, takes a ref, a class and a style, and can be another element.

import { cleanup, render } from '@testing-library/react';
import type { Artifact as AnyArtifact } from '@velostream/core/protocol';
import { type ComponentType, createElement, createRef, type ReactNode, StrictMode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppPreview } from '../app-preview/app-preview.ts';
import { Artifact } from '../artifact/Artifact.tsx';
import { ArtifactRegistry } from '../artifact/ArtifactRegistry.tsx';
import { ArtifactFrame } from '../artifact-frame/artifact-frame.ts';
import { DataPreview } from '../data-preview/data-preview.ts';
import { DeploySummary } from '../deploy-summary/deploy-summary.ts';
import { GrafanaEmbed } from '../grafana-embed/grafana-embed.ts';
import { HealthDashboard } from '../health-dashboard/health-dashboard.ts';
import { WAITING } from '../query/query-snapshot.ts';
import { QueryResults } from '../query-results/query-results.ts';
import { SchemaViewer } from '../schema-viewer/schema-viewer.ts';
import { SqlEditor } from '../sql-editor/sql-editor.ts';
import { TemplateBrowser } from '../template-browser/template-browser.ts';
import { TemplateDetail } from '../template-detail/template-detail.ts';
import { TestResults } from '../test-results/test-results.ts';
import { sampleDeployment } from '../testing/samples/sample-apps.ts';
import { sampleArtifacts } from '../testing/samples/sample-artifacts.ts';
import { TopicList } from '../topic-list/topic-list.ts';
import { Topology } from '../topology/topology.ts';

type AnyPart = ComponentType<Record<string, unknown>>;
type Compound = { readonly Root: unknown };
/** Ways to give a part its data; a part that shows nothing for one sample shows something for another. */
type Around = (part: ReactNode) => ReactNode;

const withSamples =
  (kind: string): ((Root: AnyPart) => readonly Around[]) =>
  (Root) =>
    Object.entries(sampleArtifacts)
      .filter(([name]) => name.startsWith(`${kind}/`) && !name.endsWith('/huge'))
      .map(
        ([, artifact]) =>
          (part: ReactNode) =>
            createElement(Root, { artifact: withActions(artifact), onAction: () => {} }, part),
      );

/** Every action offered, so that every button is there. */
function withActions(artifact: AnyArtifact): AnyArtifact {
  const names = ['run', 'test', 'deploy', 'edit', 'refresh', 'view-sql', 'ignore', 'view-report', 'add-assertions'] as const;
  const more = ['regenerate-data', 'test-all', 'deploy-app', 'use-template', 'inspect', 'peek'] as const;
  const published = { url: 'https://grafana.example/d/x', dashboardUrl: 'https://grafana.example/d/x' };
  const data = { ...artifact.data, ...(artifact.kind === 'grafana-embed' && published) };
  const deployment = artifact.kind === 'deploy-summary' ? { deployment: { ...artifact.data.deployment, ...published } } : {};
  // The union is widened by the spread; only fields of the same kind were added.
  return {
    ...artifact,
    data: { ...data, ...deployment },
    actions: [...names, ...more].map((name) => ({ name, label: name })),
  } as AnyArtifact;
}

const snapshots = [
  { ...WAITING },
  { ...WAITING, status: 'failed' as const, error: new Error('no') },
  {
    ...WAITING,
    status: 'live' as const,
    columns: [{ name: 'a', type: 'STRING' }],
    rows: [{ a: 1 }],
    pause() {},
    cancel() {},
    freeze() {},
  },
  { ...WAITING, status: 'paused' as const, resume() {}, thaw() {} },
];

const framed: readonly Around[] = [sampleArtifacts['sql-editor/failed'], sampleArtifacts['sql-editor/typical']].flatMap((artifact) =>
  artifact
    ? [
        (part: ReactNode) => (
          <ArtifactRegistry renderers={{ 'sql-editor': () => part }}>
            <Artifact artifact={artifact} versions={[artifact, { ...artifact, version: 2 }]} />
          </ArtifactRegistry>
        ),
      ]
    : [],
);

const COMPOUNDS: readonly (readonly [string, Compound, (Root: AnyPart) => readonly Around[]])[] = [
  ['SqlEditor', SqlEditor, withSamples('sql-editor')],
  ['SchemaViewer', SchemaViewer, withSamples('schema-viewer')],
  ['TestResults', TestResults, withSamples('test-results')],
  ['DeploySummary', DeploySummary, withSamples('deploy-summary')],
  ['Topology', Topology, withSamples('topology')],
  ['GrafanaEmbed', GrafanaEmbed, withSamples('grafana-embed')],
  ['TopicList', TopicList, withSamples('topic-list')],
  ['DataPreview', DataPreview, withSamples('data-preview')],
  ['AppPreview', AppPreview, withSamples('app-preview')],
  ['TemplateDetail', TemplateDetail, withSamples('app-preview')],
  ['TemplateBrowser', TemplateBrowser, withSamples('template-browser')],
  ['QueryResults', QueryResults, (Root) => snapshots.map((snapshot) => (part: ReactNode) => createElement(Root, { snapshot }, part))],
  ['HealthDashboard', HealthDashboard, (Root) => [(part: ReactNode) => createElement(Root, { deployments: [sampleDeployment] }, part)]],
  ['ArtifactFrame', ArtifactFrame, () => framed],
];

/** Parts that need a moment of their own are tested where that moment is made. */
const ELSEWHERE = new Set(['ArtifactFrame.Failure', 'SqlEditor.Reset', 'SqlEditor.Format', 'TopicList.Empty', 'TemplateBrowser.Empty']);
/** A filled `search` makes these two appear. */
const EMPTY_SAMPLES: Readonly<Record<string, string>> = {
  'TopicList.Empty': 'topic-list/empty',
  'TemplateBrowser.Empty': 'template-browser/empty',
};

beforeEach(() => void vi.spyOn(console, 'error'));
afterEach(() => {
  cleanup();
  expect(console.error).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const cases = COMPOUNDS.flatMap(([compound, parts, arounds]) =>
  Object.entries(parts).map(([name, part]) => ({
    name: `${compound}.${name}`,
    isRoot: name === 'Root' && compound !== 'ArtifactFrame',
    Part: part as AnyPart,
    arounds: arounds(parts.Root as AnyPart),
    sample: compound,
  })),
);

function rootProps(name: string): Record<string, unknown> {
  if (name.startsWith('QueryResults')) return { snapshot: snapshots[2] };
  if (name.startsWith('HealthDashboard')) return { deployments: [sampleDeployment] };
  const kind = name
    .split('.')[0]
    ?.replace('TemplateDetail', 'AppPreview')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
  return { artifact: sampleArtifacts[`${kind}/typical`] };
}

/** Draws a part in the first place where it shows something. */
function draw(item: (typeof cases)[number], props: Record<string, unknown>): HTMLElement {
  if (item.isRoot) {
    render(<StrictMode>{createElement(item.Part, { ...rootProps(item.name), ...props })}</StrictMode>);
    return document.querySelector('[data-testid="part"]') as HTMLElement;
  }
  for (const around of item.arounds) {
    render(<StrictMode>{around(createElement(item.Part, props))}</StrictMode>);
    const found = document.querySelector('[data-testid="part"]');
    if (found) return found as HTMLElement;
    cleanup();
  }
  throw new Error(`${item.name} shows nothing for any sample`);
}

describe.each(cases.filter(({ name }) => !ELSEWHERE.has(name) || name in EMPTY_SAMPLES))('$name', (item) => {
  test('forwards props, class and style, and takes a ref', () => {
    const ref = createRef<HTMLElement>();
    const element = draw(item, { 'data-testid': 'part', className: 'mine', style: { margin: 3 }, title: 'given', ref });
    expect(ref.current).toBe(element);
    expect(element.className).toBe('mine');
    expect(element.style.margin).toBe('3px');
    expect(element.title).toBe('given');
  });

  test('can be another element', () => {
    const ref = createRef<HTMLElement>();
    const render = ({ children: _, ...props }: Record<string, unknown>) => createElement('article', props);
    const element = draw(item, { 'data-testid': 'part', ref, render });
    expect(element.tagName).toBe('ARTICLE');
    expect(ref.current).toBe(element);
  });
});
