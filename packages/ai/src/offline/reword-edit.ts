/**
 * Ways to ask for a change of the query before, each with the plain way to say it. Whoever has a query before them speaks of it in few words;
 * which change it is, the verb or the particle tells.
 */
const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^(?:swap|exchange|trade)\s+(.+?)\s+for\s+(.+)$/i, 'replace $1 with $2'],
  [/^(?:the\s+)?(.+?)\s+(?:can|may|should|must)\s+(?:go|leave|be (?:dropped|removed|left out))$/i, 'without $1'],
  [/^(?:throw|take|cut|kick|leave|filter)\s+out\s+(?:the\s+)?(.+)$/i, 'without $1'],
  [/^only\s+(?:the\s+)?\w+\s+that\s+(?:reach|hit|make|get to|come to)\s+(?:a\s+|at least\s+)?(\S+)(.*)$/i, 'only those with at least $1$2'],
  [
    /^(?:the\s+)?(?:smallest|lowest|least|fewest|cheapest|shortest|coldest|lightest|weakest)(?:\s+\w+){0,2}\s+first$/i,
    'sort it in ascending order',
  ],
  [/^(people|persons|visitors|users)\s+(?:instead of|rather than|not)\s+\w+$/i, 'count distinct $1 instead'],
  [
    /^(?:and\s+)?(?:also\s+)?(?:tell me\s+)?how many\s+(?:\w+\s+)?(?:that|those|these|this|it|there)\s+(?:was|were|is|are)$/i,
    'also the row count',
  ],
  [/^(?:.+,\s*not\s+.+[:,]\s*)?count(?:ing)?\s+(?:every|each)\s+(\w+)\s+(?:only\s+|just\s+)?once$/i, 'count distinct $1 instead'],
  [/^(.+?)\s+(?:excluded|left out|taken out|removed|don['’]?t (?:interest|concern) (?:me|us))$/i, 'without $1'],
  [/^(?:please )?(?:don['’]?t|do not)\s+(?:include|show|count|list|use)\s+(.+)$/i, 'without $1'],
  [
    /^(?:minus|no more|lose|forget(?: about)?|skip|drop|w\/o|not counting)\s+(?:the\s+)?(?:ones?\s+(?:in|from|with|by)\s+)?(.+)$/i,
    'without $1',
  ],
  [
    /^(?:i meant|rather|i mean|no,?|sorry,?|make (?:it|that)|same(?: thing| query)?(?: again)?(?: but)?,?)\s+(?:by|per|for each)\s+(.+)$/i,
    'by $1 instead',
  ],
  [/^(?:and )?plus\s+(.+)$/i, 'also $1'],
  [/^and\s+(the\s+)?((?:average|mean|total|sum|highest|lowest|min|max|maximum|minimum|median|number|count|p\d\d)\b.+)$/i, 'also $2'],
  [/^(?:give me |show me |show |list |i want )?(?:just |only )?(?:the )?top\s+(\w+)(?:\s+(?:only|please))?$/i, 'top $1'],
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
