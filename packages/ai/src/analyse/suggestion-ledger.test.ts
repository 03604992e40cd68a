import { memoryStore } from '@velostream/core';
import type { Suggestion } from '@velostream/core/protocol/assist';
import { describe, expect, test } from 'vitest';
import { analyze } from './analyze.ts';
import { SuggestionLedgers, suggestionLedger } from './suggestion-ledger.ts';

const suggestion = (ruleId: string, fingerprint: string): Suggestion => ({
  id: `${ruleId}:${fingerprint}`,
  ruleId,
  fingerprint,
  trigger: 'generate_sql',
  severity: 'low',
  confidence: 0.5,
  title: ruleId,
  message: ruleId,
  evidence: {},
  actions: [],
});
const A = suggestion('select-star', 'star:trades');
const B = suggestion('having-saves', 'having:symbol');

describe('the ledger of suggestions', () => {
  test('counts what was shown, accepted, helpful and dismissed', async () => {
    const ledger = suggestionLedger();
    await ledger.shown([A, B], 's');
    await ledger.shown([A], 's');
    await ledger.accepted(A, 's', true);
    await ledger.dismissed([B], 's');
    expect(await ledger.tallies()).toEqual({
      'select-star': { shown: 2, accepted: 1, helpful: 1, dismissed: 0, muted: 0 },
      'having-saves': { shown: 1, accepted: 0, helpful: 0, dismissed: 1, muted: 0 },
    });
    expect(ledger.last('s')).toEqual([]);
  });

  test('another process over the same store knows what was muted', async () => {
    const store = memoryStore();
    const first = suggestionLedger({ store });
    await first.shown([A, B], 's');
    await first.dismissed([A], 's', 'rule');
    await first.dismissed([B], 's');
    const prefs = await suggestionLedger({ store }).prefs();
    expect(prefs).toMatchObject({ mutedRules: ['select-star'], mutedFingerprints: ['having:symbol'] });
    expect(prefs.shown).toEqual(['star:trades', 'having:symbol']);
  });

  test('what one caller has muted is still shown to others, also after a restart', async () => {
    const store = memoryStore();
    const [ann, bob] = [{ id: 'ann' }, { id: 'bob', tenant: 'x' }];
    await new SuggestionLedgers({ store }).of(ann).dismissed([A], 's', 'rule');
    const again = new SuggestionLedgers({ store });
    expect((await again.of(ann).prefs()).mutedRules).toEqual(['select-star']);
    expect((await again.of(bob).prefs()).mutedRules).toEqual([]);
    expect((await again.of({ id: 'ann', tenant: 'x' }).prefs()).mutedRules).toEqual([]);
    expect((await again.of().prefs()).mutedRules).toEqual([]);
  });

  test('a password in what a suggestion is about reaches no store', async () => {
    const store = memoryStore();
    const about = suggestion('select-star', 'star:postgres://u:canary-7f3a@h/d?token=canary-7f3a');
    const ledger = suggestionLedger({ store });
    await ledger.shown([about], 's');
    await ledger.dismissed([about], 's');
    const kept = [await store.get('ledger', 'suggestions'), await store.get('preferences', 'suggestions')].map((d) => JSON.stringify(d));
    for (const text of kept) expect(text).toMatch(/^(?!.*canary).*star:postgres:\/\/u:\[redacted\]@h/);
    expect((await ledger.prefs()).mutedFingerprints).toEqual([about.fingerprint]);
  });

  test('muted rules and fingerprints are not found again', () => {
    const rule = { id: 'r', triggers: ['poll' as const], run: () => [A, B].map(({ id: _id, ruleId: _r, trigger: _t, ...f }) => f) };
    const context = { trigger: 'poll' as const, now: 0, sources: [], schemas: {}, samples: {} };
    expect(analyze('poll', context, { rules: [rule], prefs: { mutedFingerprints: ['star:trades'] } })).toHaveLength(1);
    expect(analyze('poll', context, { rules: [rule], prefs: { mutedRules: ['r'] } })).toEqual([]);
  });
});
