const SECRET_HEADERS = new Set([
  'authorization', 'proxy-authorization', 'x-api-key', 'x-goog-api-key', 'xi-api-key', 'api-key', 'ocp-apim-subscription-key', 'x-auth-token',
  'x-picpay-token', 'x-seller-token', 'dd-api-key', 'dd-application-key', 'cookie', 'set-cookie', 'x-amz-security-token',
]);
const SECRET_NAME = '(?:key|api_?key|access_?key|access_?token|refresh_?token|id_?token|auth_?token|client_?secret|secret|password|signature|sig)';
const IN_QUERY = new RegExp(`([?&]${SECRET_NAME}=)([^&#\\s]*)`, 'gi');
const IN_FORM = new RegExp(`((?:^|&)${SECRET_NAME}=)([^&\\s]*)`, 'gi');
const IN_JSON = new RegExp(`("${SECRET_NAME}"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'gi');
const SUFFIX_LENGTH = 4;
/** A shorter secret would be half told by its suffix. */
const LENGTH_WITH_SUFFIX = 12;

/** `***abcd`: enough to tell two keys apart, too little to use one. */
export function maskSecret(secret: string): string {
  return secret.length < LENGTH_WITH_SUFFIX ? '***' : `***${secret.slice(-SUFFIX_LENGTH)}`;
}

/** Values of headers that carry credentials keep their scheme (`Bearer`) and a suffix. */
export function maskHeader(name: string, value: string): string {
  if (!SECRET_HEADERS.has(name)) return value;
  const scheme = /^(?:Bearer|Basic|Key|Token|Bot)(?= )/i.exec(value)?.[0];
  return scheme === undefined ? maskSecret(value) : `${scheme} ${maskSecret(value.slice(scheme.length + 1))}`;
}

export function maskPath(path: string): string {
  return path.includes('?') ? path.replace(IN_QUERY, (_whole, name: string, value: string) => name + maskSecret(value)) : path;
}

/** Secrets in the fields of JSON and of forms; other text stays as it is. */
export function maskBody(text: string): string {
  const masked = text.replace(IN_JSON, (_whole, name: string, value: string) => name + maskSecret(value));
  return masked.startsWith('{') || masked.startsWith('[') ? masked : masked.replace(IN_FORM, (_whole, name: string, value: string) => name + maskSecret(value));
}
