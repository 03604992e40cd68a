import {
  type ComponentPropsWithoutRef,
  type ComponentPropsWithRef,
  createElement,
  type ElementType,
  type ForwardedRef,
  type ReactNode,
} from 'react';

/** Elements that a part may be. */
export type PartTag =
  | 'a'
  | 'button'
  | 'code'
  | 'dd'
  | 'div'
  | 'dl'
  | 'figure'
  | 'footer'
  | 'form'
  | 'h3'
  | 'header'
  | 'iframe'
  | 'input'
  | 'li'
  | 'nav'
  | 'ol'
  | 'output'
  | 'p'
  | 'pre'
  | 'section'
  | 'select'
  | 'span'
  | 'table'
  | 'textarea'
  | 'time'
  | 'ul';

/**
 * Props of a part: those of its element, with `className`, `style` and a ref as usual.
 * `render` replaces the element: it gets the props (ref included) that the part would have used, and the state it shows.
 */
export type PartProps<Tag extends PartTag, State> = ComponentPropsWithoutRef<Tag> & {
  readonly render?: ((props: ComponentPropsWithRef<Tag>, state: State) => ReactNode) | undefined;
};

/** What a part says by itself: attributes of its element, and its state as `data-*`. */
export type OwnProps<Tag extends PartTag> = ComponentPropsWithoutRef<Tag> & {
  readonly [data: `data-${string}`]: string | number | boolean | undefined;
};

type Handler = (event: { readonly defaultPrevented?: boolean }, ...rest: readonly unknown[]) => void;

const isHandler = (name: string, value: unknown): value is Handler => /^on[A-Z]/.test(name) && typeof value === 'function';

/** Where both have a handler, both hear the event: the user's first, the part's own unless the user prevented the default. */
function bothHandlers(own: object, given: object): Record<string, Handler> {
  const both: Record<string, Handler> = {};
  for (const [name, theirs] of Object.entries(given)) {
    const ours: unknown = (own as Record<string, unknown>)[name];
    if (!isHandler(name, theirs) || !isHandler(name, ours)) continue;
    both[name] = (event, ...rest) => {
      theirs(event, ...rest);
      if (event?.defaultPrevented !== true) ours(event, ...rest);
    };
  }
  return both;
}

/** Draws a part: what it says about its state first, then what the user passed, which wins; event handlers of both are called. */
export function renderPart<Tag extends PartTag, State>(
  tag: Tag,
  { render, ...given }: PartProps<Tag, State>,
  own: OwnProps<Tag>,
  { state, ref }: { readonly state: State; readonly ref: ForwardedRef<HTMLElementTagNameMap[Tag]> },
): ReactNode {
  // TypeScript does not follow a spread over generic props; both halves are props of `tag`, so their union is too.
  const props = { ...own, ...given, ...bothHandlers(own, given), ref } as unknown as ComponentPropsWithRef<Tag>;
  return render ? render(props, state) : createElement(tag as ElementType, props);
}
