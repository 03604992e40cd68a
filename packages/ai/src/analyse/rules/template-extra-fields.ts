import { type Rule, tool } from '../finding.ts';

/** Real fields that no query of a template uses, with what they could feed. */
export const templateExtraFields: Rule = {
  id: 'template-extra-fields',
  triggers: ['customize_template'],
  run({ mappings = [], templateId }) {
    const offers = mappings.flatMap((m) => m.unused.filter((u) => u.query));
    if (offers.length === 0) return [];
    const names = offers.map((o) => o.query?.name ?? o.field);
    return [
      {
        fingerprint: `offers:${names.join('+')}`,
        severity: 'low',
        confidence: 0.7,
        title: 'Fields to make more of',
        message: `${offers.map((o) => o.field).join(', ')} ${offers.length === 1 ? 'is' : 'are'} not used yet: ${offers.map((o) => o.offer ?? o.query?.name ?? '').join('; ')}`,
        evidence: { offers: names },
        actions: [tool('Add them', 'customize_template', { template_id: templateId ?? '', add_offers: names })],
      },
    ];
  },
};
