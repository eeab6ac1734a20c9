// What the id of another tenant's thing is answered with: as if there were no such thing. Those that end or delete say that there was nothing to end.
const NOTHING_TO_DO = new Map([
  ['revokeSession', [200]], // {"revoked": false}: the session is none of the account's
]);

export const foreignAnswer = (operationId) => NOTHING_TO_DO.get(operationId) ?? [404];
