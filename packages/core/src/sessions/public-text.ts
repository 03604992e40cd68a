import { publicUri } from './public-uri.ts';

/** An address within a text; what ends a sentence does not belong to it. */
const ADDRESS = /[A-Za-z][\w+.-]{1,30}:\/\/[^\s'"`<>]{1,2000}/g;
const END = /[.,;:!?)\]}]+$/;

/** A text as stores may keep it: the addresses in it without user, password and secret parameters. */
export const publicText = (text: string): string =>
  text.replace(ADDRESS, (found) => {
    const end = END.exec(found)?.[0] ?? '';
    return publicUri(found.slice(0, found.length - end.length)) + end;
  });
