export { backgroundContext, currentContext, HEADER, runInContext, type CallContext } from './call-context.js';
export { connectBus, type BusConnection, type BusOptions } from './connection.js';
export { RpcClient, type CallOptions } from './rpc-client.js';
export { RpcHandler, RpcServer, StreamHandler, type RpcServerOptions } from './rpc-server.js';
export { DurablePublisher, ensureStream, STREAMS, type DurableMessage, type PayloadOf, type StreamDefinition } from './durable-stream.js';
export { JobWorker, type JobOutcome, type JobWorkerOptions } from './job-worker.js';
export { OutboxRelay, type OutboxStore } from './outbox-relay.js';
export { eraseMessages, type KeptMessage, type MessageErasure } from './message-erasure.js';
export { forgetEverywhere, onForget, type Forgetting } from './memory-forgetting.js';
