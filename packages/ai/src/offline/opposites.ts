import type { Lexicon } from './lexicon.ts';
import { stem } from './stem.ts';
import type { Token } from './token.ts';
import { isKnownWord } from './vocabulary.ts';

/** Words that deny each other. Each side may be the name of a flag, the other side is then what the flag is not. */
const PAIRS: readonly (readonly [readonly string[], readonly string[]])[] = (
  'won win winning winner|lost lose losing loser beaten; open opened|closed shut; indoor inside|outdoor outdoors outside; ' +
  'automatic automated auto|manual manually; paid|unpaid outstanding owed; recurring repeating regular|one-off oneoff onetime; international foreign abroad|domestic national; ' +
  'online connected|offline disconnected; active|inactive dormant idle; remote|onsite; estimated estimate guessed|actual real measured; ' +
  'first|repeat; maker|taker; enabled on|disabled off; ' +
  'public|private; internal|external; inbound incoming|outbound outgoing; bot robot automated|human humans people; charging charged|discharging; locked|unlocked; ' +
  'organic|conventional; moving driving|stationary parked stopped standing; empty|loaded full; weekend|weekday weekdays; night nightly|day daytime; adult grown|minor child; ' +
  'urgent emergency|routine elective planned; new|returning existing; late delayed overdue|punctual ontime; refundable|nonrefundable; alive living|dead deceased died; ' +
  'solved resolved|unsolved pending; fresh|stale; delivered|undelivered; wet raining|dry; occupied taken|vacant free empty; insured covered|uninsured; ' +
  'read seen|unread; answered|unanswered; sober|drunk; vaccinated|unvaccinated; signed|unsigned; encrypted|plaintext cleartext; promoted sponsored|organic; member|guest nonmember; ' +
  'home|away; mobile|desktop; taxable|exempt; electric|combustion; vegan vegetarian|meat; working running|broken faulty; legit genuine|fake forged; success successful|missed; accepted approved admitted|refused declined denied'
)
  .split('; ')
  .map((line) => line.split('|').map((side) => side.split(' ').map(stem)) as [string[], string[]]);

/** Words that have a meaning of their own here and deny a flag all the same; the others, as "first" and "new", say when. */
const PLAIN_MEANING = /^(lost|lose|loses|losing|empty|full|dry|wet|paid|working|closed|shut)$/;

/** The flags of the schemas by the words of their names. */
function flagWords(lexicon: Lexicon): ReadonlySet<string> {
  const known = flags.get(lexicon);
  if (known) return known;
  const made = new Set(
    lexicon.tables.flatMap((t) => t.columns.flatMap((c) => (c.kind === 'boolean' && c.words.length < 4 ? c.words.map(stem) : []))),
  );
  flags.set(lexicon, made);
  return made;
}
const flags = new WeakMap<Lexicon, ReadonlySet<string>>();

/** `losing bids` of a flag won, `domestic` of is_international: "not" and the word that the flag has. */
export function splitOpposite(token: Token, lexicon: Lexicon): readonly Token[] | undefined {
  if (token.t !== 'word' || token.glued || token.word.length < 3 || lexicon.words.has(token.stem)) return undefined;
  if (isKnownWord(token.word) && !PLAIN_MEANING.test(token.word)) return undefined;
  const words = flagWords(lexicon);
  for (const [yes, no] of PAIRS) {
    const other = no.includes(token.stem) ? yes : yes.includes(token.stem) ? no : undefined;
    const name = other?.find((w) => words.has(w));
    if (name === undefined) continue;
    return [
      { ...token, word: 'not', stem: 'not' },
      { ...token, word: name, stem: name, glued: true },
    ];
  }
  return undefined;
}
