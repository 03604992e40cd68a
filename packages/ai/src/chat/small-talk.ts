import { call, type Intent, steps, type ThreadFacts } from './intent.ts';
import { sourceIn } from './source-in.ts';

export const HOW_IT_RUNS =
  /^\s*(?:so,?\s+|and\s+|ok(?:ay)?,?\s+)*(?:how(?:['’]s|\s+is|\s+are)\s+(?:it|that|this|they|things|everything|the\s+(?:app|application|job|deployment|pipeline)s?)\s+(?:doing|going|running|performing|working)|(?:what|anything|is\s+(?:it|that|anything|everything|the\s+(?:app|application|job|deployment|pipeline))|are\s+(?:they|the\s+(?:jobs|pipelines)))(?:['’]s|\s+is|\s+are)?\s+(?:still\s+)?(?:running|deployed|healthy|working|up|alive|ok(?:ay)?))(?:\s+(?:now|right now|today|so far|at the moment|well|fine|properly))*\s*[?.!]*\s*$/i;

const TOLD: readonly (readonly [words: RegExp, text: string])[] = [
  [
    /^\s*(?:please\s+)?(?:save|store|keep)\s+(?:it|this|that|everything|all|my work|(?:the|this|my)\s+(?:thread|notebook|query|work))\s*[.!]*\s*$/i,
    'Every change of this thread is kept as it happens: there is nothing to save.',
  ],
  [
    /^\s*(?:please\s+)?(?:start (?:over|again|fresh)|begin again|reset|clear)(?:\s+(?:it|this|that|all|everything|the thread|the notebook))*\s*[.!]*\s*$/i,
    'Open a new thread to begin anew, this one stays as it is; "undo" takes back the last change.',
  ],
];

/** Short sentences about what is there, which no question about data begins with. */
export function smallTalk(text: string, facts: ThreadFacts): Intent | undefined {
  if (
    /^\s*(many\s+)?(thanks|thank you|thx|cheers|great|perfect|nice|cool|awesome|well done)\b(?:[\s,!.]+(?:thanks|thank you|you|so much|a lot|very much|job|work|that works|it works|for (?:that|this|your help)))*[\s!.]*$/i.test(
      text,
    )
  )
    return { kind: 'thanks' };
  if (
    facts.hasSql &&
    /^\s*(please\s+|can you\s+|could you\s+)*(?:explain|describe|summari[sz]e|what (?:does|is|do))\s+(?:me\s+)?(?:the |this |that |it|my |current )*(?:query|sql|statement|code)?\s*(?:do|does|doing|mean|compute|for)?\s*[?.!]*\s*$/i.test(
      text,
    )
  )
    return { kind: 'explain' };
  if (
    /^\s*(?:please\s+)?(?:list|show|what|which|see|are|is)\b[^.]*\b(?:deployments?|jobs?|pipelines?)\b[^.]*$/i.test(text) &&
    !/\b(by|per|every|average|count|where|from|topology|health)\b/i.test(text) &&
    !facts.sources.some((name) => /^(?:deployments?|jobs?|pipelines?)$/i.test(name))
  )
    return steps(call('analyze_performance', {}));
  const told = TOLD.find(([words]) => words.test(text))?.[1];
  if (told !== undefined) return { kind: 'told', text: told };
  if (facts.hasSql && /^\s*(?:please\s+)?(?:add|use|test with|run with|include)\b[^.]*\b(?:assertions?|checks)\b[^.]{0,30}$/i.test(text))
    return { kind: 'suggestions', which: 'assertion-gaps', action: 'apply' };
  return undefined;
}

export const RUNS_AS_JOBS =
  'An application runs as jobs: write "deploy app" to start them, or "test it" to try it on rows that are made up.';

const ALERTS =
  /^\s*(?:are there|is there|do i have|show|list|see|which|what|any)\b(?:\s+(?:me|us|there|any|an|the|my|all|active|current|firing|open))*\s+alerts?(?:\s+(?:are|is|there|now|firing|active|open|raised|fired|on|right|at the moment|so far))*\s*[?.!]*\s*$/i;
const LOGS =
  /^\s*(?:(?:can|could|please|you|show|see|read|get|give|let|me|us|what|do|does|say|the|its|their|last|latest|of|it|from|job|jobs|deployment|app)\s+)*logs?(?:\s+(?:say|of|from|the|it|job|jobs|deployment|app|application|please))*\s*[?.!]*\s*$/i;

/** What is asked of what has run, where no source is called so. */
export function runsIn(text: string, facts: ThreadFacts): Intent | undefined {
  if (WHY_SILENT.test(text)) return { kind: 'runs', about: 'silence', ...(DEPLOYED.test(text) ? { ofDeployed: true } : {}) };
  if (sourceIn(text, facts.sources) !== undefined) return undefined;
  if (/^\s*roll ?back\s*[.!]*\s*$/i.test(text)) return { kind: 'job', action: 'rollback' };
  return ALERTS.test(text) ? { kind: 'runs', about: 'alerts' } : LOGS.test(text) ? { kind: 'runs', about: 'logs' } : undefined;
}

const DEPLOYED = /\b(?:apps?|applications?|deployments?|deployed|jobs?|pipelines?)\b/i;
const WHY_SILENT =
  /\bwhy\b[^.]*\b(?:no|any|nothing|without|not any)\b(?:\s+(?:output|rows?|results?|data|records?|alerts?|numbers?|values?))?(?:\s+(?:come|comes|coming|came|out|at all|yet|shown|there|here|happening|happens))*\s*\??\s*$|\bwhere (?:is|are) (?:the|my) (?:output|rows|results)\b/i;
