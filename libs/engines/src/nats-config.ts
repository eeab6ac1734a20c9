/** A client of the broker, by the public half of its key. */
export interface NatsUser {
  /** Stands beside the key, for whoever reads the configuration. */
  readonly name: string;
  readonly publicKey: string;
  readonly permissions: { readonly publish: readonly string[]; readonly subscribe: readonly string[] };
}

/** Paths of PEM files. */
export interface NatsServerTls {
  readonly certFile: string;
  readonly keyFile: string;
  /** Clients must show a certificate of this authority. */
  readonly clientCaFile?: string;
}

/** `authorization { … }` of a nats-server's configuration, 2.9 and later. No secret is in it. */
export function natsAuthorization(users: readonly NatsUser[]): string {
  return `authorization {\n  users: [\n${users.map(userEntry).join('')}  ]\n}\n`;
}

/** `tls { … }` of a nats-server's configuration. */
export function natsTls({ certFile, keyFile, clientCaFile }: NatsServerTls): string {
  const client = clientCaFile === undefined ? '' : `  ca_file: ${quoted(clientCaFile)}\n  verify: true\n`;
  return `tls {\n  cert_file: ${quoted(certFile)}\n  key_file: ${quoted(keyFile)}\n${client}}\n`;
}

export const quoted = (text: string): string => JSON.stringify(text);

const userEntry = ({ name, publicKey, permissions }: NatsUser): string => `    # ${name}
    { nkey: ${quoted(publicKey)}, permissions: {
      publish: { allow: ${list(permissions.publish)} }
      subscribe: { allow: ${list(permissions.subscribe)} }
    } }
`;

const list = (subjects: readonly string[]): string => `[\n${subjects.map((subject) => `        ${quoted(subject)}\n`).join('')}      ]`;
