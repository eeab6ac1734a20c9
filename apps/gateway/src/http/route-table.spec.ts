import { describe, expect, it } from 'vitest';
import { listPlansOperation } from '../billing/billing.operations.js';
import type { OperationDefinition } from './operation.js';
import { RouteTable } from './route-table.js';

const undeclared = (method: string, url: string) => ({ method, url, handler: () => undefined });
const route = (method: string, url: string) => ({ ...undeclared(method, url), config: { operation: listPlansOperation } });

describe('RouteTable', () => {
  it('stops the start when a route is no declared operation', () => {
    expect(() => new RouteTable().add(undeclared('GET', '/open'))).toThrow('GET /open is not a declared operation');
  });

  it.each([{ permission: undefined }, { permission: 'everything' }, { access: 'everybody' }, { access: 'public', permission: 'courses:read' }])('stops the start when it is not clear who may call: %j', (given) => {
    const { permission: _permission, ...rest } = listPlansOperation;
    expect(() => new RouteTable().add({ ...undeclared('GET', '/open'), config: { operation: { ...rest, ...given } as unknown as OperationDefinition } })).toThrow('does not say who may call it');
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
