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

/** Draws a part: what it says about its state first, then what the user passed, which wins. */
export function renderPart<Tag extends PartTag, State>(
  tag: Tag,
  { render, ...given }: PartProps<Tag, State>,
  own: OwnProps<Tag>,
  { state, ref }: { readonly state: State; readonly ref: ForwardedRef<HTMLElementTagNameMap[Tag]> },
): ReactNode {
  // TypeScript does not follow a spread over generic props; both halves are props of `tag`, so their union is too.
  const props = { ...own, ...given, ref } as unknown as ComponentPropsWithRef<Tag>;
  return render ? render(props, state) : createElement(tag as ElementType, props);
}
