/** What is done with what is named: put beside it, taken away, kept alone, put in its place, no longer told apart. */
export type Mode = 'add' | 'remove' | 'only' | 'replace' | 'all';

export interface Heard {
  readonly mode?: Mode;
  /** What is named, without the words around it. */
  readonly text: string;
  /** What it stands against: `routes` of `ferries, not routes`. */
  readonly old?: string;
}

/** Words that lead a wish in and say nothing of it. */
const COURTESY =
  /^(?:ok(?:ay)?|now|please|actually|well|hm+|then|so|sorry|right|yes|no,|oh|great|nice|thanks|perhaps|maybe|but|and|or|(?:can|could|should|would) (?:you|we|i|it|this|that)|which(?: ones?)? (?:is|are|was|were)|let(?:['’]?s| us| me)|i(?:['’]d| would| do|['’]m| am)?|we(?:['’]d| would)?|you|like|need|to|know|see|have|look at|view|give me|show me|show|tell me|get|do|it|that|this|them|these|be|again|for me|report|express|present)\b[\s,:]*/i;
const TAIL =
  /[\s,]*\b(?:please|pls|thanks|thank you|for now|if possible|maybe|perhaps|then|that is|that was|that were|went into (?:it|that|this)|(?:is|are|was|were) (?:behind|in) (?:it|that|this)|(?:is|are|would be) (?:enough|fine|plenty)|will do|would do|suffices?|really|actually|respectively)[.!?]*$/i;

const MODES: readonly (readonly [Mode, RegExp])[] = [
  [
    'all',
    /\b(?:regardless of|irrespective of|no matter (?:which|what|the)|across all|over all|grand total|in total|altogether|together(?! with)|(?:don['’]?t|do not|doesn['’]?t|does not) (?:really )?matter|as a whole|in one (?:number|figure|go)|overall|both|whatever|not only|not just|of all|all kinds of|all)\b/i,
  ],
  [
    'remove',
    /\b(?:without|exclud(?:e|es|ed|ing)|except(?: for)?|leav(?:e|ing) (?:out|aside|off|away)|left out|(?:set |put )?aside|get rid of|tak(?:e|en) (?:out|away)|throw(?:n)? (?:out|away)|filter(?:ed)? out|drop(?:ped)?|remov(?:e|ed)|skip(?:ped)?|hid(?:e|den)|ignor(?:e|ed|ing)|omit(?:ted)?|discard|suppress|minus|no more(?! than)|none of(?: the| those)?|(?:nothing|none|nobody)(?: (?:that (?:is|was|were|are)|from|by|with))?|not (?:counting|including|those|the ones|interested in)|(?:don['’]?t|do not) (?:need|want|care about|count|include|show|split|group|break(?: it)?(?: down)?)|(?:can|may|should|must) (?:go|leave|be (?:dropped|removed|left out|ignored))|(?:don['’]?t|do not|doesn['’]?t) (?:count|interest (?:me|us))|(?:should|must|need)(?:n['’]t| not) (?:count|be (?:counted|included|in it))|(?:is|are) (?:irrelevant|uninteresting|of no interest|noise|out)|lose|forget(?: about)?|never mind|apart from|other than|stop (?:splitting|grouping))\b|^no\b(?! (?:more|less|fewer|later) than)|(?:is|are|do|does|should|need|must|would)(?:n['’]t| not) (?:[a-z]+ )?[a-z]+(?: (?:there|here|in there|in here|us|me))?$|(?<!zoom |break |broken |split )\b(?!cut off)[a-z]+ (?:out|away|aside)\b/i,
  ],
  [
    'add',
    /^(?:and|plus|with)\b(?! not)|\b(?:(?:split|break|broken|sliced?|separated?)(?: (?:it|that|this|them))?(?: (?:up|down|out|further))*|separate \w+|also|too|as well|in addition|additional(?:ly)?|besides|alongside|next to (?:it|that|them)|beside (?:it|that|them)|together with|along with|on top of (?:it|that)|throw in|put in|add(?: in)?|append|extend(?: it)? (?:by|with)|include|further(?: down)?|furthermore|extra|another column(?: with)?|as a (?:second|third|further) \w+|second (?:key|group|dimension))\b/i,
  ],
  [
    'only',
    /\b(?:only|just|alone|exclusively|nothing but|limit(?:ed)? to|restrict(?:ed)? to|narrow(?:ed)?(?: it)?(?: down)? to|focus on|concentrate on|care about|interested in|keep|(?:stick|stay|hold|confine it|limit it|reduce it|zoom in|home in) (?:to|on|with)(?= [a-z]+))\b|^(?:for|when|where|while|during|in|from|at|on)\s+(?!least|most)(?=[a-z])/i,
  ],
  [
    'replace',
    /\b(?:instead|rather|meant|mean|make it|(?:would|might|could) be (?:more |much )?[a-z]+|(?:is|are) (?:better|more useful)|makes? more sense|same(?: thing| query| again)?(?: but)?|switch to|change to|replaced? by|what about|how about|prefer(?:red)?|wanted|want|use|take|try|per|by)\b/i,
  ],
];

const AGAINST: readonly RegExp[] = [
  /^(?<text>.+?),?\s+(?:instead of|rather than|in place of|as opposed to)\s+(?<old>.+)$/i,
  /^(?<text>.+?),\s+not\s+(?<old>[^,]+)$/i,
  /^(?<text>.+?)\s+not\s+(?:by |per )?(?<old>[\w ]+)$/i,
  /^not\s+(?<old>.+?)[,;]?\s+but\s+(?<text>.+)$/i,
  /^(?:instead of|rather than|not|no(?! (?:more|less|fewer) than)|forget|drop|lose)\s+(?:the\s+)?(?<old>.+?)[,;]\s*(?<text>.+)$/i,
  /^(?:replace|swap|exchange|trade|change|switch)\s+(?:the\s+)?(?<old>.+?)\s+(?:with|by|for|to|into|against)\s+(?<text>.+)$/i,
  /^(?:go\s+|move\s+|switch\s+|change\s+)?from\s+(?<old>.+?)\s+to\s+(?<text>.+)$/i,
];

const trimmed = (text: string): string => {
  let said = text.trim().replace(/^[\s,;:.]+|[\s,;:.!?]+$/g, '');
  for (let turn = 0; turn < 8; turn++) {
    const less = said.replace(COURTESY, '').replace(TAIL, '').trim();
    if (less === said || less === '') break;
    said = less;
  }
  return said;
};

const bare = (text: string): string =>
  trimmed(text)
    .replace(/^(?:the|a|an)\s+/i, '')
    .trim();

/** A wish taken apart: what is named, what is done with it, what it stands against. */
export function hear(said: string): Heard {
  const start = said
    .trim()
    .replace(/[\s,]*\b(?:please|pls|thanks)[.!?]*$/i, '')
    .replace(/[.!?]+$/, '');
  const isMore = /^(?:and|plus|also)\b/i.test(start);
  for (const pattern of AGAINST) {
    const found = pattern.exec(start)?.groups;
    if (found?.text === undefined || found.old === undefined || /\b(?:do|does|did|is|are|was|were|those|and)$/i.test(found.text)) continue;
    if (trimmed(found.text) === '' || found.old.split(' ').length > 5) continue;
    const inner = modeOf(trimmed(found.text));
    return {
      mode: inner.mode === 'all' ? 'all' : 'replace',
      text: inner.mode === 'all' ? bare(inner.text) : bare(found.text),
      old: bare(found.old.replace(/^(?:just|only)\s+/i, '')),
    };
  }
  const heard = modeOf(start);
  const isWhich = /^(?:which|who)\b/i.test(start);
  const mode = heard.mode ?? (isWhich ? 'only' : undefined) ?? (isMore ? 'add' : undefined);
  return { ...(mode === undefined ? {} : { mode }), text: bare(heard.text) };
}

/** `leave the cancelled ones aside`: the verb and its particle around what is named. */
const AROUND = /^(?:leave|take|throw|kick|filter|put|set|cut|cross|rule|strike|keep|screen|weed)\s+(.+?)\s+(?:out|aside|away|off|apart)$/i;

function modeOf(said: string): { mode?: Mode; text: string } {
  const around = AROUND.exec(said)?.[1];
  if (around !== undefined) return { mode: 'remove', text: around };
  for (const [mode, pattern] of MODES) {
    if (!pattern.test(said)) continue;
    // "per" and "by" say how it is grouped, and stay.
    const text = said
      .replace(mode !== 'remove' ? new RegExp(pattern.source, 'gi') : pattern, (word) => (/^(?:per|by)$/i.test(word) ? word : ' '))
      .replace(/ +/g, ' ')
      .trim();
    return {
      mode,
      text:
        mode === 'replace'
          ? text
          : text
              .replace(/\b(?:also|too|as well|only|just|alone)\b/gi, ' ')
              .replace(/ +/g, ' ')
              .trim(),
    };
  }
  return { text: said };
}
