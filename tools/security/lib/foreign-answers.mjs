// What the id of another tenant's thing is answered with: as if there were no such thing. Those that end or delete say that there was nothing to end.
const NOTHING_TO_DO = new Map([
  ['revokeSession', [200]], // {"revoked": false}: the session is none of the account's
  ['unlinkIdentity', [200]], // {"removed": false}, for the same reason
]);

export const foreignAnswer = (operationId) => NOTHING_TO_DO.get(operationId) ?? [404];

/** A tenant in a body is a surplus field. OpenAI's clients send fields that only they know, so that chat drops them: the tenant is that of the key all the same. */
const DROPS_SURPLUS = new Set(['createChatCompletion']);

export const foreignBodyAnswer = (operationId) => (DROPS_SURPLUS.has(operationId) ? [200] : [400, 404]);
