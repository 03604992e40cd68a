import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, { readonly content: object }>> }>>>
  >;
}

/** Holds answers to what an OpenAPI document says of them; what is wrong, else nothing. */
export function answerChecker(openapi: object): (method: string, path: string, status: number, body: unknown) => readonly string[] {
  const document = openapi as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  const known = new Map<string, ValidateFunction>();
  const paths = Object.keys(document.paths)
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`), holes: path.split('{').length }))
    .toSorted((a, b) => a.holes - b.holes);
  const schemaOf = (method: string, path: string, status: number): string | undefined => {
    const { pathname } = new URL(path, 'http://studio.test');
    const found = paths.find((p) => p.pattern.test(pathname) && document.paths[p.path]?.[method.toLowerCase()]);
    const responses = found && document.paths[found.path]?.[method.toLowerCase()]?.responses;
    if (!found || !responses) return undefined;
    const code = String(status) in responses ? String(status) : 'default';
    const keys = ['paths', found.path, method.toLowerCase(), 'responses', code, 'content', 'application/json', 'schema'];
    return `openapi#/${keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
  };
  return (method, path, status, body) => {
    const ref = schemaOf(method, path, status);
    if (ref === undefined) return ['the document does not know this route'];
    const validate = known.get(ref) ?? ajv.compile({ $ref: ref });
    known.set(ref, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message} ${JSON.stringify(e.params)}`);
  };
}
