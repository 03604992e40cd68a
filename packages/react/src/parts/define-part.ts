// biome-ignore-all lint/correctness/noComponentHookFactories: called once per module, when it loads
import { type ForwardRefExoticComponent, forwardRef, type PropsWithoutRef, type ReactNode, type RefAttributes } from 'react';
import { type OwnProps, type PartProps, type PartTag, renderPart } from './render-part.ts';

export type Part<Tag extends PartTag, State, Extra = object> = ForwardRefExoticComponent<
  PropsWithoutRef<PartProps<Tag, State> & Extra> & RefAttributes<HTMLElementTagNameMap[Tag]>
>;

export interface PartDefinition<Tag extends PartTag, State, Extra> {
  /** `TopicList.Table`, as developer tools and errors call it. */
  readonly name: string;
  readonly tag: Tag;
  /** The state it shows, from the Root around it. */
  readonly use: (part: string) => State;
  /** Its own attributes and default content; `null` while there is nothing to show. */
  readonly own: (state: State, props: Extra) => OwnProps<Tag> | null;
  /** Names of props that `own` reads and that the element must not get. */
  readonly takes?: readonly (keyof Extra & string)[];
}

/** Makes a part: a component with a ref, `className`, `style` and `render` that draws what its Root knows. */
export function definePart<Tag extends PartTag, State, Extra = object>({
  name,
  tag,
  use,
  own,
  takes = [],
}: PartDefinition<Tag, State, Extra>): Part<Tag, State, Extra> {
  const Component = forwardRef<HTMLElementTagNameMap[Tag], PartProps<Tag, State> & Extra>((props, ref): ReactNode => {
    const state = use(name);
    const described = own(state, props as Extra);
    if (!described) return null;
    const given: Record<string, unknown> = { ...props };
    for (const key of takes) delete given[key];
    return renderPart(tag, given as PartProps<Tag, State>, described, { state, ref });
  });
  Component.displayName = name;
  // `forwardRef` over a generic tag loses which element it is; the definition above says it.
  return Component as unknown as Part<Tag, State, Extra>;
}
