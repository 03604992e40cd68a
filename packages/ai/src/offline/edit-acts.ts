/** What the words around the names of a change do, whatever words they are. */
export type Act =
  | 'take'
  | 'put'
  | 'again'
  | 'keep'
  | 'swap'
  | 'split'
  | 'once'
  | 'all'
  | 'not'
  | 'reverse'
  | 'filter'
  | 'window'
  | 'group'
  | 'limit'
  | 'order'
  | 'bound'
  | 'join'
  | 'gt'
  | 'ge'
  | 'lt'
  | 'le'
  | 'between';

const verb = (roots: string): string => `(?:${roots})(?:s|es|d|ed|ped|ted|ping|ting|ing|n)?`;
const GONE = verb(
  'remov|remove|exclud|exclude|drop|omit|skip|hid|hide|ignor|ignore|discard|forget|lose|undo|lift|clear|delete|strip|suppress|disregard|scrap|ditch|dump|eliminate|banish|stop|spare|erase|cancel|hidde',
);
const PARTICLE = verb(
  'take|leav|leave|throw|filter|cut|kick|cross|rule|strike|weed|screen|put|set|keep|sort|pull|took|left|thrown|kept|go|count|lock',
);

/** In this order: the longer turns of phrase before the words that they hold. */
const ACTS: readonly (readonly [Act | '', RegExp])[] = [
  ['between', /\bbetween (?=N\d (?:and|to) N\d)|\bfrom (?=N\d (?:to|up to|till|-) N\d)/g],
  [
    'ge',
    /(?:\b(?:at least|start(?:s|ing)? (?:at|from|with)|(?:no|not) (?:less|fewer|lower|smaller) than|not (?:under|below)|a minimum of|minimum(?: of)?|reach(?:es|ing)?(?: an?)?|comes? to|makes?|needs?)|>=) (?=[NT]\d)|(?<=[NT]\d(?: (?:[RF]|C\d))?) (?:or|and) (?:more|above|over|higher|up(?:wards?)?|greater|better|longer)\b|(?<=[NT]\d) upwards?\b/g,
  ],
  [
    'le',
    /(?:\b(?:at most|(?:no|not) (?:more|higher|greater|longer) than|not (?:over|above)|up to|a maximum of|maximum(?: of)?)|<=) (?=[NT]\d)|(?<=[NT]\d(?: (?:[RF]|C\d))?) (?:or|and) (?:less|fewer|below|under|lower|shorter)\b/g,
  ],
  [
    'lt',
    /(?:\b(?:(?:less|fewer|lower|smaller|shorter|lighter|colder|cooler|cheaper|slower|younger|earlier|narrower|thinner|nearer|closer|weaker) than|under|below|beneath|short of)|<) (?=[NT]\d)/g,
  ],
  [
    'gt',
    /(?:\b(?:(?:more|(?!rather|other)[a-z]{3,}er) than|above|beyond|exceed(?:s|ing)?|upwards of)|(?<![A-Z])>) (?=[NT]\d)|\b(?:over|past) (?=N\d)|(?<=C\d(?: is| are| was| of)?) over (?=T\d)/g,
  ],
  ['once', /\b(?:only |just )?once\b(?! (?:more|again|they|it|the|a))(?: each| only)?|\b(?:distinct|unique|different|individual)\b/g],
  // "at least 5, otherwise drop it", "hide the others", "has to be GET".
  ['keep', /,? ?\b(?:otherwise|or else)\b.*$|,? \bno others?(?: \w+)?$/g],
  ['keep', new RegExp(String.raw`\b${GONE} (?:out )?(?:the |all |any )?(?:others?|rest|remaining(?: \w+)?)\b`, 'g')],
  ['keep', /\b(?:must|should|has to|have to|needs? to) be (?=V\d)|\b(?:by itself|by themselves|on (?:its|their) own)\b/g],
  ['keep', /\b(?:nothing|none|nobody|not anything) (?:but|except(?: for)?|other than|besides|apart from)\b/g],
  ['all', /\b(?:not|never) (?:only|just|merely|solely)\b/g],
  [
    'not',
    /\b(?:everything|anything|everybody|all|every|any|whatever)(?: (?:R|C\d+))?(?: (?:that|which|who) (?:is|are))? (?:but|except(?: for)?|other than|apart from|besides|save|not)\b(?! (?:C\d|R) (?:and|but)\b)/g,
  ],
  ['not', /\b(?:nobody|no one)(?= (?:has |have )?C\d)|(?<=, )no\b(?= (?:V|C)\d)/g],
  ['take', /\b(?:nobody|no one|none of us|who) (?:cares|needs|wants)(?: (?:about|for))?\b/g],
  [
    'keep',
    /\b(?:strip|trim|cut|boil|pare|thin)(?:ped|med)? (?:it |this |that )?down to\b|\bnothing (?:more|else)\b|\bprovided(?: that)?\b/g,
  ],
  ['take', /\b(?:nothing|none)\b(?= +(?:with|that|whose|which|<))/g],
  ['take', /\bnever mind\b|\b(?:has|have) no business\b|\b(?:is|are) out\b|\bsave for\b|\bnon(?= ?-? ?[VC]\d)/g],
  ['all', /\b(?:the )?rest(?: too| as well)?\b|\bothers?\b(?= (?:C\d|R|ones)|$| too| as well)/g],
  [
    'all',
    /\bno matter(?: (?:which|what|the))?\b|\bmerged?\b|\b(?:is|are) not important\b|\b(?:regardless|irrespective) of\b|\bwhatever\b|\bwhichever\b|\bacross\b/g,
  ],
  // "too coarse", "too long": something else in its place.
  ['swap', /\b(?:much |far )?too (?!please\b)[a-z]{4,}\b/g],
  ['take', /(?<=[VC]\d(?: (?:R|C\d|ones?|F))?) (?:out|off|away)\b/g],
  ['take', /\boutside(?: of)? (?=(?:the )?[VC]\d)/g],
  ['', /\bany ?more\b(?! than)|\bc[ao]mes? back\b/g],
  ['not', /\b(?:no longer|not|never|no more|unless)\b|\b(?:is|was) wrong\b/g],
  ['take', /\b(?:can|may|should|must|could) (?:go|leave|disappear|be gone)\b/g],
  [
    'take',
    /\b(?:of )?no interest(?: to \w+)?\b|\b(?:irrelevant|uninteresting|unimportant|noise|pointless|useless|boring)\b|\bdistorts? (?:it|this|that|the \w+)\b/g,
  ],
  ['limit', /\bstop (?:after|at)\b/g],
  ['take', new RegExp(String.raw`\b${GONE}(?: (?:out|away|off|aside))?\b`, 'g')],
  ['take', /\b(?:without|excluding|except(?: for)?|minus|apart from|other than|besides|but not|rid of|w\/o|sans)\b/g],
  ['again', /\b(?:again|back(?: in)?|after all|restored?|once more|return(?:ed)?)\b/g],
  [
    'put',
    /\b(?:also|too|cross(?:ed)? (?:it |this |that )?with|deeper|one more|(?:second|third|further) (?=(?:key|group|dimension|column|figure|value)\b)|append(?:ed)?|tell (?=.*apart)|apart(?! from)|add(?:ed|ing)?(?: (?:it|them|in|to))?|includ(?:e|es|ed|ing)|as well|additional(?:ly)?|in addition|plus|another|extra|together with|alongside|beside(?: it| that)?|next to|extend(?:ed)? (?:it )?(?:by|with)|on top of (?:it|that|this)|further(?:more)?(?: down)?|let in|throw in)\b/g,
  ],
  [
    'reverse',
    /\b(?:opposite|invert(?:ed)?|revers(?:e|ed)|flip(?:ped)?|vice versa|contrary|complement|the other way(?: (?:round|around))?|turn(?:ed)?(?: (?:it|that|this|the \w+))? (?:round|around|upside down))\b/g,
  ],
  [
    'swap',
    /\b(?:instead(?: of)?|rather(?: than)?|replac(?:e|ed)(?: (?:by|with))?|swap(?:ped)?|switch(?:ed)?|chang(?:e|ed)|mean|meant|in place of|exchange|trade|wanted|prefer(?:red)?|^better(?= (?:the|an?|by|per|in|use|show|take|with|as|give)\b)|(?:would|might|could) be (?:more |much )?(?:better|nicer|useful|good|great)|(?:what|how) (?:about|does that look (?:like )?for)|same(?: thing| again)?(?: for)?|make|this time)\b/g,
  ],
  [
    'keep',
    /\b(?:only|just|solely|exclusively|alone|keep|restrict(?:ed)?(?: (?:it|this|that))? to|limit(?:ed)?(?: (?:it|this|that))? to(?! N)|narrow(?:ed)?(?: (?:it|this|that))?(?: down)? to|focus(?:ed|ing)? on|concentrate on|zoom(?:ed)? in(?:to| on)?|confine(?:d)?(?: (?:it|this|that))? to|reduce(?:d)? (?:it |this |that )?to|interested in|interests?(?: me| us)?|care (?:about|for)|filter(?:ed)? (?:by|on|for)|considering|as long as|(?:is|are) all (?:i|we) (?:need|want))\b/g,
  ],
  ['filter', /\b(?:un)?filter(?:s|ed|ing)?\b|\brestrictions?\b|\bconditions?\b|\bconstraints?\b|\bselection\b/g],
  [
    'window',
    /\b(?:windows?|windowing|buckets?|intervals?|time ?slices?|slices|periods?|granularity|time steps?|(?:split|by|per|over) time|time spans?)\b/g,
  ],
  [
    'split',
    /\b(?:break(?: (?:it|this|that))? down|broken down|splits?|splitting|sliced?|subdivi(?:de|ded|sion)|breakdown|separate[ds]?|distinguish(?:ed)?|differentiate|divided?)\b/g,
  ],
  ['group', /\b(?:grouping|group(?:ed|s)?|regroup(?:ed)?|keys?|columns?|dimensions?|aggregated? (?:on|by))\b/g],
  ['order', /\b(?:order(?:ed|ing)?|sort(?:ed|ing)?|rank(?:ed|ing)?)\b/g],
  ['limit', /\b(?:limit|cut ?off|cap)\b/g],
  ['bound', /\b(?:threshold|bound|minimum|lower limit)\b/g],
  [
    'all',
    /\b(?:all|any|everything|entire|whole|full|both|altogether|together|combined|lump(?:ed)?|overall|in total|unfiltered|for everything)\b/g,
  ],
  ['join', /\b(?:and|or|but|then)\b|[,;:&]/g],
];

/** Words that do nothing to what is named. */
const SOFT =
  /^(?:an?|the|its?|it|this|that|these|those|them|they|there|here|one|ones?|of|in|for|to|on|at|by|per|with|from|into|over|as|is|am|are|was|were|be|been|being|do|does|did|has|have|had|d|s|i|we|you|me|us|my|our|your|boss|he|she|wants?|wanted|need(?:s|ed)?|like|would|can|could|may|should|shall|will|let|see|show|shown|give|get|look|looks|what|how|which|whose|who|where|if|when|please|ok|okay|now|so|well|hmm?|actually|sorry|thanks|results?|figures?|numbers?|values?|things?|lines?|count(?:ed|s|ing)?|use|used|using|take|matter|kinds?|types?|case|down|up|number|query|each|every|R|cover|have|bring|put|about|set|name|rather|first|second|more|much|else|that|behind|tell|go|goes|going|got|gets|steps?|bins?|slots?|chunks?|slices?|levels?|resolution|basis|pieces?|portions?|points?|size|sized|finer|coarser|narrower|wider|longer|shorter|bigger|smaller|larger|whole|full|per|having|respectively|say|think|really|maybe|perhaps|also|fine|enough|plenty|report|reported|list|listed|display|displayed|happened|F|S|T|single|few|many|little|interesting|relevant|needed|shown|there|something|somewhere|anything|everybody|case|part|since|showing|listing|seeing|came|come|comes|based|love|next)$/;

/** The acts of a change, in the order in which they are said, and the words that nothing explains. */
export interface Acts {
  readonly acts: ReadonlySet<Act>;
  readonly count: (act: Act) => number;
  /** Names and acts in their order: `<not> C0 <join> C1`. */
  readonly order: string;
  readonly left: readonly string[];
  /** What is said, with the acts in the place of their words. */
  readonly text: string;
}

export function actsOf(text: string): Acts {
  let said = text.replace(
    new RegExp(
      String.raw`\b${PARTICLE}((?: (?:the|it|them|V\d|C\d|R|ones?|those|of|A\d|\w+))*?) (?:out|off|away|aside)\b(?: (?:of (?:it|this|that))\b)?`,
      'g',
    ),
    ' <TAKE> $1',
  );
  said = said.replace(/\b(?:cut|weed)(?= (?:the )?(?:V\d|C\d|R))/g, ' <TAKE> ');
  said = said.replace(
    /\b(?:put|bring|let|take|get|count|have)((?: (?:the|it|them|V\d|C\d|R|ones?))*) (back|in|again)\b/g,
    (_all, what: string, how: string) => (how === 'in' ? ` <PUT> ${what}` : ` <AGAIN> ${what}`),
  );
  said = said.replace(/^no\b(?! (?:more|less|fewer))/, ' <TAKE> ');
  for (const [act, pattern] of ACTS) said = said.replace(pattern, act === '' ? ' ' : ` <${act.toUpperCase()}> `);
  // "drop everything from asia", "hide anything below 5": of what is taken, all of it.
  said = said.replace(
    /<(TAKE|KEEP)>((?: +(?:the|out|of|those|them|ones|that))*) +<ALL>(?! +<(?:FILTER|WINDOW|GROUP|LIMIT|ORDER|BOUND|SPLIT))/g,
    '<$1> $2',
  );
  said = said.replace(/<NOT> +<PUT>/g, '<TAKE>');
  const list = said.match(/<\w+>|\S+/g) ?? [];
  const counts = new Map<string, number>();
  for (const item of list)
    if (/^<\w+>$/.test(item)) {
      const act = item.slice(1, -1).toLowerCase();
      counts.set(act, (counts.get(act) ?? 0) + 1);
    }
  // "and the fees", "with the delay": what is named comes beside, where nothing else is done with it.
  if (
    /^(?:and|with|plus)\b|\bhow (?:many|much|often)\b/.test(text) &&
    !(['take', 'keep', 'swap', 'all', 'not', 'again', 'order', 'reverse', 'window'] as const).some((a) => counts.has(a))
  )
    counts.set('put', 1);
  if (counts.has('split')) {
    if (!['take', 'not', 'swap', 'keep'].some((a) => counts.has(a))) counts.set('put', 1);
    counts.set('group', 1);
  }
  return {
    text: said,
    acts: new Set(counts.keys()) as ReadonlySet<Act>,
    count: (act) => counts.get(act) ?? 0,
    order: list
      .filter((w) => /^<|^[VCANT]\d$|^[RFSP]$/.test(w))
      .join(' ')
      .toLowerCase(),
    left: list.filter((w) => !/^<\w+>$|^[VCANTP]\d?$/.test(w) && !SOFT.test(w) && /\w/.test(w)),
  };
}
