/**
 * Lets Monaco style itself where the page forbids inline styles (`style-src` without `unsafe-inline`). Its style elements become constructable
 * style sheets, and the `style` attributes in the markup of its lines are set through the object model; both are outside of what the policy is
 * about, because no text of a page is parsed for them.
 */

/** Whether the page refuses inline styles: asked of the browser itself. The refusal is reported once, like every refusal of a policy. */
export function areInlineStylesForbidden(): boolean {
  const probe = document.createElement('span');
  probe.setAttribute('style', 'order: 7');
  return probe.style.order !== '7';
}

/** Whether a page can have style sheets that no policy looks at. */
export const canConstructStyles = (): boolean =>
  'adoptedStyleSheets' in document && typeof CSSStyleSheet.prototype.replaceSync === 'function';

const KEPT = 'data-velo-style';

/** Puts the hooks in place; before Monaco is loaded, because it asks for its policies as it loads. Says afterwards whether they took hold. */
export function constructStyles(): { readonly tookHold: () => boolean } {
  const asked = hookMarkup();
  hookStyleElements();
  return { tookHold: () => asked.has('editorViewLayer') && areStyleElementsApplied() };
}

/** Tried, not guessed: a rule of a new style element has to reach an element. */
function areStyleElementsApplied(): boolean {
  const style = document.createElement('style');
  style.textContent = '.velo-style-probe { order: 7 }';
  const probe = document.createElement('span');
  probe.className = 'velo-style-probe';
  document.head.append(style);
  document.body.append(probe);
  const { order } = getComputedStyle(probe);
  probe.remove();
  style.remove();
  return order === '7';
}

interface PolicyOptions {
  readonly createHTML?: (text: string, ...rest: unknown[]) => string;
  readonly [other: string]: unknown;
}
interface MonacoEnvironment {
  createTrustedTypesPolicy?: (name: string, options: PolicyOptions) => unknown;
}
interface PolicyFactory {
  createPolicy(name: string, options: PolicyOptions): unknown;
}

/** Monaco draws lines as markup of its own making; what stands there as a style attribute is set after the markup was read. */
function hookMarkup(): ReadonlySet<string> {
  const asked = new Set<string>();
  const page = globalThis as { MonacoEnvironment?: MonacoEnvironment; trustedTypes?: PolicyFactory };
  page.MonacoEnvironment ??= {};
  const before = page.MonacoEnvironment.createTrustedTypesPolicy;
  page.MonacoEnvironment.createTrustedTypesPolicy = (name, options) => {
    const { createHTML } = options;
    asked.add(name);
    const wrapped = createHTML
      ? { ...options, createHTML: (text: string, ...rest: unknown[]) => withoutStyles(createHTML(text, ...rest)) }
      : options;
    return before?.(name, wrapped) ?? page.trustedTypes?.createPolicy(name, wrapped) ?? wrapped;
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) applyKept(node);
  }).observe(document, { childList: true, subtree: true });
  return asked;
}

/** Texts of a user are escaped in this markup, so that ` style="` only stands where Monaco put it. */
const withoutStyles = (markup: string): string => markup.replaceAll(' style="', ` ${KEPT}="`);

function applyKept(element: Element): void {
  if (element.hasAttribute(KEPT)) applyStyle(element);
  for (const inner of element.querySelectorAll(`[${KEPT}]`)) applyStyle(inner);
}

function applyStyle(element: Element): void {
  const { style } = element as HTMLElement;
  for (const part of (element.getAttribute(KEPT) ?? '').split(';')) {
    const colon = part.indexOf(':');
    const name = part.slice(0, colon).trim();
    // What Monaco has set itself in the meantime is newer.
    if (colon > 0 && style.getPropertyValue(name) === '') style.setProperty(name, part.slice(colon + 1).trim());
  }
  element.removeAttribute(KEPT);
}

/**
 * What is made as a style element from now on is an element of another name that feeds a constructed sheet: the policy would refuse a style element
 * even while it is empty.
 */
function hookStyleElements(): void {
  const make = document.createElement.bind(document);
  document.createElement = ((tag: string, options?: ElementCreationOptions) =>
    tag.toLowerCase() === 'style' ? constructed(make('velo-style')) : make(tag, options)) as typeof document.createElement;
}

/** An element with as much of a style element as its makers use: text, sheet, type, media, and being taken away. */
function constructed(element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  const homes = new Set<Document | ShadowRoot>();
  let text = '';
  const adopt = (): void => {
    const at = element.getRootNode();
    const home = at instanceof ShadowRoot ? at : document;
    if (homes.has(home)) return;
    homes.add(home);
    home.adoptedStyleSheets = [...home.adoptedStyleSheets, sheet];
  };
  const remove = element.remove.bind(element);
  element.hidden = true;
  adopt();
  Object.defineProperties(element, {
    type: { value: 'text/css', writable: true },
    media: { value: 'screen', writable: true },
    sheet: { get: () => sheet },
    textContent: {
      get: () => text,
      set(value: string | null) {
        text = value ?? '';
        sheet.replaceSync(text);
        adopt();
      },
    },
    remove: {
      value() {
        for (const home of homes) home.adoptedStyleSheets = home.adoptedStyleSheets.filter((each) => each !== sheet);
        homes.clear();
        remove();
      },
    },
  });
  return element;
}
