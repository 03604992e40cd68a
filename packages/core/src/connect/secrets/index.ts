export { type AddressPlace, decoded, hideInAddress, isSecretValue, STARTS_AS_ADDRESS, WITHHELD } from './address.ts';
export { isSecretColumn, isSecretName } from './secret-name.ts';
export { hideInText } from './text.ts';
