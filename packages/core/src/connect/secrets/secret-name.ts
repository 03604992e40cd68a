/** Words that name a secret wherever they stand, and short ones that do so as words of their own. The one list of all places. */
const SECRET =
  /passw(?:or)?d|passphrase|passcode|secret(?!ar)|credential|webhook|(?:api|access|private|account|shared|encryption|signing|master|subscription|integration|keystore)[._-]?key|connection[._-]?string|user[._-]?info|token(?![a-z]|[._-]?(?:count|type|limit|length|url|uri|endpoint|field|column))|(?<![a-z])(?:user|db)?(?:pass|pwd)(?![a-z])|(?<![a-z])(?:pw|sig|signature|jaas|authori[sz]ation|bearer|cookie)(?![a-z])|(?<![a-z])auth$/;

/** Of columns, names that mean nothing else; a column `token` or `signature` may hold what anybody may see. */
const SECRET_COLUMN =
  /(?:passw(?:or)?d|passphrase|passcode|secret|(?<![a-z])pwd|(?:api|access|private|signing|encryption)_?key|(?:access|auth|api|bearer|refresh|session)_?token)$/;
const TELLS_OF_IT = /^(?:is|has|no|needs)_/;

/** `accessKey` and `ACCESS-KEY` as words of small letters. */
const words = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

/** Whether an option of this name holds a secret. */
export const isSecretName = (name: string): boolean => SECRET.test(words(name));

/** Whether what a column of this name is compared with is a secret. */
export function isSecretColumn(name: string): boolean {
  const column = words(name);
  return SECRET_COLUMN.test(column) && !TELLS_OF_IT.test(column);
}
