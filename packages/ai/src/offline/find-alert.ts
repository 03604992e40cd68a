import type { AlertClause } from './find-modifiers.ts';
import { type Found, findPattern, use, wordIn, wordsIn } from './pattern.ts';
import type { Token } from './token.ts';

const ALERT = [
  'and|then|also|please? can? you? send|raise|trigger|fire|create|add|set|give|issue|make|with|include up? me|us? a|an|the? critical|warning|info? alert|alarm|warning|notification when|if|whenever|once|for|on|that|where|in? case?',
  'and|then|also|please? alert|notify|warn|page|ping|tell|flag|email|message me|us|ops|oncall|everyone|them|the|on|someone? team|call|operators|oncall? as? soon? when|if|whenever|once|for|on|about|as|of',
  'let me|us know when|if|whenever|once|about',
  'critical|warning|info? alert|alarm|alerts|warning|notification when|if|whenever|on|for|where|once',
  'alert|alerts|alerting|alarm',
];

/** Who is told, by what: the verb, then a few words about them, then the condition. */
const TELLS =
  /^(alert|notify|warn|inform|tell|page|ping|phone|ring|sms|mail|wake|text|message|email|call|buzz|shout|let|drop|give|send|sound|raise|flag|remind|contact|told|informed|warned|notified|alerted|paged|hear|heads|alarm|warning|notification|heads-up|know|message)$/;
const WHEN = /^(when|whenever|if|once|soon|moment|case)$/;
/** Of these the person has to be named: "call volume when it rains" is no wish to be called. */
const PERSONAL = /^(tell|page|ping|phone|ring|sms|mail|text|message|email|call|drop|give|send|let|flag|wake|remind|contact|buzz|shout)$/;
const SOMEBODY = /^(me|us|him|her|them|the|a|an|my|our|your|someone|somebody|everyone|everybody|ops|oncall|support|security|it)$/;

/** `let the patrol know when`, `the vet needs an alarm if`, `the boss must be told as soon as`: somebody, told of a condition. */
function toldWhen(tokens: readonly Token[]): Found | undefined {
  const told = findPattern(tokens, '#word me|us when|if|whenever|once|as soon? as?');
  if (told && told.start < 2 && !/^(?:show|give|list|get|find|count|tell)$/.test(wordIn(tokens, told.start))) return told;
  const when = tokens.findIndex((t) => t.used === undefined && 'word' in t && WHEN.test(t.word));
  if (when < 1) return undefined;
  if (wordIn(tokens, when) === 'soon' && wordIn(tokens, when + 1) !== 'as') return undefined;
  const from = Math.max(0, when - 9);
  for (let start = from; start < when; start++) {
    const word = wordIn(tokens, start);
    if (!TELLS.test(word) || tokens[start]?.t !== 'word') continue;
    const isNamed = !PERSONAL.test(word) || SOMEBODY.test(wordIn(tokens, start + 1)) || /^[A-Z]/.test(tokens[start + 1]?.raw ?? '');
    // "wants to be told", "needs an alarm", "should get a message": somebody stands before the verb.
    const wished = tokens
      .slice(0, start)
      .some((t) => 'word' in t && /^(must|should|shall|needs?|wants?|has|have|gets?|would|wishes|expects?)$/.test(t.word));
    if (start > 3 && !wished) return undefined;
    if (!isNamed && !wished) continue;
    return { start: wished ? 0 : start, end: when + 1 + (wordIn(tokens, when) === 'soon' ? 1 : 0), slots: [] };
  }
  return undefined;
}

/** Where an alert is asked for, and how bad it is. */
export function findAlert(tokens: readonly Token[], isNoun: boolean): AlertClause | undefined {
  const told = toldWhen(tokens);
  if (told) return clauseOf(tokens, told);
  for (const pattern of ALERT) {
    const found = findPattern(tokens, pattern);
    // Where a column is called alarm, "critical alarms" are rows and no wish for one; nor is "by flag of the boat", "mentions fire alarm".
    if (
      !found ||
      (isNoun && (/^(alert\|alerts\|alerting|critical\|warning)/.test(pattern) || wordIn(tokens, found.start) === 'with')) ||
      /^(by|per)$/.test(wordIn(tokens, found.start - 1)) ||
      [1, 2].some((back) => /^(mentions?|mentioning|contains?|containing|says?|saying)$/.test(wordIn(tokens, found.start - back)))
    )
      continue;
    return clauseOf(tokens, found);
  }
  return undefined;
}

function clauseOf(tokens: readonly Token[], found: Found): AlertClause {
  const run = wordsIn(tokens, found);
  const named =
    findPattern(tokens, 'as|with|severity|level critical|warning|info severity|alert|priority?') ??
    findPattern(tokens, 'severity critical|warning|info');
  const severity =
    run.find((w) => w === 'critical' || w === 'info') ?? (run.includes('page') ? 'critical' : undefined) ?? severityIn(tokens, named);
  use(tokens, found, 'alert');
  if (named) use(tokens, named, 'alert');
  return { from: found.end, ...(severity === undefined ? {} : { severity: severity as 'critical' | 'warning' | 'info' }) };
}

function severityIn(tokens: readonly Token[], found: { start: number; end: number } | undefined): string | undefined {
  if (!found) return undefined;
  return wordsIn(tokens, found).find((w) => /^(critical|warning|info)$/.test(w));
}
