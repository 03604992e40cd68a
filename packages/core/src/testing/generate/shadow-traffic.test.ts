import { describe, expect, it } from 'vitest';
import { generateData } from './generate-data.ts';
import { fromShadowTraffic } from './shadow-traffic.ts';

const FILE = {
  generators: [
    {
      topic: 'customers',
      value: { id: { _gen: 'sequentialInteger', startingFrom: 1 }, address: { city: { _gen: 'oneOf', choices: ['Rome', 'Oslo'] } } },
      localConfigs: { maxEvents: 5 },
    },
    {
      topic: 'orders',
      vars: { who: { _gen: 'lookup', topic: 'customers', path: ['value', 'id'] } },
      value: {
        customer: { _gen: 'var', var: 'who' },
        total: { _gen: 'normalDistribution', mean: 50, sd: 5, decimals: 2 },
        state: { _gen: 'stateMachine', initial: 'new', transitions: { new: 'paid', paid: { _gen: 'oneOf', choices: ['sent', 'void'] } } },
        kind: {
          _gen: 'weightedOneOf',
          choices: [
            { weight: 9, value: 'a' },
            { weight: 1, value: 'b' },
          ],
        },
        code: { _gen: 'digitString', n: 4 },
        at: { _gen: 'now' },
        fixed: 7,
        odd: { _gen: 'somethingNew' },
      },
      localConfigs: { maxEvents: 40, throttleMs: 100, delay: { rate: 0.5, ms: 500 } },
    },
  ],
};

describe('generators of ShadowTraffic', () => {
  it('become schemas, foreign keys and event times', () => {
    const { schemas, records, timeSimulation, warnings } = fromShadowTraffic(JSON.stringify(FILE));
    const made = generateData(schemas, { records, timeSimulation, seed: 1 });
    expect(made['customers']).toHaveLength(5);
    expect(Object.keys(made['customers']![0]!)).toEqual(['id', 'address_city']);
    const orders = made['orders']!;
    expect(orders).toHaveLength(40);
    expect(orders.every((o) => Number(o['customer']) >= 1 && Number(o['customer']) <= 5)).toBe(true);
    expect(orders.every((o) => /^\d+\.\d\d$/.test(String(o['total'])) && /^\d{4}$/.test(String(o['code'])) && o['fixed'] === 7)).toBe(true);
    expect(new Set(orders.map((o) => o['state']))).toEqual(new Set(['new', 'paid', 'sent', 'void']));
    const times = orders.map((o) => o['at'] as number);
    expect(times.some((t, i) => i > 0 && t < times[i - 1]!)).toBe(true);
    expect(warnings).toEqual(['orders.odd: "somethingNew" has no counterpart; random text is used']);
  });

  it('are refused where they make nothing', () => {
    expect(() => fromShadowTraffic('{}')).toThrow('it has no "value", "row" or "data"');
    expect(() => fromShadowTraffic('not json')).toThrow('cannot be read');
  });
});
