export { csvAt, csvDecode, csvRow, csvSetup } from './csv.as.ts';
export { intern, rehash } from './intern.as.ts';
export { jsonAt, jsonDecode, jsonMisses, jsonRow, jsonSetup, jsonTemplate } from './jsonl.as.ts';
export { setInput } from './layout.as.ts';
