export { DEVELOPMENT_SETS, HELD_BACK_SETS } from './all-sets.ts';
export { type BenchCase, type BenchSet, casesFrom, schemasFrom } from './case.ts';
export { answerOf, sameRows } from './exec-match.ts';
export { mutantsOf } from './mutants.ts';
export { type CaseResult, runSet } from './run-bench.ts';
export { type Score, scoreboardMarkdown, scoreOf } from './scoreboard.ts';
export { shareText, wilson } from './wilson.ts';
