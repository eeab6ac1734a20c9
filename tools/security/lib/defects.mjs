// Defects that a check must notice, planted into the running code of this process. Nothing of them is in what is built.
const internals = (app, path) => import(new URL(`../../../apps/${app}/dist/${path}`, import.meta.url));

const DEFECTS = {
  /** Claims are believed whoever signed them. */
  async 'unsigned-tokens'() {
    const { AuthenticatorService } = await internals('gateway', 'access/authenticator.service.js');
    const { ROLE_PERMISSIONS } = await import('@tecnocursos/contracts');
    AuthenticatorService.prototype.bySession = async function (token) {
      const { sub, tenant, sid, role } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
      return { caller: { tenantId: tenant, role, permissions: new Set(ROLE_PERMISSIONS[role]), mode: 'live', actor: { type: 'account', id: sub }, session: { accountId: sub, sessionId: sid } }, expiresAt: Infinity };
    };
  },
  /** Whoever is known may everything. */
  async 'no-permissions'() {
    const { AuthenticatorService } = await internals('gateway', 'access/authenticator.service.js');
    const { PERMISSIONS } = await import('@tecnocursos/contracts');
    const { verify, recall } = AuthenticatorService.prototype;
    const almighty = (caller) => caller && { ...caller, permissions: new Set(PERMISSIONS) };
    AuthenticatorService.prototype.verify = async function (introduction) {
      return almighty(await verify.call(this, introduction));
    };
    // Who was seen lately is remembered as they are.
    AuthenticatorService.prototype.recall = function (authorization) {
      return almighty(recall.call(this, authorization));
    };
  },
  /** The courses service forgets whose course it is asked for. */
  async 'foreign-courses'() {
    const { BusService } = await internals('gateway', 'bus/bus.service.js');
    const { call } = BusService.prototype;
    let first;
    BusService.prototype.call = function (contract, request, options) {
      const { currentContext } = DEFECTS.messaging;
      if (contract.subject.startsWith('courses.course.create')) first ??= currentContext()?.tenantId;
      return call.call(this, contract, request, contract.subject.startsWith('courses.course.get') && first ? { ...options, tenantId: first } : options);
    };
  },
  /** Something is read of what is not there, when a request for a course is long. */
  async 'breaks-on-long'() {
    const { BusService } = await internals('gateway', 'bus/bus.service.js');
    const { call } = BusService.prototype;
    BusService.prototype.call = function (contract, request, options) {
      if (contract.subject.startsWith('courses.') && JSON.stringify(request).length > 100) throw new TypeError('Cannot read properties of undefined');
      return call.call(this, contract, request, options);
    };
  },
  /** A list of keys comes in a form that nobody documented. */
  async 'other-shape'() {
    const { BusService } = await internals('gateway', 'bus/bus.service.js');
    const { call } = BusService.prototype;
    BusService.prototype.call = async function (contract, request, options) {
      const reply = await call.call(this, contract, request, options);
      return contract.subject.startsWith('identity.api-key.list') ? { ...reply, api_keys: [{}] } : reply;
    };
  },
  /** A gateway that stops waits for nobody: neither for the balancer to notice, nor for requests under way. */
  async 'no-drain'() {
    const { Drain } = await internals('gateway', 'http/drain.js');
    Drain.prototype.idle = async () => undefined;
  },
  async 'no-scrubbing'() {
    const { liveSecrets } = await import('@tecnocursos/nest-kit');
    liveSecrets.scrub = (line) => line;
  },
};

/** Arguments of Node for a process that is to start with a defect in it. */
export const plantedBy = (name) => (name === undefined ? [] : ['--import', `data:text/javascript,import { plant } from ${JSON.stringify(import.meta.url)}; await plant(${JSON.stringify(name)});`]);

export async function plant(name) {
  if (name === undefined) return;
  const defect = DEFECTS[name];
  if (!defect) throw new Error(`There is no defect "${name}"; there are ${Object.keys(DEFECTS).join(', ')}`);
  Object.defineProperty(DEFECTS, 'messaging', { value: await import('@tecnocursos/messaging'), enumerable: false });
  await defect();
}
