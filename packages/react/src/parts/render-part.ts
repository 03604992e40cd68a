import {
  type ComponentPropsWithoutRef,
  type ComponentPropsWithRef,
  createElement,
  type ElementType,
  type ForwardedRef,
  type ReactNode,
} from 'react';

type PartTag = 'section' | 'table' | 'p' | 'div';

/**
 * Props of a part: those of its element, with `className`, `style` and a ref as usual.
 * `render` replaces the element: it gets the props (ref included) that the part would have used, and the state it shows.
 */
export type PartProps<Tag extends PartTag, State> = ComponentPropsWithoutRef<Tag> & {
  readonly render?: ((props: ComponentPropsWithRef<Tag>, state: State) => ReactNode) | undefined;
};

/** Draws a part: what it says about its state first, then what the user passed, which wins. */
export function renderPart<Tag extends PartTag, State>(
  tag: Tag,
  { render, ...given }: PartProps<Tag, State>,
  own: ComponentPropsWithoutRef<Tag> & { readonly [data: `data-${string}`]: string | undefined },
  { state, ref }: { readonly state: State; readonly ref: ForwardedRef<HTMLElementTagNameMap[Tag]> },
): ReactNode {
  // TypeScript does not follow a spread over generic props; both halves are props of `tag`, so their union is too.
  const props = { ...own, ...given, ref } as unknown as ComponentPropsWithRef<Tag>;
  return render ? render(props, state) : createElement(tag as ElementType, props);
}
