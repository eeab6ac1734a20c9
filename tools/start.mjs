// Keeps the platform running, and says where. Flags: --distributed (each service a process, on PostgreSQL), --new-key (adds
// an API key to the first tenant).
import { launchPlatform, newApiKey } from './lib/platform.mjs';

const wantsKey = process.argv.includes('--new-key');
const platform = await launchPlatform({ distributed: process.argv.includes('--distributed'), ...(wantsKey && { apiKey: newApiKey() }), env: { LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' } });
const key = platform.apiKey ?? '$TC_API_KEY';
console.log(`
TecnoCursos is running.
  API            ${platform.url}/api
  Documentation  ${platform.url}/api/docs
  Health         ${platform.url}/api/health
  Metrics        ${platform.opsUrl ? `${platform.opsUrl}/metrics` : 'each process logs its own ops_port'}
  Data           ${platform.dataDir}
${platform.firstStart || wantsKey ? `\n  API key, shown this once: ${key}\n` : '  (no API key at hand? npm start -- --new-key)\n'}
Make a course:
  curl -s ${platform.url}/api/courses -H "Authorization: Bearer ${key}" -F file=@samples/aula-fotossintese.pdf

Ctrl-C ends it.`);

const end = () => platform.child.kill('SIGTERM');
process.on('SIGINT', end);
process.on('SIGTERM', end);
platform.child.once('exit', (code) => process.exit(code ?? 1));
