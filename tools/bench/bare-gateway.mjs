// The same trip built of bare Fastify and nats.js: API key, validated query, request over NATS. Arguments: broker, API key.
import { createHash } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import Fastify from 'fastify';

const [url, apiKey] = process.argv.slice(2);
const connection = await connect({ servers: url });
const keys = new Map([[createHash('sha256').update(apiKey).digest('hex'), 'tenant']]);
const app = Fastify();
const querystring = { type: 'object', additionalProperties: false, properties: { feature: { enum: ['premium_voices', 'avatar'] } } };
app.get('/api/plans', { schema: { querystring } }, async (request, reply) => {
  const key = createHash('sha256').update((request.headers.authorization ?? '').slice(7)).digest('hex');
  if (!keys.has(key)) return reply.code(401).send({});
  const answer = await connection.request('bare.plans', JSON.stringify(request.query), { timeout: 5_000 });
  return answer.json();
});
await app.listen({ port: 0, host: '127.0.0.1' });
process.send({ url: `http://127.0.0.1:${app.server.address().port}` });
