import { startDistributed } from './distributed.js';
import { runLauncher } from './launcher.js';

await runLauncher(startDistributed);
