export type { EditorProps } from '../renderers/renderers.ts';
export { loadMonaco } from './load-monaco.ts';
export { MonacoEditor } from './MonacoEditor.tsx';
