import { splitName, stem } from '../../offline/stem.ts';
import { type Rule, tool } from '../finding.ts';

const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  'trading-analytics': ['trade', 'order', 'position', 'symbol', 'price', 'quantity', 'side'],
  'fraud-detection': ['transaction', 'card', 'merchant', 'amount', 'fraud', 'account', 'declined'],
  'iot-sensor-monitoring': ['sensor', 'device', 'temperature', 'humidity', 'reading', 'machine', 'pressure'],
  'api-monitoring': ['request', 'endpoint', 'latency', 'status', 'service', 'method', 'response'],
  'ecommerce-funnel': ['order', 'cart', 'product', 'customer', 'checkout', 'purchase', 'inventory'],
  clickstream: ['page', 'view', 'click', 'session', 'referrer', 'visitor', 'url'],
  'log-analytics': ['log', 'level', 'message', 'host', 'severity', 'logger', 'trace'],
  'ai-agent-monitoring': ['agent', 'decision', 'confidence', 'model', 'prompt', 'token', 'tool'],
  'change-data-capture': ['before', 'after', 'op', 'lsn', 'table', 'schema', 'xmin'],
};

/** Names and fields that look like what a template is for. */
export const domainMatch: Rule = {
  id: 'domain-match',
  triggers: ['connect_source', 'list_topics'],
  run({ sources, schemas }) {
    const words = new Set(
      [...sources.map((s) => s.name), ...Object.values(schemas).flatMap((s) => s.columns.map((c) => c.name))].flatMap(splitName).map(stem),
    );
    const scored = Object.entries(SIGNATURES)
      .map(([template, signature]) => ({ template, hits: signature.filter((w) => words.has(stem(w))).length, of: signature.length }))
      .toSorted((a, b) => b.hits / b.of - a.hits / a.of)[0];
    // Fields of a schema that only a thread has declared are nothing that was found.
    if (!scored || scored.hits < 3 || sources.length === 0) return [];
    const names = sources.map((s) => s.name).slice(0, 4);
    return [
      {
        fingerprint: `domain:${scored.template}`,
        severity: 'low',
        confidence: Math.min(0.95, 0.5 + scored.hits / scored.of / 2),
        title: 'A template fits',
        message: `This looks like ${scored.template.replaceAll('-', ' ')}: ${names.join(', ')}.`,
        evidence: { template: scored.template, sources: names },
        actions: [tool('Show the template', 'get_template', { template_id: scored.template })],
      },
    ];
  },
};
