import type { NlToSqlRequest } from '@velostream/core/protocol/assist';

const CHANGES =
  /^\s*([a-z]+ly\s+|please\s+|pls\s+|kindly\s+|now\s+|just\s+|to\s+|i (?:want|need|would like) (?:you )?to\s+|go ahead and\s+|can you\s+|could you\s+|you (?:must|should|have to)\s+)*(delete|drop|truncate|remove|wipe|erase|purge|destroy|update|insert|alter|modify|grant|revoke|overwrite)\b\s+(?!(the\s+)?(me|us|of|in|rates?|ratio|percentage|count|reasons?|outs?|offs?|filter|window|limit|group|grouping|order|sort|condition|alert|having|column|where)\b)/i;
const ELSEWHERE =
  /\b(weather|joke|poem|recipe|haiku|song|president|stock tip|translate|who are you|your name|meaning of life|capital of|world cup|who won|write an? (email|essay|story|letter)|system prompt|password|api key|credentials?|your (?:opinion|favou?rite|age|creator)|in (?:\w+ )?(?:sentences|words|paragraphs|verses|rhymes?))\b/i;

/** What speaks to us and not of data: other instructions, another part to play. */
const TO_US =
  /\b(?:ignore|disregard|forget|override|bypass|reveal|repeat|print|show|tell)\b.{0,40}\b(?:instructions|guidelines|system prompt|your (?:prompt|rules|configuration|source code))\b|\b(?:pretend (?:to be|you|that you)|you are now an?|from now on you|developer mode|jailbreak)\b/i;

/** A text of another kind, asked of us: `tell me a joke about petrol`. */
const WORKS =
  /^\s*(?:please\s+|can you\s+|could you\s+)*(?:tell|write|sing|compose|draft|make up|give)\s+(?:(?:me|us)\s+)?(?:an?\s+)?(?:[a-z-]+\s+){0,2}(?:joke|poem|haiku|song|rhyme|limerick|story|essay|letter|e-?mail|speech|novel|recipe)s?\b/i;

/** What is asked of us, who hold no opinions. */
const OPINION = /\bdo you (?:think|find|believe|reckon|feel|consider|prefer|recommend)\b|\bin your (?:opinion|view|eyes)\b/i;

/** What is kept from everybody; a column of that name is a column. */
const SECRETS =
  /\b(?:passwords|password (?:of|for|to)|(?:api|access|private|secret|encryption|ssh)[ _-]?keys?|credentials|connection strings?|environment variables|(?:auth|access|bearer) tokens?)\b/i;

/** A command to change one thing: a verb in its plain form, and which. */
const COMMANDS =
  /^\s*(please\s+|can you\s+|could you\s+)*(cancel|approve|reject|refund|close|reopen|block|unblock|ban|reassign|reschedule|restart|reboot|stop|pause|shut down|kill|ship|reset|disable|archive|discard|release|assign|escalate|launch|plant|resign|hire|wash|repair|fix|paint|clean|call off|turn on|turn off|write off|water|feed|evict|fine|arrest)\s+(everything|everybody|everyone|an?|\d+|two|three|the|this|that|these|those|my|our|all|every|user|order|ticket|account)\b(?!.*\b(rate|per|by|each|count)\b)/i;

/** `empty tank 4`, `approve application 5521`, `unmatch everybody`: a command about one thing, told by its number, or about all. */
const ORDERS =
  /^\s*(?:please\s+|kindly\s+)*(?:empty|reboot|restart|reset|unmatch|approve|reject|deny|cancel|refund|close|open|lock|unlock|block|unblock|ban|mute|stop|start|pause|resume|kill|fire|ship|send|transfer|move|release|assign|escalate|archive|disable|enable|revoke|suspend|void|recall|dispatch|evict|drain|flush|mark|set|rename|shut down|turn (?:on|off)|switch (?:on|off)|take down)\s+(?:(?:\w+\s+){0,2}[A-Za-z]{0,4}[-#]?\d[\w-]*|everybody|everyone|everything|(?:it|them)(?: all)?|all of (?:it|them))(?:\s+(?:of|at|in) [\w-]+)?(?:\s+(?:to\s+\S+|as (?:an? )?[\w-]+|by (?:another )?\d+\s?\S+|now|today|please|immediately|for me|[a-z]+ly))*\s*[.!]?\s*$/i;

/** `send the bus to Mill Lane`, `publish the new episode`: an order to the world, that speaks of nothing to be seen. */
const WORLD =
  /^\s*(?:please\s+|kindly\s+|can you\s+|could you\s+)*(?:(?:add|register|enter)(?= an? )|set|change|adjust|correct|send|transfer|move|publish|deliver|dispatch|drive|fly|install|deploy|upload|download|print|charge|bill|invoice|promote|invite|notify|upgrade|replace|order|sell|rent|lend|deposit|withdraw|wire|unplug|plug|switch|turn|open|close|lock|unlock|load|unload|refill|restock|sign|schedule|post|place|submit)\s+(?:an?|the|this|that|these|those|my|our|all|every|\d[\d.,]*|one|two|three)\s+(?!.*\b(?:rates?|per|by|each|counts?|number|topic|sink|kafka|postgres|table|if|when|whenever|where|with|over|above|below|under|than|average|total|sum|last|window|query|results?|alerts?|order by|instead)\b)(?:[\w\s'-]|\.(?=\d)){2,60}[.!]?\s*$/i;

/** `take Okoro off the pitch`, `give backer B7 his money back`. */
const MOVES =
  /^\s*(?:please\s+|kindly\s+)*(?:take [\w' -]+? (?:off|out of|away from|down from) (?:the |our )?\w+|give (?!me\b|us\b)[\w' -]+? back|(?:give|grant|award|credit|pay) (?:every|each|all|the|our) [\w' -]+? \d[\d.,]* ?[a-z]+)\s*[.!]?\s*$/i;

/** Deeds in the world, asked of us. */
const DEEDS =
  /^\s*(please\s+|to\s+|can you\s+|could you\s+)*(email|phone|call|text|book|buy|play|sing|remind|schedule|hire|fire|pay|order|tell|ask)\s+(me|us|my|our|a|an|the|him|her|them|more|another|some|extra|\d+|one|two|three|four)\b(?!.*\b(per|by|each|every|when|if|about|how|what|which|where|with|over|above|below|latest|most recent|of all)\b)/i;

/** `DROP TABLE trades`: no query, whatever is shown beside it. */
const STATEMENT = /^\s*(?:(?:drop|truncate|alter) (?:table|stream|view)|delete from|insert into) /i;

const columnsIn = (schemas: NlToSqlRequest['schemas']) => Object.values(schemas).flatMap((s) => s.columns);
const isSaid = (value: string, word: string): boolean => value.toLowerCase().split(' ').includes(word);

/** Why a request is not answered with a query; `undefined` where it may be. */
export function refusalOf(
  prompt: string,
  editing: boolean,
  { knowsSomething, schemas }: { readonly knowsSomething: boolean; readonly schemas: NlToSqlRequest['schemas'] },
): { reason: 'out_of_scope' | 'policy'; message: string } | undefined {
  // "fine 5 or more": a column and its bound. "open invoices over 500": a value and its rows.
  const lead = /^\s*([a-z]+) (?:\d|[a-z]+s\b)/i.exec(prompt)?.[1]?.toLowerCase();
  const isNamed =
    lead !== undefined && columnsIn(schemas).some((c) => c.name.toLowerCase() === lead || c.values?.some((v) => isSaid(String(v), lead)));
  if (
    STATEMENT.test(prompt) ||
    (!editing &&
      !isNamed &&
      (CHANGES.test(prompt) || COMMANDS.test(prompt) || ORDERS.test(prompt) || WORLD.test(prompt) || MOVES.test(prompt)))
  ) {
    return {
      reason: 'policy',
      message: 'I only write queries that read. Changing or deleting data is not something I do; I can show which rows it would concern.',
    };
  }
  const quoted = prompt.replace(/(["'“`]).*?(["'”`])/g, '');
  const secret = SECRETS.exec(quoted)?.[0]
    .toLowerCase()
    .replace(/\W|_|s?$|s? \w+$/g, '');
  const isSecret = secret !== undefined && !columnsIn(schemas).some((c) => c.name.toLowerCase().replace(/_/g, '').includes(secret));
  if (
    isSecret ||
    TO_US.test(quoted) ||
    OPINION.test(quoted) ||
    (!editing && WORKS.test(quoted)) ||
    (!knowsSomething && ELSEWHERE.test(quoted)) ||
    (!editing && DEEDS.test(prompt))
  )
    return {
      reason: 'out_of_scope',
      message: 'I turn questions about your streams into SQL. Ask me about the data that is connected here.',
    };
  return undefined;
}
