// The simulated vendors as one process, told over its channel how to behave. Answers each message with what the sandbox says of the vendor.
import { startSandbox } from '../../apps/sandbox/dist/index.js';

const sandbox = await startSandbox({ mode: 'fast', seed: 1 });
const handlers = {
  /** Forgets what was, and makes one fault at every request of the vendor. No fault: it is well. */
  configure: ({ vendor, rule }) => {
    sandbox.configure({ reset: true, mode: 'fast' });
    sandbox.clear();
    if (rule) sandbox.configure({ vendor, faults: [rule] });
  },
  /** How many requests reached the vendor. */
  calls: ({ vendor }) => sandbox.status().vendors.find((one) => one.vendor === vendor).calls,
};
process.on('message', ({ id, action, ...details }) => process.send({ id, value: handlers[action](details) ?? null }));
process.on('disconnect', () => process.exit(0));
process.send({ url: sandbox.url });
