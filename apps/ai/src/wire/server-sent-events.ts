/**
 * The data of server-sent events, as many together as came together (https://html.spec.whatwg.org/multipage/server-sent-events.html). Comments and all fields but
 * `data` are passed over; an event that was not ended by an empty line is none.
 */
export async function* readEventData(body: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true }).replaceAll('\r', '');
    const end = rest.lastIndexOf('\n\n');
    if (end === -1) continue;
    const events = rest.slice(0, end).split('\n\n').map(dataOf).filter((data) => data !== '');
    rest = rest.slice(end + 2);
    if (events.length > 0) yield events;
  }
}

const dataOf = (event: string): string =>
  event.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(line[5] === ' ' ? 6 : 5)).join('\n');
