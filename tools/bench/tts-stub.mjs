// A vendor of speech as ElevenLabs speaks: answers with the same second of sound, at once or after a while. Told by its channel to begin anew: `{ delayMs }`; answers any
// message with what it counted until then.
import { createServer } from 'node:http';

const RATE = 24_000;
const samples = Buffer.alloc(RATE * 2);
for (let at = 0; at < RATE; at += 1) samples.writeInt16LE(Math.round(8_000 * Math.sin((2 * Math.PI * 220 * at) / RATE)), at * 2);
const body = Buffer.from(JSON.stringify({ audio_base64: samples.toString('base64'), alignment: null, normalized_alignment: null }));
let delayMs = 0;
let counts = { calls: 0, atWork: 0, mostAtWork: 0 };

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const own = counts;
    own.calls += 1;
    own.atWork += 1;
    own.mostAtWork = Math.max(own.mostAtWork, own.atWork);
    const answer = () => {
      own.atWork -= 1;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    };
    if (delayMs === 0) answer();
    else setTimeout(answer, delayMs);
  });
});
server.keepAliveTimeout = 60_000;
process.on('message', (message) => {
  const before = counts;
  counts = { calls: 0, atWork: 0, mostAtWork: 0 };
  delayMs = message.delayMs ?? 0;
  process.send(before);
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
