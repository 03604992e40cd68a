// What there is of each kind of artifact, as one table: its parts, its themed drawing, its element, and a story for each state that it knows.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ArtifactKind } from '@velostream/core/protocol';
import { describe, expect, test } from 'vitest';
import { headlessRenderers } from '../artifact/headless-renderers.tsx';
import { ELEMENT_KINDS } from '../elements/define-elements.ts';
import * as exported from '../index.ts';
import { themedRenderers } from '../ui/themed-renderers.ts';
import { sampleArtifacts, typicalArtifacts } from './samples/sample-artifacts.ts';

/** What hosts can import. */
const kit = { ...exported };

const STATES = ['Typical', 'Live', 'Empty', 'Waiting', 'Failed', 'Masked', 'Huge', 'Dark', 'RightToLeft'] as const;
type State = (typeof STATES)[number];

interface Row {
  readonly compound: keyof typeof kit;
  /** Parts for what the kind must show and offer. */
  readonly parts: readonly string[];
  /** Stories beside those of the states. */
  readonly besides?: readonly string[];
  /** States that make no sense for the kind, and why. */
  readonly without: Readonly<Partial<Record<State, string>>>;
}

const MADE_ONCE = 'it is made once, and a new version takes its place';
const NO_VALUES = 'it shows no values of a source';

const TABLE: Readonly<Record<ArtifactKind, Row>> = {
  'sql-editor': {
    compound: 'SqlEditor',
    parts: ['Input', 'Run', 'Test', 'Deploy', 'Problems', 'Annotations', 'Explanation', 'Assumptions', 'Alternatives', 'Format', 'Reset'],
    besides: ['Faulty'],
    without: { Live: 'what runs is a result beside it', Masked: NO_VALUES },
  },
  'query-results': {
    compound: 'QueryResults',
    parts: ['Table', 'Status', 'Count', 'Pause', 'Resume', 'Freeze', 'Thaw', 'Cancel', 'Empty', 'Error'],
    besides: ['Bar', 'Gauge'],
    without: {},
  },
  'schema-viewer': {
    compound: 'SchemaViewer',
    parts: ['Fields', 'Changes', 'Warnings'],
    besides: ['Diff'],
    without: { Live: MADE_ONCE },
  },
  'test-results': {
    compound: 'TestResults',
    parts: [
      ...['Summary', 'Assertions', 'Diff', 'Performance', 'Analysis', 'Fixes', 'Queries', 'DataGeneration'],
      ...['RegenerateData', 'Ignore', 'ViewReport', 'AddAssertions'],
    ],
    besides: ['Broken', 'App'],
    without: { Live: MADE_ONCE, Masked: 'its rows are generated' },
  },
  'deploy-summary': {
    compound: 'DeploySummary',
    parts: ['Status', 'Steps', 'Jobs', 'Metrics', 'Alerts', 'DashboardLink'],
    without: { Masked: NO_VALUES },
  },
  topology: { compound: 'Topology', parts: ['List', 'Bottleneck'], without: { Masked: NO_VALUES } },
  'grafana-embed': {
    compound: 'GrafanaEmbed',
    parts: ['Frame', 'Panels', 'Queries', 'Link', 'ViewSql', 'Edit', 'Deploy', 'Refresh'],
    without: { Live: 'its panels live: they have stories of their own, with rows', Masked: 'its panels show aggregates' },
  },
  'topic-list': { compound: 'TopicList', parts: ['Filter', 'Table', 'Empty'], without: { Masked: NO_VALUES } },
  'data-preview': {
    compound: 'DataPreview',
    parts: ['Tables', 'Json', 'Empty'],
    besides: ['Compared'],
    without: { Live: MADE_ONCE },
  },
  'app-preview': {
    compound: 'AppPreview',
    parts: ['Queries', 'Metrics', 'Alerts', 'Flow', 'Problems', 'EditQueries', 'TestAll', 'DeployApp'],
    besides: ['Faulty', 'Template'],
    without: { Live: 'what runs of it is a deployment', Masked: NO_VALUES },
  },
  'template-browser': {
    compound: 'TemplateBrowser',
    parts: ['Search', 'Categories', 'Cards', 'Empty'],
    without: { Live: MADE_ONCE, Masked: NO_VALUES },
  },
};

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const storiesOf = (kind: ArtifactKind): readonly string[] =>
  [...read(`../${kind}/${TABLE[kind].compound}.stories.tsx`).matchAll(/^export const (\w+)/gm)].map(([, name = '']) => name);

const kinds = Object.keys(TABLE) as readonly ArtifactKind[];

describe.each(kinds)('%s', (kind) => {
  const { compound, parts, besides = [], without } = TABLE[kind];

  test('has headless parts for all that it must show and offer', () => {
    const there = kit[compound] as unknown as Readonly<Record<string, unknown>>;
    expect(Object.keys(there)).toEqual(expect.arrayContaining(['Root', ...parts]));
  });

  test('is drawn without a theme, in the theme, and as an element', () => {
    expect(headlessRenderers[kind]).toBeTypeOf('function');
    expect(themedRenderers[kind]).toBeTypeOf('function');
    expect(ELEMENT_KINDS).toContain(kind);
  });

  test('has a story for each state, or a reason why not', () => {
    const stories = storiesOf(kind);
    const wanted = STATES.filter((state) => !(state in without));
    expect(stories).toEqual(expect.arrayContaining([...wanted, ...besides, 'Compact', 'WithoutRenderers']));
    // A reason stands only for what is not there.
    expect(stories.filter((name) => name in without)).toEqual([]);
  });

  test('has a sample in the state that each story is named after', () => {
    const names = ['Waiting', 'Failed', 'Empty', 'Live']
      .filter((state) => storiesOf(kind).includes(state))
      .map((name) => name.toLowerCase());
    expect(names.map((name) => sampleArtifacts[`${kind}/${name}`]?.state)).toEqual(names);
  });

  test('its parts are held to the rules of parts, and it is tried by keyboard', () => {
    expect(read('../parts/conformance.test.tsx')).toContain(`['${compound}', ${compound}, `);
    expect(read('../../test/keyboard.test.ts')).toMatch(new RegExp(`^ {2}'?${kind}'?: async`, 'm'));
  });
});

test('the table is of every kind there is', () => {
  expect([...kinds].sort()).toEqual(Object.keys(typicalArtifacts).sort());
});
