import { describe, expect, it } from '@jest/globals';
import { listPlansOperation } from '../billing/billing.operations.js';
import { RouteTable } from './route-table.js';

const undeclared = (method: string, url: string) => ({ method, url, handler: () => undefined });
const route = (method: string, url: string) => ({ ...undeclared(method, url), config: { operation: listPlansOperation } });

describe('RouteTable', () => {
  it('stops the start when a route is no declared operation', () => {
    expect(() => new RouteTable().add(undeclared('GET', '/open'))).toThrow('GET /open is not a declared operation');
  });

  it('knows the methods of a path, and HEAD is no route of its own', () => {
    const table = new RouteTable();
    for (const [method, url] of [['GET', '/a/:some_id'], ['HEAD', '/a/:some_id'], ['PUT', '/files/*']] as const) table.add(route(method, url));
    expect(table.methodsOf('/a/1')).toEqual(['GET', 'HEAD']);
    expect(table.methodsOf('/a/1/b')).toEqual([]);
    expect(table.methodsOf('/files/x/y')).toEqual(['PUT']);
    expect(table.list()).toEqual(['GET /a/:some_id', 'PUT /files/*']);
  });
});
