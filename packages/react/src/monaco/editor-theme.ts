import type { MonacoApi } from './load-monaco.ts';

/** A CSS colour as the six digits that Monaco wants; resolved by the browser, so that variables and `light-dark()` work. */
function hexOf(element: HTMLElement, color: string): string {
  const probe = document.createElement('span');
  probe.style.color = color;
  element.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return '#808080';
  context.fillStyle = resolved;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

const isDark = (hex: string): boolean => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
};

/** Makes a Monaco theme from the variables that hold at `element`, and takes it. Monaco has one theme per page: the last one wins. */
export function applyTheme(api: MonacoApi, element: HTMLElement): void {
  const pick = (name: string, otherwise: string): string => hexOf(element, `var(${name}, ${otherwise})`);
  const surface = pick('--_raised', '#ffffff');
  const dark = isDark(surface);
  const bare = (hex: string): string => hex.slice(1);
  const text = pick('--_text', dark ? '#e6e8ed' : '#1a1e26');
  const muted = pick('--_muted', dark ? '#9ba3b1' : '#5a6170');
  const border = pick('--_border', dark ? '#2b303a' : '#dfe2e8');
  const accent = pick('--_accent', dark ? '#8fb0ff' : '#2a59cf');
  const tokens = dark
    ? { keyword: '8fb0ff', string: '8fd19e', number: 'e3b255', function: 'c9a5f2', type: '6ccbc0', annotation: 'e3b255' }
    : { keyword: '2a59cf', string: '146c43', number: '855300', function: '7340b0', type: '0b6e64', annotation: '855300' };
  api.editor.defineTheme('velostream', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare(text) },
      { token: 'keyword', foreground: tokens.keyword },
      { token: 'string', foreground: tokens.string },
      { token: 'number', foreground: tokens.number },
      { token: 'predefined', foreground: tokens.function },
      { token: 'type', foreground: tokens.type },
      { token: 'comment', foreground: bare(muted) },
      { token: 'annotation', foreground: tokens.annotation },
      { token: 'annotation.value', foreground: tokens.annotation },
      { token: 'operator', foreground: bare(text) },
      { token: 'delimiter', foreground: bare(text) },
    ],
    colors: {
      'editor.background': surface,
      'editor.foreground': text,
      'editorLineNumber.foreground': muted,
      'editorLineNumber.activeForeground': text,
      'editorCursor.foreground': text,
      'editorGhostText.foreground': muted,
      'editorWidget.background': surface,
      'editorWidget.border': border,
      'editorSuggestWidget.background': surface,
      'editorSuggestWidget.border': border,
      'editorHoverWidget.background': surface,
      'editorHoverWidget.border': border,
      'editor.lineHighlightBorder': `${surface}00`,
      'editor.lineHighlightBackground': `${muted}14`,
      focusBorder: accent,
    },
  });
  api.editor.setTheme('velostream');
}

/** Tells when the theme around an element may have changed. */
export function watchTheme(element: HTMLElement, changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (let at: HTMLElement | null = element; at; at = at.parentElement)
    observer.observe(at, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}
