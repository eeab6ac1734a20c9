/**
 * Decodes text of unknown encoding: a byte order mark decides; then UTF-16 by where its zero bytes are; then UTF-8 when the
 * bytes are valid; else Windows-1252, which is Latin-1 with letters and quotes in place of control characters.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const unmarked = unmarkedUtf16(bytes);
  if (unmarked !== undefined) return new TextDecoder(unmarked).decode(bytes);
  const text = new TextDecoder('utf-8').decode(bytes);
  // A last character may be cut in half when only the head of a file is decoded.
  return text.slice(0, -1).includes('\uFFFD') ? new TextDecoder('windows-1252').decode(bytes) : text;
}

const SAMPLE_BYTES = 2_048;

/** Latin text in UTF-16 has a zero in nearly every second byte, always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  const most = sample.length * 0.35;
  if (odd > most && even === 0) return 'utf-16le';
  if (even > most && odd === 0) return 'utf-16be';
  return undefined;
}
