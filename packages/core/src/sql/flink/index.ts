export { formatFlink } from './format-flink.ts';
export { type FlinkOptions, type FlinkScript, type FlinkStatement, type FlinkVerdict, fillSecrets } from './script.ts';
export { toFlink } from './to-flink.ts';
