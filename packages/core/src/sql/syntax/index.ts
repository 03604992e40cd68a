export type {
  AlertAnnotation,
  AnnotationCondition,
  ApplicationHeader,
  MetricAnnotation,
  SqlAnnotations,
  StatementInfo,
  VizHint,
} from './annotations.ts';
export { type ParseOptions, type ParseResult, parse, parseExpression } from './parse.ts';
export { scan as tokenize } from './scan.ts';
