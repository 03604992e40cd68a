const SECRET_NAME = /pass(word|wd)?|secret|token|api[._-]?key|access[._-]?key|credential|private[._-]?key|sasl[._-]?jaas/i;

/** Whether an option of this name holds a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

const PARAMETER = /([?&;]|%3F|%26)((?:(?!%3D)[^=&;])+)(=|%3D)((?:(?!%26)[^&;])*)/gi;
/** The login of a URI that is the value of an option, such as that of a table for dead letters; written as it is, or percent-encoded. */
const INNER_LOGIN = /([?&;][^=&;]*=[^&;]*?(?::\/\/|%3A%2F%2F))(?:(?!%2F|%3F|%23)[^/?#&;])*(?:@|%40)/gi;

/** The options of a URI without the values of those that are named like secrets, and without logins in them. */
export const redactOptions = (uri: string): string =>
  uri
    .replace(INNER_LOGIN, '$1')
    .replace(PARAMETER, (whole, mark: string, name: string, is: string) => (isSecretName(name) ? `${mark}${name}${is}[redacted]` : whole));

/**
 * A URI without what nobody may see: user and password before `@`, and the values of options that are named like secrets. Text that is no
 * URI comes back as it is, apart from such parts.
 */
export const redactUri = (uri: string): string => redactOptions(uri.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#]*@/, '$1'));
