import type { Artifact, ArtifactKind } from '@velostream/core/protocol';
import type { StageTab } from './use-stage.ts';

/** What an artifact is beside others of its name. It stands before the name: a tab that is cut short still tells it. */
const KIND_WORDS: Readonly<Partial<Record<ArtifactKind, string>>> = {
  'sql-editor': 'SQL',
  'query-results': 'Results',
  'schema-viewer': 'Schema',
  'data-preview': 'Records',
  'deploy-summary': 'Deployment',
  'test-results': 'Test',
  'app-preview': 'Application',
  'grafana-embed': 'Dashboard',
  topology: 'Data flow',
};

const wordOf = (artifact: Artifact): string | undefined =>
  artifact.kind === 'app-preview' && artifact.data.readOnly ? 'Template' : KIND_WORDS[artifact.kind];

const counted = (titles: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1);
  return counts;
};

/** Tabs whose titles are all different: where two are alike, by what they are, and then by number. */
export function distinct(tabs: readonly StageTab[]): readonly StageTab[] {
  const shared = counted(tabs.map(({ title }) => title));
  const worded = tabs.map((tab) => {
    const word = (shared.get(tab.title) ?? 0) > 1 && tab.artifact ? wordOf(tab.artifact) : undefined;
    return word === undefined || tab.title.startsWith(`${word} of `) ? tab : { ...tab, title: `${word}: ${tab.title}` };
  });
  const still = counted(worded.map(({ title }) => title));
  const seen = new Map<string, number>();
  return worded.map((tab) => {
    if ((still.get(tab.title) ?? 0) < 2) return tab;
    const n = (seen.get(tab.title) ?? 0) + 1;
    seen.set(tab.title, n);
    return n === 1 ? tab : { ...tab, title: `${tab.title} (${n})` };
  });
}
