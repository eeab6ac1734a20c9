// The operations of our own OpenAPI document, in the form that checks want them.
const METHODS = ['get', 'post', 'put', 'delete'];

/** @returns {{ id: string, method: string, path: string, access: string, parameters: object[], body: object | undefined, form: object | undefined, example: unknown, responses: object }[]} */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) => METHODS.filter((method) => item[method]).map((method) => {
    const operation = item[method];
    const content = operation.requestBody?.content ?? {};
    return {
      id: operation.operationId, method: method.toUpperCase(), path, tag: operation.tags[0], access: accessOf(operation), parameters: operation.parameters ?? [],
      body: content['application/json']?.schema, form: content['multipart/form-data']?.schema, example: content['application/json']?.example, responses: operation.responses,
    };
  }));
}

function accessOf({ security, 'x-required-permission': permission }) {
  if (permission !== undefined) return permission;
  return security?.length === 0 ? 'public' : 'account';
}

/** `GET /api/courses/:course_id` of the router, as the document writes it. */
export const asDocumented = (route) => route.replace(/:([a-z_]+)/g, '{$1}').replace(/\*$/, '{path}');

export const withParameters = (path, values) => path.replace(/\{([a-z_]+)\}/g, (_whole, name) => encodeURIComponent(values(name)));
