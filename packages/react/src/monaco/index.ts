export type { EditorProps } from '../renderers/renderers.ts';
export { configureMonaco, loadMonaco, type MonacoSetup } from './load-monaco.ts';
export { MonacoEditor } from './MonacoEditor.tsx';
