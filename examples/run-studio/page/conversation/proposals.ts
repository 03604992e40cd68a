/** Something that the composer offers while one writes. */
export interface Proposal {
  readonly label: string;
  readonly hint: string;
  apply(text: string): string;
}

const ACTIONS: readonly (readonly [label: string, hint: string, text: string])[] = [
  ['/connect', 'a source by its URI', 'connect to '],
  ['/sources', 'what is connected', 'list sources'],
  ['/templates', 'ready-made applications', 'show me the templates'],
  ['/app', 'an application from a sentence', 'build an app that '],
  ['/test', 'the last query on generated rows', 'test it'],
  ['/deploy', 'the last query or application', 'deploy it'],
  ['/dashboard', 'for the metrics so far', 'generate a dashboard'],
  ['/tutorial', 'eight short lessons', 'start the tutorial'],
];

/** Actions after a leading `/`, sources after an `@`; nothing otherwise. */
export function proposalsFor(text: string, sourceNames: readonly string[]): readonly Proposal[] {
  if (/^\/\w*$/.test(text)) {
    return ACTIONS.filter(([label]) => label.startsWith(text)).map(([label, hint, replacement]) => ({
      label,
      hint,
      apply: () => replacement,
    }));
  }
  const mention = /@([\w.-]*)$/.exec(text);
  if (!mention) return [];
  const wanted = (mention[1] ?? '').toLowerCase();
  return sourceNames
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, 8)
    .map((name) => ({ label: name, hint: 'source', apply: (t) => `${t.slice(0, mention.index)}${name} ` }));
}
