import type { SimulatedRequest } from '../simulator/vendor-simulator.js';

/** The fields of a multipart form; undefined when the body is none. */
export async function readMultipart({ body, headers }: Pick<SimulatedRequest, 'body' | 'headers'>): Promise<FormData | undefined> {
  const type = headers['content-type'];
  if (type === undefined || !type.startsWith('multipart/form-data')) return undefined;
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return undefined;
  }
}

/** Bytes of a file field; undefined when it is missing or a text. */
export async function fileOf(form: FormData, name: string): Promise<{ bytes: Buffer; type: string; fileName: string } | undefined> {
  const value = form.get(name);
  return value instanceof Blob ? { bytes: Buffer.from(await value.arrayBuffer()), type: value.type, fileName: (value as File).name } : undefined;
}
