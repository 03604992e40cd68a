import { loadTemplates, mapTemplate } from '@velostream/core/apps';
import type { TableSchema } from '@velostream/core/protocol';
import type { Template } from '@velostream/core/protocol/deploy';
import { splitName, stem } from '../offline/stem.ts';
import type { Wishes } from './read-wishes.ts';

export interface TemplateChoice {
  readonly template: Template;
  /** Words of the request that speak of it, 0 to 1. */
  readonly byWords: number;
  /** Share of the words of the request that are of its field, and whether one of them is in its name. */
  readonly covers: number;
  readonly isNamed: boolean;
  /** Input topic → source that fits. */
  readonly sources: Readonly<Record<string, string>>;
  readonly bySource: number;
}

const COMMON = new Set(
  'a an the app application pipeline monitor monitoring build make create me i want need for of with and to system platform real time realtime data stream streaming analytics dashboard my our that which template please use set up alert alerts detection detect track tracking something watch when over than each per every hour minute day show find get too long time'
    .split(' ')
    .map(stem),
);

const bag = (text: string): Set<string> =>
  new Set(
    splitName(text)
      .map(stem)
      .filter((w) => w.length > 2 && !COMMON.has(w)),
  );

const RELATED: Readonly<Record<string, string>> = {
  'trading-analytics':
    'trade trades trading stock stocks market finance vwap price volume movers volatility equities crypto exchange broker',
  'fraud-detection': 'fraud fraudulent transactions transaction card payments suspicious velocity anomaly chargeback fintech bank',
  'iot-sensor-monitoring':
    'iot sensor sensors device devices machine factory temperature humidity telemetry manufacturing maintenance fleet equipment',
  'api-monitoring': 'api apis endpoint requests latency slo sre http service errors status gateway observability',
  'ecommerce-funnel': 'ecommerce commerce shop cart carts checkout funnel orders conversion retail products inventory revenue store',
  clickstream: 'click clicks clickstream page pages views sessions visitors web adtech engagement user journey',
  'log-analytics': 'log logs logging error patterns devops application messages level severity',
  'ai-agent-monitoring': 'ai agent agents llm model decisions confidence drift prompt mlops inference',
  'change-data-capture': 'cdc change capture replicate replication database postgres table tables sync changes',
};

/** Templates by how well a request and the known sources fit them, best first. */
export async function rankTemplates(prompt: string, schemas: Readonly<Record<string, TableSchema>>): Promise<TemplateChoice[]> {
  const templates = await loadTemplates();
  const words = bag(prompt);
  const choices = templates.map((template): TemplateChoice => {
    const own = bag(
      `${template.id} ${template.name} ${template.tags.join(' ')} ${template.aliases.join(' ')} ${RELATED[template.id] ?? ''} ${template.inputs.map((i) => i.topic).join(' ')}`,
    );
    const loose = bag(`${template.description} ${template.questions.join(' ')}`);
    const names = bag(`${template.id} ${template.name} ${template.tags.join(' ')} ${template.aliases.join(' ')}`);
    const fields = bag(template.inputs.flatMap((i) => i.fields.map((x) => x.name)).join(' '));
    const covered = [...words].filter((w) => own.has(w) || fields.has(w)).length;
    const hits = [...words].reduce((n, w) => n + (own.has(w) ? 1 : loose.has(w) ? 0.4 : 0), 0);
    const byWords = words.size === 0 ? 0 : hits / Math.min(words.size, 4);
    const sources: Record<string, string> = {};
    let fit = 0;
    for (const input of template.inputs) {
      const best = Object.entries(schemas)
        .map(([name, schema]) => ({
          name,
          mapping: mapTemplate(template, schema, [], { topic: input.topic, actualTopic: name }),
          isNamed: stem(name) === stem(input.topic),
        }))
        .filter((c) => c.mapping.compatible)
        .toSorted((a, b) => b.mapping.confidence + (b.isNamed ? 0.1 : 0) - a.mapping.confidence - (a.isNamed ? 0.1 : 0))[0];
      if (best) {
        sources[input.topic] = best.name;
        fit += best.mapping.confidence / template.inputs.length;
      }
    }
    const covers = words.size === 0 ? 0 : covered / words.size;
    const isNamed = [...words].some((w) => names.has(w));
    return { template, byWords: Math.min(1, byWords), covers, isNamed, sources, bySource: fit };
  });
  return choices.toSorted((a, b) => b.byWords * 2 + b.bySource - a.byWords * 2 - a.bySource);
}

/** Whether the words of a request are of the field of a template, and name no groups that it does not know. */
export function isSpokenOf({ template, covers, isNamed }: TemplateChoice, { wishes }: Wishes): boolean {
  const fields = new Set(template.inputs.flatMap((i) => i.fields.flatMap((x) => splitName(x.name).map(stem))));
  const isForeign = wishes.some((w) => w.by.some((name) => splitName(name).every((part) => !fields.has(stem(part)))));
  return !isForeign && covers >= 0.34 && (isNamed || covers >= 0.6);
}
