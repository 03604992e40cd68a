import { createContext, useContext } from 'react';

/** Where menus and tooltips are put, so that they are inside the theme. */
export const ContainerContext = createContext<HTMLElement | null>(null);
export const useContainer = (): HTMLElement | null => useContext(ContainerContext);
