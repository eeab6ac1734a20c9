// The same answer from a bare NATS subscription. Argument: url of the broker.
import { connect } from '@nats-io/transport-node';
import { PLANS_REPLY } from './bare-plans.mjs';

const connection = await connect({ servers: process.argv[2] });
connection.subscribe('bare.plans', {
  callback: (_error, message) => {
    const { feature } = message.json();
    message.respond(JSON.stringify({ plans: PLANS_REPLY.plans.filter(({ features }) => feature === undefined || features.includes(feature)) }));
  },
});
await connection.flush();
process.send('ready');
