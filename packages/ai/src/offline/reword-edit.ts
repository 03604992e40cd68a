/**
 * Ways to ask for a change of the query before, each with the plain way to say it. Whoever has a query before them speaks of it in few words;
 * which change it is, the verb or the particle tells.
 */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^(?:swap|exchange|trade)\s+(.+?)\s+for\s+(.+)$/i, 'replace $1 with $2'],
  [/^(?:the\s+)?(.+?)\s+(?:can|may|should|must)\s+(?:go|leave|be (?:dropped|removed|left out))$/i, 'without $1'],
  [/^(?:throw|take|cut|kick|leave|filter)\s+out\s+(?:the\s+)?(.+)$/i, 'without $1'],
  // Groups of too few or too many.
  [/^(?:nothing|none|no \w+)\s+(?:below|under|less than|fewer than|smaller than)\s+(\S+)(.*)$/i, 'only those with at least $1'],
  [/^(?:nothing|none|no \w+)\s+(?:above|over|more than|greater than|beyond)\s+(\S+)(.*)$/i, 'only those with at most $1'],
  [
    /^(?:skip|drop|hide|omit|ignore|without|leave out|forget)\s+(?:the\s+|all\s+)?\w+\s+(?:with|that have|having|of)\s+(?:less than|fewer than|under|below)\s+(\S+)(.*)$/i,
    'only those with at least $1$2',
  ],
  [
    /^(?:skip|drop|hide|omit|ignore|without|leave out|forget)\s+(?:the\s+|all\s+)?\w+\s+(?:with|that have|having|of)\s+(?:more than|over|above)\s+(\S+)(.*)$/i,
    'only those with at most $1$2',
  ],
  [
    /^(?:only|just|those)\s+(?:the\s+|those\s+)?(?:\w+\s+)?(?:with|of|having)\s+(\d\S*)(\s+\w+)?\s+(?:or|and) (?:more|above|over|higher)$/i,
    'only those with at least $1$2',
  ],
  [
    /^(?:only|just|those)\s+(?:the\s+|those\s+)?(?:\w+\s+)?(?:with|of|having)\s+(\d\S*)(\s+\w+)?\s+(?:or|and) (?:less|fewer|below|under|lower)$/i,
    'only those with at most $1$2',
  ],
  [/^only\s+(?:the\s+)?\w+\s+that\s+(?:reach|hit|make|get to|come to)\s+(?:a\s+|at least\s+)?(\S+)(.*)$/i, 'only those with at least $1$2'],
  // An order, said by what stands first.
  [
    /^(?:the\s+)?(?:smallest|lowest|least|fewest|cheapest|shortest|coldest|lightest|weakest)(?:\s+\w+){0,2}\s+first$/i,
    'sort it in ascending order',
  ],
  [
    /^(?:the\s+)?(?:largest|biggest|highest|most|greatest|longest|busiest|hottest|heaviest|dearest|strongest)(?:\s+\w+){0,2}\s+first$/i,
    'sort it in descending order',
  ],
  [
    /^(?:only\s+|just\s+)?(?:the\s+)?(\d+|two|three|four|five|six|ten)\s+(?:coldest|coolest|lowest|smallest|shortest|cheapest|lightest|quietest|weakest)(?:\s+(?:only|ones))?$/i,
    'bottom $1',
  ],
  [
    /^(?:only\s+|just\s+)?(?:the\s+)?(\d+|two|three|four|five|six|ten)\s+(?:most|hottest|biggest|largest|highest|longest|dearest|busiest|heaviest|strongest|best|greatest)(?:\s+(?:only|ones))?$/i,
    'top $1',
  ],
  // Another figure in place of the one that is there.
  [
    /^(?:the\s+)?(?:peak|max|maximum|highest)\s+(?:instead of|rather than|in place of|not|over)\s+(?:the\s+)?(?:mean|average|avg|sum|total|median|min|minimum|count)$/i,
    'use the maximum instead',
  ],
  [
    /^(?:the\s+)?(average|mean|avg|sum|total|median|minimum|min|count)\s+(?:rather than|instead of|in place of|not)\s+(?:the\s+)?(?:mean|average|avg|sum|total|median|min|minimum|max|maximum|peak|count)$/i,
    'use the $1 instead',
  ],
  [/^(day|week|hour|minute|month)s?\s+(?:instead of|rather than|not)\s+(?:the\s+)?(?:day|week|hour|minute|month)s?$/i, 'per $1 windows'],
  [/^one\s+(?:row|line|bar|figure|result)\s+(?:per|for each|for every)\s+(.+?)(?:,?\s+(?:not|instead of)\s+.+)?$/i, 'by $1 instead'],
  [/^(?:i|we)\s+wanted\s+(?:it|that|this|them)\s+(?:by|per|for each|for every)\s+(.+)$/i, 'by $1 instead'],
  [/^(people|persons|visitors|users)\s+(?:instead of|rather than|not)\s+\w+$/i, 'count distinct $1 instead'],
  // One more figure.
  [
    /^(?:and\s+)?(?:also\s+)?(?:tell me\s+)?how many\s+(?:\w+\s+)?(?:that|those|these|this|it|there)\s+(?:was|were|is|are)$/i,
    'also the row count',
  ],
  [/^and\s+(?:also\s+)?(?:give me|show me|show|add|tell me)\s+(?:the\s+)?(?:number|count)\s+of\s+(.+)$/i, 'also the number of $1'],
  [/^(?:and\s+)?(?:also\s+)?what\s+(?:they|it|each|we|that)\s+(?:earned|made|took in|brought in|cost)$/i, 'also the revenue'],
  [/^(?:.+,\s*not\s+.+[:,]\s*)?count(?:ing)?\s+(?:every|each)\s+(\w+)\s+(?:only\s+|just\s+)?once$/i, 'count distinct $1 instead'],
  [/^(?:please )?(?:take|leave|throw|filter|kick|keep)\s+(?:out\s+)?(.+?)\s+out$/i, 'without $1'],
  [/^(.+?)\s+(?:excluded|left out|taken out|removed|don['’]?t (?:interest|concern) (?:me|us))$/i, 'without $1'],
  [/^(?:please )?(?:don['’]?t|do not)\s+(?:include|show|count|list|use)\s+(.+)$/i, 'without $1'],
  [
    /^(?:minus|no more|lose|forget(?: about)?|skip|drop|w\/o|not counting)\s+(?:the\s+)?(?:ones?\s+(?:in|from|with|by)\s+)?(.+)$/i,
    'without $1',
  ],
  [/^(?:ignore|skip|hide|omit)\s+\w+\s+(?:that|which|who)\s+(?:are|is)(?:n['’]?t|\s+not)\s+(.+)$/i, 'only those that are $1'],
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
  [
    /^sort(?:ed)?\s+(?:it |them )?from (?:the )?(?:most|highest|biggest) to (?:the )?(?:least|lowest|smallest)$/i,
    'sort it in descending order',
  ],
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
