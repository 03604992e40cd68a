/** One sample with its labels. */
export interface Sample {
  /** Behind the name: `_bucket`, `_sum`, `_count` or nothing. */
  readonly suffix?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

const LABEL_CHARACTERS_MAX = 1024;

/** Text of a label: control characters are spaces, and what is longer than 1024 characters ends in `...`. */
export function labelValue(value: unknown): string {
  if (value === null || value === undefined) return 'unknown';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const text = String(value).replace(/[\u0000-\u001f\u007f]/g, ' ');
  return text.length > LABEL_CHARACTERS_MAX ? `${text.slice(0, LABEL_CHARACTERS_MAX - 3)}...` : text;
}

const escapeLabel = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');

/** A number as the text format has it. */
export function sampleValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  return String(value);
}

export function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Prometheus text format 0.0.4. */
export function expositionText(families: readonly MetricFamily[]): string {
  const lines: string[] = [];
  for (const { name, type, help, samples } of families) {
    lines.push(`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`);
    for (const { suffix, labels, value } of samples) lines.push(`${name}${suffix ?? ''}${labelsText(labels)} ${sampleValue(value)}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** Media type of the text. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Several texts as one: samples of a metric stand together under one heading, as the format demands. */
export function mergeExpositions(texts: readonly string[]): string {
  const families = new Map<string, { readonly heading: string[]; readonly samples: string[] }>();
  for (const text of texts) {
    let current: { readonly heading: string[]; readonly samples: string[] } | undefined;
    for (const line of text.split('\n')) {
      const name = /^# (?:HELP|TYPE) (\S+)/.exec(line)?.[1];
      if (name !== undefined) {
        const known = families.get(name);
        current = known ?? { heading: [], samples: [] };
        families.set(name, current);
        const kind = line.slice(0, 6);
        if (!current.heading.some((each) => each.startsWith(kind))) current.heading.push(line);
      } else if (line !== '' && !line.startsWith('#')) current?.samples.push(line);
    }
  }
  const lines = [...families.values()].flatMap(({ heading, samples }) => [...heading, ...samples]);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
