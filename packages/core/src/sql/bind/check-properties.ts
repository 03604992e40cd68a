import { configProblem } from '../../diagnostics/codes/config.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import { parseDuration } from './duration.ts';
import { nearestName } from './nearest-name.ts';
import type { PlacedProperty } from './properties.ts';
import { isKnownKey, type KeyRule, PROPERTY_KEYS, ruleOf, tailsOf } from './property-keys.ts';

const THIRTY_DAYS_MS = 30 * 86_400_000;

/**
 * WITH properties by themselves: keys that nobody knows, values that cannot be. A query that is only tried out is told
 * of probable typing errors and of values that change its results; a deployment of everything.
 */
export function checkProperties(properties: readonly PlacedProperty[], purpose: 'query' | 'deploy'): Problem[] {
  return properties.flatMap((p) => [...checkKey(p, purpose), ...checkValue(p, purpose)]);
}

function checkKey(p: PlacedProperty, purpose: 'query' | 'deploy'): Problem[] {
  if (isKnownKey(p.key)) return [];
  const nearest = nearestKey(p.key);
  return nearest === undefined && purpose === 'query' ? [] : [configProblem('VS2120', p.keySpan, { key: p.key, nearest })];
}

/** The known key that some tail of `key` is near to, with what stood before the tail. */
function nearestKey(key: string): string | undefined {
  for (const tail of tailsOf(key)) {
    const near = tail.length < 4 ? undefined : nearestName(tail, PROPERTY_KEYS);
    if (near !== undefined) return key.slice(0, key.length - tail.length) + near;
  }
  return undefined;
}

const HAS_VARIABLE = /\$\{/;

function checkValue(p: PlacedProperty, purpose: 'query' | 'deploy'): Problem[] {
  const found = ruleOf(p.key);
  // `${VAR}` is filled in when the job is set up.
  if (found === undefined || HAS_VARIABLE.test(String(p.value))) return [];
  const { rule } = found;
  if (purpose === 'query' && rule.always !== true) return [];
  const allowed = wrongValue(rule, String(p.value));
  if (allowed === undefined) return [];
  return [
    configProblem('VS2121', p.valueSpan, { key: p.key, value: String(p.value), allowed }, rule.lenient === true ? 'warning' : undefined),
  ];
}

/** What would be allowed; undefined when the value is fine. */
function wrongValue(rule: KeyRule, value: string): string | undefined {
  if (rule.values !== undefined) {
    const plain = (text: string): string => (rule.loose === true ? text.toLowerCase().replace(/[-_]/g, '') : text);
    return rule.values.some((v) => plain(v) === plain(value)) ? undefined : `one of ${rule.values.join(', ')}`;
  }
  switch (rule.kind) {
    case 'duration':
      return parseDuration(value) === undefined ? 'a duration such as 5s, 10m or 1h' : undefined;
    case 'count':
      return /^[1-9]\d{0,14}$/.test(value) ? undefined : 'a whole number greater than 0';
    case 'whole':
      return /^\d{1,15}$/.test(value) ? undefined : 'a whole number';
    case 'retention':
      return retentionMs(value) === undefined ? "a time such as '7 days' or '12 hours'" : undefined;
    default:
      return undefined;
  }
}

/** `7 days`, `12 hours`, `30 minutes`, `90 seconds` in ms. */
export function retentionMs(value: string): number | undefined {
  return /^\s*\d+\s+(day|hour|minute|second)s?\s*$/i.test(value) ? parseDuration(value) : undefined;
}

/** A long retention of a table whose rows all stay in memory (§11 (12)). */
export function checkRetention(properties: readonly PlacedProperty[]): Problem[] {
  const compact = properties.some((p) => p.key.endsWith('table_model') && p.value === 'compact');
  return properties.flatMap((p) => {
    const isRetention = p.key === 'retention' || p.key.endsWith('.retention');
    const ms = isRetention && !p.key.endsWith('join.retention') ? retentionMs(String(p.value)) : undefined;
    return ms !== undefined && ms > THIRTY_DAYS_MS && !compact ? [configProblem('VS2125', p.valueSpan, undefined)] : [];
  });
}
