import { type ComponentPropsWithoutRef, forwardRef } from 'react';
import { exactTime, relativeTime } from './time-text.ts';
import { useNow } from './use-now.ts';

/** How long ago something was, with the exact time in `title`. On a server it is the exact time. */
export const TimeAgo = forwardRef<HTMLTimeElement, ComponentPropsWithoutRef<'time'> & { readonly at: number }>(function TimeAgo(
  { at, ...props },
  ref,
) {
  const now = useNow();
  const exact = `${exactTime(at)} UTC`;
  return (
    <time dateTime={exactTime(at).replace(' ', 'T')} title={exact} {...props} ref={ref}>
      {now === null ? exact : relativeTime(at, now)}
    </time>
  );
});
