export { createOfflineAssistant, type OfflineAssistantOptions } from '../offline-assistant.ts';
export { translateQuestion } from './nl-to-sql.ts';
