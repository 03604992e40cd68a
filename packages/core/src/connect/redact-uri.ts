import { hideInAddress, STARTS_AS_ADDRESS } from './secrets/address.ts';
import { hideInText } from './secrets/text.ts';

/**
 * A URI without what nobody may see: user and password before `@`, and the values of options that are named like secrets. In a text that is no
 * URI, those of the URIs in it.
 */
export const redactUri = (uri: string): string => (STARTS_AS_ADDRESS.test(uri) ? hideInAddress(uri, 'shown') : hideInText(uri, 'shown'));
