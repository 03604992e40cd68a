import type { Suggestion, SuggestionTrigger } from '@velostream/core/protocol/assist';
import { ALL_RULES } from './all-rules.ts';
import type { AnalysisContext, Rule } from './finding.ts';

export interface SuggestionPrefs {
  /** Never again: by rule, or by fingerprint. */
  readonly mutedRules?: readonly string[];
  readonly mutedFingerprints?: readonly string[];
  /** Shown in this thread before: ranks lower. */
  readonly shown?: readonly string[];
}

const WEIGHT = { high: 4, medium: 3, low: 2, info: 1 } as const;
/** More than these at once nobody reads. */
const SHOWN_MAX = 3;

/** What the rules find at a moment, best first: severity × confidence × newness. At most three unless `all`. */
export function analyze(
  trigger: SuggestionTrigger,
  context: AnalysisContext,
  options: { readonly rules?: readonly Rule[]; readonly prefs?: SuggestionPrefs; readonly all?: boolean } = {},
): Suggestion[] {
  const { rules = ALL_RULES, prefs = {}, all = false } = options;
  const seen = new Set<string>();
  const found = rules
    .filter((rule) => rule.triggers.includes(trigger) && !prefs.mutedRules?.includes(rule.id))
    .flatMap((rule) => rule.run(context).map((finding) => ({ rule, finding })))
    .filter(
      ({ finding }) =>
        !prefs.mutedFingerprints?.includes(finding.fingerprint) && !seen.has(finding.fingerprint) && seen.add(finding.fingerprint),
    );
  const rank = ({ finding }: (typeof found)[number]): number =>
    WEIGHT[finding.severity] * finding.confidence * (prefs.shown?.includes(finding.fingerprint) ? 0.3 : 1);
  const ranked = found
    .toSorted((a, b) => rank(b) - rank(a))
    .map(({ rule, finding }): Suggestion => ({ id: `${rule.id}:${finding.fingerprint}`, ruleId: rule.id, trigger, ...finding }));
  return all ? ranked : ranked.slice(0, SHOWN_MAX);
}
