import { describe, expect, it } from 'vitest';
import { readEventData } from './server-sent-events.js';

async function read(...pieces: (string | Uint8Array)[]): Promise<string[][]> {
  const body = (async function* () {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  })();
  const batches: string[][] = [];
  for await (const batch of readEventData(body)) batches.push(batch);
  return batches;
}

describe('server-sent events', () => {
  it('come together when they arrived together', async () => {
    expect(await read('data: 1\n\ndata: 2\n\n', 'data: 3\n\n')).toEqual([['1', '2'], ['3']]);
  });

  it('may be cut anywhere, within a letter too', async () => {
    const bytes = Buffer.from('data: água\n\n');
    expect(await read(bytes.subarray(0, 7), bytes.subarray(7, 12), bytes.subarray(12))).toEqual([['água']]);
    expect(await read('da', 'ta: a\n', '\ndata: b\n\n')).toEqual([['a', 'b']]);
  });

  it('have several lines, other fields, comments, and either end of line', async () => {
    expect(await read(': hello\n\nevent: x\nid: 1\ndata: a\ndata:b\n\nretry: 5\n\n')).toEqual([['a\nb']]);
    expect(await read('data: a\r\n\r', '\ndata: b\r\n\r\n')).toEqual([['a', 'b']]);
  });

  it('are none until they are ended', async () => {
    expect(await read('data: 1\n\ndata: half')).toEqual([['1']]);
  });
});
