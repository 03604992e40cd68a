export { createOfflineAssistant, type OfflineAssistantOptions } from '../offline-assistant.ts';
export { explainSql } from './explain-sql.ts';
export { translate } from './nl-to-sql.ts';
