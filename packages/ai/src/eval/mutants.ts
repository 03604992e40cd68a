/** Queries that are nearly the gold one and must not count as right: a lost filter, another aggregate, another window. */
export function mutantsOf(gold: string): string[] {
  const out: string[] = [];
  const add = (sql: string): void => {
    if (sql !== gold && !out.includes(sql)) out.push(sql);
  };
  add(gold.replace(/ WHERE .*?(?= GROUP BY| WINDOW| HAVING| ORDER BY| LIMIT| EMIT|$)/, ''));
  add(gold.replace(/ HAVING .*?(?= ORDER BY| LIMIT| EMIT|$)/, ''));
  add(
    gold.replace(
      /( HAVING .*?[^<>!=])(<|>)(=?)(?= )/,
      (_, head: string, sign: string, equal: string) => `${head}${sign}${equal === '' ? '=' : ''}`,
    ),
  );
  add(/\bAVG\(/.test(gold) ? gold.replace(/\bAVG\(/, 'MAX(') : gold.replace(/\bSUM\((?!CASE)/, 'AVG('));
  add(gold.replace(/\bMAX\(/, 'MIN('));
  add(gold.replace(/(TUMBLING|SESSION)\((\d+)/, (_, kind: string, n: string) => `${kind}(${Number(n) * 2}`));
  add(gold.replace(/SLIDING\((\d+)(\w+), /, (_, n: string, unit: string) => `SLIDING(${Number(n) * 2}${unit}, `));
  add(gold.replace(/LIMIT (\d+)/, (_, n: string) => `LIMIT ${Number(n) + 1}`));
  add(gold.replace(/ DESC LIMIT/, ' ASC LIMIT'));
  add(gold.replace(/COUNT\(\*\) (\w+) FROM (\w+)$/, 'COUNT(*) + 1 $1 FROM $2'));
  add(gold.replace(/GROUP BY (\w+(?:\.\w+)?)(?=,)/, 'GROUP BY'));
  if (!/LAG\(/.test(gold)) add(gold.replace(/BUFFER (\d+) ROWS/, (_, n: string) => `BUFFER ${Number(n) + 3} ROWS`));
  add(gold.replace(/COUNT\(DISTINCT (\w+(?:\.\w+)?)\)/, 'COUNT(*)'));
  add(gold.replace(/= '([^']*)'/, "!= '$1'"));
  return out.filter((sql) => !/GROUP BY ,/.test(sql)).slice(0, 6);
}
