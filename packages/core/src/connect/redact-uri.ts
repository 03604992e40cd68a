const SECRET_NAME = /pass(word|wd)?|secret|token|api[._-]?key|access[._-]?key|credential|private[._-]?key|sasl[._-]?jaas/i;

/** Whether an option of this name holds a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/**
 * A URI without what nobody may see: user and password before `@`, and the values of options that are named like secrets. Text that is no
 * URI comes back as it is, apart from such parts.
 */
export function redactUri(uri: string): string {
  return uri
    .replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#]*@/, '$1')
    .replace(/([?&;])([^=&;]+)=([^&;]*)/g, (whole, mark: string, name: string) =>
      isSecretName(name) ? `${mark}${name}=[redacted]` : whole,
    );
}
