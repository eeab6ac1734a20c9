import { runLauncher } from './launcher.js';
import { startStandalone } from './standalone.js';

await runLauncher(startStandalone);
