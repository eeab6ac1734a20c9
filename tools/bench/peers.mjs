import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@tecnocursos/engines';
import { root } from '../lib/platform.mjs';

const folder = join(root, '.data', 'bench-peers');
const PEERS = { '@portkey-ai/gateway': '1.15.2', '@mockoon/cli': '9.9.0' };

/** What we are measured against; installed by the benchmark alone, into a folder of its own. */
export function installPeers(say) {
  const marker = join(folder, '.installed');
  const wanted = JSON.stringify(PEERS);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  say('installing the peers …');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench-peers', private: true, dependencies: PEERS }));
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The peers could not be installed: ${stderr}`);
  writeFileSync(marker, wanted);
}

async function answering(url) {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await fetch(url).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

async function startProgram(args, url) {
  const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', env: { ...process.env, NODE_ENV: 'production' } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await answering(url);
  return { url, child, stop: async () => { child.kill('SIGKILL'); await ended; } };
}

/** Portkey's gateway on the same Node. */
export async function startPortkey() {
  const port = await freePort();
  return startProgram([join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js'), `--port=${port}`, '--headless'], `http://127.0.0.1:${port}`);
}

/** A mock of OpenAI's chat made with mockoon: one route, one templated answer. */
export async function startMockoon() {
  const port = await freePort();
  const file = join(folder, 'openai.json');
  const body = JSON.stringify({ id: 'chatcmpl-{{uuid}}', object: 'chat.completion', created: 1, model: "{{body 'model'}}", choices: [{ index: 0, message: { role: 'assistant', content: "{{body 'messages.0.content'}}" }, finish_reason: 'stop' }] });
  writeFileSync(file, JSON.stringify({
    uuid: '2b1c7a53-2f3a-4a75-9f0e-0c5c5ad5a001', lastMigration: 33, name: 'openai', port, hostname: '127.0.0.1', endpointPrefix: '', latency: 0, folders: [], cors: false, headers: [], proxyMode: false, proxyHost: '',
    proxyRemovePrefix: false, proxyReqHeaders: [], proxyResHeaders: [], data: [], callbacks: [], tlsOptions: { enabled: false, type: 'CERT', pfxPath: '', certPath: '', keyPath: '', caPath: '', passphrase: '' },
    rootChildren: [{ type: 'route', uuid: '2b1c7a53-2f3a-4a75-9f0e-0c5c5ad5a002' }],
    routes: [{
      uuid: '2b1c7a53-2f3a-4a75-9f0e-0c5c5ad5a002', type: 'http', documentation: '', method: 'post', endpoint: 'v1/chat/completions', responseMode: null, streamingMode: null, streamingInterval: 0,
      responses: [{
        uuid: '2b1c7a53-2f3a-4a75-9f0e-0c5c5ad5a003', body, latency: 0, statusCode: 200, label: '', headers: [{ key: 'Content-Type', value: 'application/json' }], bodyType: 'INLINE', filePath: '', databucketID: '',
        sendFileAsBody: false, rules: [], rulesOperator: 'OR', disableTemplating: false, fallbackTo404: false, default: true, crudKey: 'id', callbacks: [],
      }],
    }],
  }));
  return startProgram([join(folder, 'node_modules/@mockoon/cli/bin/run.js'), 'start', '--data', file, '--port', String(port), '--disable-log-to-file', '--repair'], `http://127.0.0.1:${port}`);
}
