/**
 * Ways to ask for a change of the query before, each with the plain way to say it. Whoever has a query before them speaks of it in few words;
 * which change it is, the verb or the particle tells.
 */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^(?:please )?(?:take|leave|throw|filter|kick|keep)\s+(?:out\s+)?(.+?)\s+out$/i, 'without $1'],
  [/^(.+?)\s+(?:excluded|left out|taken out|removed|don['’]?t (?:interest|concern) (?:me|us))$/i, 'without $1'],
  [/^(?:please )?(?:don['’]?t|do not)\s+(?:include|show|count|list|use)\s+(.+)$/i, 'without $1'],
  [
    /^(?:minus|no more|lose|forget(?: about)?|skip|drop|w\/o|not counting)\s+(?:the\s+)?(?:ones?\s+(?:in|from|with|by)\s+)?(.+)$/i,
    'without $1',
  ],
  [/^(?:ignore|skip|hide|omit)\s+\w+\s+(?:that|which|who)\s+(?:are|is)(?:n['’]?t|\s+not)\s+(.+)$/i, 'only $1'],
  [
    /^(?:i meant|rather|i mean|no,?|sorry,?|make (?:it|that)|same(?: thing| query)?(?: again)?(?: but)?,?)\s+(?:by|per|for each)\s+(.+)$/i,
    'by $1 instead',
  ],
  [/^(?:i|we)\s+(?:need|want|meant|mean)\s+(.+?),?\s+not\s+.+$/i, '$1 instead'],
  [/^(.+?),?\s+not\s+(?:by |per )?(?:day|hour|minute|week)\s+by\s+(?:day|hour|minute|week)$/i, '$1 instead'],
  [/^(?:could|can) (?:we|you|i) have (?:the )?(week|day|hour|minute|month)\b.*$/i, 'per $1 windows'],
  [/^the (week|day|hour|minute|month)\b\s+(?:instead|rather).*$/i, 'per $1 windows'],
  [/^(?:go|switch|move|change)\s+(?:down |up |back )?to\s+(\d.*)$/i, 'make it $1 windows'],
  [
    /^(?:shorter|longer|smaller|bigger|larger|wider|narrower|finer|coarser)\s+(?:windows?|buckets?|intervals?),?:?\s+(.+)$/i,
    'make it $1 windows',
  ],
  [/^(?:and )?plus\s+(.+)$/i, 'also $1'],
  [/^and\s+(the\s+)?((?:average|mean|total|sum|highest|lowest|min|max|maximum|minimum|median|number|count|p\d\d)\b.+)$/i, 'also $2'],
  [/^and\s+(?:split|break|group)\s+(?:that|it|them)\s+(?:down )?by\s+(?:how (?:they|it|people) )?(.+)$/i, 'also by $1'],
  [
    /^(.+?)\s+as\s+(?:a\s+|the\s+)?(?:second|another|third|additional|extra|further)\s+(?:dimension|group|key|grouping|column)$/i,
    'also by $1',
  ],
  [/^(?:give me |show me |show |list |i want )?(?:just |only )?(?:the )?top\s+(\w+)(?:\s+(?:only|please))?$/i, 'top $1'],
  [
    /^rank (?:them|it|these),?\s+(?:busiest|biggest|highest|largest|most) first,?\s+(?:and\s+)?(?:stop after|only|just|first)\s+(\d+)$/i,
    'top $1',
  ],
  [/^sort(?:ed)?\s+(?:it |them )?from (?:the )?(?:most|highest|biggest) to (?:the )?(?:least|lowest|smallest)$/i, 'sort by it descending'],
  [/^(.+?)\s+(?:please\s+)?only,?(?:\s+please)?$/i, 'only $1'],
  [/^(?:i only want|only show|list only|show only|count only|just)\s+(.+)$/i, 'only $1'],
  [/^.*\b(?:show|keep|leave|want)\s+(?:only )?those\s+(?:with|that|which|having)\s+(.+)$/i, 'only those with $1'],
];

/** The plain way to say a change; what is plain already stays. */
export function reworded(prompt: string): string {
  const text = prompt
    .trim()
    .replace(/[.!?]+$/, '')
    .replace(/^(?:ok(?:ay)?,?|now,?|please|hm+,?|well,?|actually,?)\s+/i, '')
    .replace(/,?\s+(?:please|pls|thanks|thx)$/i, '');
  for (const [pattern, plain] of REWORDED) if (pattern.test(text)) return text.replace(pattern, plain);
  return prompt;
}
