import { createContext, useContext } from 'react';

/** Says something to people who do not see the page. */
export type Announce = (text: string) => void;

export const AnnouncerContext = createContext<Announce>(() => {});
export const useAnnounce = (): Announce => useContext(AnnouncerContext);

/** At most one announcement in five seconds: the last one counts, older ones are out of date by then. */
export const ANNOUNCE_EVERY_MS = 5_000;
