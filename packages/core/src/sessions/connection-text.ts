const HOST = /(?<![\w.])(?:host|hostaddr|server|data source|addr|address)\s{0,2}=\s{0,2}(?:tcp:)?['"{]?([^\s;'"{},]+)/i;
const PORT = /(?<![\w.])port\s{0,2}=\s{0,2}['"]?(\d+)/i;
const USER = /(?<![\w.])(?:user|user id|uid|username)\s{0,2}=\s{0,2}['"{]?([^\s;'"{}]+)/i;
/** The mark as the value of a pair, with the quotes around it. */
const MARK = /=(\s{0,2})(['"{]?)\[redacted\](['"}]?)/g;

/** Where a connection string such as `host=… user=… password=[redacted]` connects to; undefined for any other text. */
export function connectionTextPlace(text: string): { readonly uri: string; readonly user?: string } | undefined {
  const host = HOST.exec(text)?.[1];
  if (host === undefined || text.search(MARK) < 0) return undefined;
  const port = PORT.exec(text)?.[1];
  const user = USER.exec(text)?.[1];
  return { uri: `any://${host}${port === undefined ? '' : `:${port}`}`, ...(user === undefined ? {} : { user }) };
}

/** A connection string with a password in place of its mark, quoted as it is there. */
export function filledConnectionText(text: string, [password]: readonly string[]): string | undefined {
  if (password === undefined) return undefined;
  return text.replaceAll(MARK, (_, gap: string, open: string) => {
    if (open === '{') return `=${gap}{${password.replaceAll('}', '}}')}}`;
    if (open === '"') return `=${gap}"${password.replaceAll('"', '""')}"`;
    if (open === '' && /^[^\s;'"\\]+$/.test(password)) return `=${gap}${password}`;
    return `=${gap}'${password.replace(/[\\']/g, '\\$&')}'`;
  });
}
