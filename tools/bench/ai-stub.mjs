// A vendor that answers chat completions at once, or after a while. Arguments: milliseconds to wait (0).
import { createServer } from 'node:http';

const delayMs = Number(process.argv[2] ?? 0);
const USAGE = { prompt_tokens: 24, completion_tokens: 16, total_tokens: 40, prompt_tokens_details: { cached_tokens: 0 } };
const WORDS = 'A fotossíntese é o processo em que a planta transforma luz em alimento.'.split(' ');
const base = { id: 'chatcmpl-bench', created: 1_790_000_000, model: 'gpt-6.1-terra' };
const whole = Buffer.from(JSON.stringify({
  ...base, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: WORDS.join(' '), refusal: null }, logprobs: null, finish_reason: 'stop' }], usage: USAGE,
}));
const chunk = (delta, finish = null, usage) => `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: usage ? [] : [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...(usage && { usage }) })}\n\n`;
const parts = [chunk({ role: 'assistant', content: '' }), ...WORDS.map((word) => chunk({ content: `${word} ` })), chunk({}, 'stop'), chunk({}, null, USAGE), 'data: [DONE]\n\n'];
const counts = { calls: 0 };

const answer = (response, streams) => {
  counts.calls += 1;
  if (!streams) return response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length, 'x-request-id': 'req_bench' }).end(whole);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const part of parts) response.write(part);
  return response.end();
};

const server = createServer((request, response) => {
  if (request.method === 'GET') return response.end(JSON.stringify(counts));
  const chunks = [];
  request.on('data', (data) => chunks.push(data));
  request.on('end', () => {
    const streams = Buffer.concat(chunks).includes('"stream":true');
    if (delayMs === 0) answer(response, streams);
    else setTimeout(answer, delayMs, response, streams);
  });
  return undefined;
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
