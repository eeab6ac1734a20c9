import { PERMISSIONS } from '@tecnocursos/contracts';
import type { RouteOptions } from 'fastify';
import type { OperationDefinition } from './operation.js';

interface Entry {
  readonly method: string;
  readonly url: string;
  readonly pattern: RegExp;
}

/** What Fastify was told to route. A route that is no declared operation stops the start: nothing is open by accident. */
export class RouteTable {
  private readonly entries: Entry[] = [];

  add(route: RouteOptions): void {
    const operation: OperationDefinition | undefined = route.config?.operation;
    for (const method of [route.method].flat()) {
      if (isPreflight(method, route.url)) continue;
      if (!operation) throw new Error(`${method} ${route.url} is not a declared operation: use @Operation`);
      if (!declaresAccess(operation)) throw new Error(`${method} ${route.url} does not say who may call it: give it a permission, or access "public" or "account"`);
      this.entries.push({ method, url: route.url, pattern: patternOf(route.url) });
    }
  }

  /** Methods that a path is served under; empty when it is not served at all. */
  methodsOf(path: string): string[] {
    return [...new Set(this.entries.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort();
  }

  /** `GET /api/courses/:course_id` and so on, `HEAD` left out. */
  list(): string[] {
    return this.entries.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`).sort();
  }
}

/** Checked beside the types, which a cast can get around: what nobody is named for, nobody may call. */
const declaresAccess = ({ permission, access }: OperationDefinition): boolean =>
  permission === undefined ? access === 'public' || access === 'account' : PERMISSIONS.includes(permission) && access === undefined;

/** The one route of @fastify/cors. */
const isPreflight = (method: string, url: string): boolean => method === 'OPTIONS' && url === '*';

function patternOf(url: string): RegExp {
  const source = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:[a-z_]+/g, '[^/]+').replace(/\*/g, '.*');
  return new RegExp(`^${source}/?$`);
}
