import type { Rule } from './finding.ts';
import { alertNeverAlways } from './rules/alert-never-always.ts';
import { alertThreshold } from './rules/alert-threshold.ts';
import { assertionGaps } from './rules/assertion-gaps.ts';
import { divZero } from './rules/div-zero.ts';
import { dlqNonempty } from './rules/dlq-nonempty.ts';
import { domainMatch } from './rules/domain-match.ts';
import { errorRate } from './rules/error-rate.ts';
import { eventTimeMissing } from './rules/event-time-missing.ts';
import { floatMoney } from './rules/float-money.ts';
import { freeDimension } from './rules/free-dimension.ts';
import { havingSaves } from './rules/having-saves.ts';
import { highCardinalityGroup } from './rules/high-cardinality-group.ts';
import { joinCandidates } from './rules/join-candidates.ts';
import { joinMismatch } from './rules/join-mismatch.ts';
import { labelCardinality } from './rules/label-cardinality.ts';
import { lagGrowing } from './rules/lag-growing.ts';
import { largeFileMmap } from './rules/large-file-mmap.ts';
import { latencyRegression } from './rules/latency-regression.ts';
import { missingMetrics } from './rules/missing-metrics.ts';
import { nondeterministic } from './rules/nondeterministic.ts';
import { nullLeak } from './rules/null-leak.ts';
import { nullableField } from './rules/nullable-field.ts';
import { orderUnbounded } from './rules/order-unbounded.ts';
import { partitionBottleneck } from './rules/partition-bottleneck.ts';
import { partitionSkew } from './rules/partition-skew.ts';
import { piiField } from './rules/pii-field.ts';
import { pipelineLineage } from './rules/pipeline-lineage.ts';
import { relatedQueries } from './rules/related-queries.ts';
import { schemaAdded } from './rules/schema-added.ts';
import { schemaRemoved } from './rules/schema-removed.ts';
import { selectStar } from './rules/select-star.ts';
import { silentJob } from './rules/silent-job.ts';
import { staleSource } from './rules/stale-source.ts';
import { stringTyped } from './rules/string-typed.ts';
import { templateExtraFields } from './rules/template-extra-fields.ts';
import { testEmptyOutput } from './rules/test-empty-output.ts';
import { thresholdCalibrate } from './rules/threshold-calibrate.ts';
import { typeChanged } from './rules/type-changed.ts';
import { unboundedState } from './rules/unbounded-state.ts';
import { unmonitoredDeploy } from './rules/unmonitored-deploy.ts';
import { versionedDuplicate } from './rules/versioned-duplicate.ts';
import { windowRateFit } from './rules/window-rate-fit.ts';

/** Every rule, in the order of the catalogue. */
export const ALL_RULES: readonly Rule[] = [
  domainMatch,
  pipelineLineage,
  dlqNonempty,
  staleSource,
  versionedDuplicate,
  partitionSkew,
  largeFileMmap,
  joinCandidates,
  relatedQueries,
  piiField,
  floatMoney,
  stringTyped,
  nullableField,
  eventTimeMissing,
  highCardinalityGroup,
  havingSaves,
  freeDimension,
  unboundedState,
  windowRateFit,
  orderUnbounded,
  selectStar,
  divZero,
  missingMetrics,
  labelCardinality,
  alertThreshold,
  alertNeverAlways,
  testEmptyOutput,
  joinMismatch,
  nullLeak,
  assertionGaps,
  nondeterministic,
  latencyRegression,
  lagGrowing,
  partitionBottleneck,
  silentJob,
  errorRate,
  unmonitoredDeploy,
  schemaAdded,
  schemaRemoved,
  typeChanged,
  templateExtraFields,
  thresholdCalibrate,
];
