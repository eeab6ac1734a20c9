/**
 * Ids of tool calls. Gemini may give a call no id, and a signature of its thoughts that it wants back with the call; the house knows one opaque id. So the id
 * carries both: `<id>#<signature>`, where an id of ours begins so that it is not sent back.
 */
const OWN_PREFIX = 'gemini-call-';
const SIGNED = /^(.*)#([A-Za-z0-9+/_=-]{8,})$/s;

export interface GeminiCallId {
  readonly id?: string;
  readonly thoughtSignature?: string;
}

/** `place`: unique among the calls of a conversation. */
export function houseCallId({ id, thoughtSignature }: GeminiCallId, place: string): string {
  const plain = id ?? `${OWN_PREFIX}${place}`;
  return thoughtSignature === undefined ? plain : `${plain}#${thoughtSignature}`;
}

export function geminiCallId(houseId: string): GeminiCallId {
  const signed = SIGNED.exec(houseId);
  const id = signed?.[1] ?? houseId;
  const thoughtSignature = signed?.[2];
  return { ...(id.startsWith(OWN_PREFIX) ? {} : { id }), ...(thoughtSignature !== undefined && { thoughtSignature }) };
}
