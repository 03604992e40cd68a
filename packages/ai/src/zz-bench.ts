import { DEVELOPMENT_SETS, HELD_BACK_SETS } from './eval/all-sets.ts';
import { runSet } from './eval/run-bench.ts';
import { scoreOf } from './eval/scoreboard.ts';
import { shareText } from './eval/wilson.ts';
import { createOfflineAssistant } from './index.ts';

const a = createOfflineAssistant();
const which = process.argv[2] ?? 'dev';
const noCheck = process.argv.includes('--fast');
const sets =
  which === 'dev'
    ? DEVELOPMENT_SETS
    : which === 'held'
      ? HELD_BACK_SETS
      : [...DEVELOPMENT_SETS, ...HELD_BACK_SETS].filter((s) => s.name === which);
const all: any[] = [];
for (const s of sets) {
  const t = Date.now();
  const r = await runSet(s, a, { checkGold: !noCheck });
  all.push(...r);
  const sc = scoreOf(r);
  console.log(
    s.name,
    'cases',
    sc.cases,
    'rej',
    sc.rejected,
    'answered',
    shareText(sc.answered.hits, sc.answered.total),
    'match',
    shareText(sc.match.hits, sc.match.total),
    'clar',
    `${sc.clarify.hits}/${sc.clarify.total}`,
    `${Date.now() - t}ms`,
  );
  if (!process.argv.includes('--quiet'))
    for (const x of r)
      if (!x.match)
        console.log(
          `  ${x.rejected ? 'REJ' : 'MISS'} ${x.case.id} [${x.case.category}] ${x.case.prompt}\n     ${x.why}\n     got  ${(x.sql ?? '-').replace(/\s+/g, ' ')}\n     gold ${x.case.gold ?? x.case.expect}`,
        );
}
const sc = scoreOf(all);
console.log(
  'ALL',
  sc.cases,
  'rej',
  sc.rejected,
  'answered',
  shareText(sc.answered.hits, sc.answered.total),
  'valid',
  shareText(sc.valid.hits, sc.valid.total),
  'match',
  shareText(sc.match.hits, sc.match.total),
  'clarify',
  shareText(sc.clarify.hits, sc.clarify.total),
  'p99',
  sc.latencyMs.p99.toFixed(1),
);
console.log(
  Object.entries(sc.byCategory)
    .map(([k, v]: any) => `${k} ${v.hits}/${v.total}`)
    .join('; '),
);
