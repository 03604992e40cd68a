import { hideInText } from '../connect/secrets/index.ts';

/** A text as stores may keep it: the addresses in it without user, password and secret parameters. */
export const publicText = (text: string): string => hideInText(text, 'listed');
