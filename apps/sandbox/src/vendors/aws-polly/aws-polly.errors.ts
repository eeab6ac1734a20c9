import type { SimulatedResponse, WordedFault } from '../../simulator/vendor-simulator.js';
import type { SignatureVerdict } from './signature-v4.js';

export const exception = (status: number, name: string, message: string): SimulatedResponse => ({ status, headers: { 'x-amzn-errortype': name }, body: { message } });

const SIGNATURES: Readonly<Record<Exclude<SignatureVerdict, { ok: true }>['reason'], SimulatedResponse>> = {
  missing: exception(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  incomplete: exception(403, 'IncompleteSignatureException', 'Authorization header requires Credential, SignedHeaders, Signature and a date.'),
  unknown_key: exception(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
  wrong_scope: exception(403, 'InvalidSignatureException', 'Credential should be scoped to correct service.'),
  expired: exception(403, 'InvalidSignatureException', 'Signature expired.'),
  mismatch: exception(403, 'InvalidSignatureException', 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.'),
};

export const signatureRefusal = (verdict: SignatureVerdict): SimulatedResponse | undefined => (verdict.ok ? undefined : SIGNATURES[verdict.reason]);

/** What the service says when it fails so. */
export function failPolly(fault: WordedFault): SimulatedResponse {
  switch (fault) {
    case 'unauthorized':
      return SIGNATURES.unknown_key;
    case 'quota_exhausted':
      return exception(402, 'ServiceQuotaExceededException', 'The quota of the account is exceeded.');
    case 'rate_limited':
      return exception(400, 'ThrottlingException', 'Rate exceeded');
    case 'server_error':
      return exception(500, 'ServiceFailureException', 'An unknown condition has caused a service failure.');
    case 'unavailable':
      return exception(503, 'ServiceUnavailable', 'Service Unavailable');
    case 'error_in_success':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>503 Service Unavailable</h1></body></html>' };
    case 'empty_answer':
      return { status: 200, headers: { 'content-type': 'audio/mpeg', 'x-amzn-requestcharacters': '0' }, body: Buffer.alloc(0) };
  }
}
