import { AuthorizationError, PermissionViolationError } from '@nats-io/transport-node';
import { AppError } from '@tecnocursos/contracts';

/** The broker refused a subject. Callers learn that something failed on our side; logs get what and whose. */
export class BusPermissionError extends AppError {
  readonly operation: 'publish' | 'subscription';
  readonly subject: string;

  constructor(readonly user: string, cause: PermissionViolationError) {
    super('internal', 'Something failed on our side; it is in our logs.', { cause });
    this.name = 'BusPermissionError';
    this.operation = cause.operation;
    this.subject = cause.subject;
    const deed = cause.operation === 'publish' ? 'publish to' : 'subscribe to';
    this.message = `The broker does not let ${user} ${deed} ${cause.subject}. What ${user} does stands in BUS_ACCESS (libs/contracts/src/bus-access.ts); a broker that was set up before takes its users anew from "npm run nats:users".`;
  }
}

/** The connection to the broker has ended for good. */
export class BusLostError extends Error {
  constructor(readonly user: string, cause: Error) {
    super(
      cause instanceof AuthorizationError
        ? `The broker does not know ${user} by the seed or token it shows. Give the NATS_NKEY_SEED_FILE (or NATS_NKEY_SEED) whose public key the broker's configuration has; "npm run nats:users" prints that configuration.`
        : `The connection of ${user} to the broker has ended for good: ${cause.message}`,
      { cause },
    );
    this.name = 'BusLostError';
  }
}

/** As it came, or what a refusal by the broker means; a request's has it as its cause. */
export function busErrorOf(error: unknown, user: string): unknown {
  const reason = error instanceof Error && error.cause instanceof PermissionViolationError ? error.cause : error;
  return reason instanceof PermissionViolationError ? new BusPermissionError(user, reason) : error;
}
