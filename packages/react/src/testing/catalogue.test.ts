import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ALWAYS = ['Typical', 'Waiting', 'Failed', 'Dark', 'RightToLeft', 'Compact'] as const;

/** States that a kind knows besides; a kind that shows no values hides none, and one that is made once does not live. */
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  'sql-editor/SqlEditor': ['Empty', 'Huge', 'Faulty'],
  'query-results/QueryResults': ['Live', 'Empty', 'Huge', 'Masked'],
  'schema-viewer/SchemaViewer': ['Empty', 'Huge', 'Masked', 'Diff'],
  'test-results/TestResults': ['Empty', 'Huge', 'Broken', 'App'],
  'deploy-summary/DeploySummary': ['Live', 'Empty', 'Huge'],
  'topology/Topology': ['Live', 'Empty', 'Huge'],
  'grafana-embed/GrafanaEmbed': ['Empty', 'Huge'],
  'topic-list/TopicList': ['Live', 'Empty', 'Huge'],
  'data-preview/DataPreview': ['Empty', 'Huge', 'Masked', 'Compared'],
  'app-preview/AppPreview': ['Empty', 'Huge', 'Faulty', 'Template'],
  'template-browser/TemplateBrowser': ['Empty', 'Huge'],
};

describe('the catalogue', () => {
  test.each(Object.entries(BESIDES))('%s has a story for each of its states', (path, besides) => {
    const text = readFileSync(fileURLToPath(new URL(`../${path}.stories.tsx`, import.meta.url)), 'utf8');
    const stories = [...text.matchAll(/^export const (\w+)/gm)].map(([, name]) => name);
    expect(stories).toEqual(expect.arrayContaining([...ALWAYS, ...besides]));
  });
});
