import { buildJoin } from './build-join.ts';
import { buildOver } from './build-over.ts';
import { buildRank, rankingOf } from './build-rank.ts';
import { buildUnion } from './build-union.ts';
import { hasRareBuilders, provideRareBuilders } from './rare-builders.ts';
import { groupPairs, onlyWholePairs } from './sliding-join.ts';

/** Makes the whole planner available, for callers that cannot wait. Does nothing the second time. */
export function provideAllBuilders(): void {
  if (hasRareBuilders()) return;
  provideRareBuilders({ buildJoin, buildOver, buildRank, buildUnion, groupPairs, onlyWholePairs, rankingOf });
}
