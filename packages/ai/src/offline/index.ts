export { createOfflineAssistant, type OfflineAssistantOptions } from '../offline-assistant.ts';
export { explainSql } from './explain-sql.ts';
export { type QueryEditor, translateQuestion } from './nl-to-sql.ts';
