// Brings what the platform needs and does not have: npm packages, programs that npm does not ship, the build.
// Runs on any Node from 18 and needs no package. Flags: --quiet, --with-test-engines (a browser for the tests).
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const flags = new Set(process.argv.slice(2));
const say = (text) => flags.has('--quiet') || console.error(text);

const PROGRAMS = [
  { name: 'nats-server', debian: 'nats-server', brew: 'nats-server', purpose: 'the message bus' },
  { name: 'ffmpeg', debian: 'ffmpeg', brew: 'ffmpeg', purpose: 'video and audio' },
  { name: 'espeak-ng', debian: 'espeak-ng', brew: 'espeak-ng', purpose: 'the local voices' },
];
const BROWSER = { name: 'chromium', debian: 'chromium', brew: 'chromium', purpose: 'the browser tests' };

function onPath(name) {
  return process.env.PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', flags.has('--quiet') ? 'pipe' : 'inherit', 'pipe'], encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  console.error(`"${command} ${args.join(' ')}" failed.`);
  process.exit(1);
}

/** Debian's packages, when we may install them. */
function install(programs) {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    const packages = programs.map(({ debian }) => debian);
    console.error(`Installing ${packages.join(', ')} …`);
    const apt = (args) => spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
    apt(['update']);
    if (apt(['install', '-y', '--no-install-recommends', ...packages])) return true;
  }
  return false;
}

function explain(programs) {
  console.error('These programs are needed and not installed:');
  for (const { name, purpose } of programs) console.error(`  ${name}  (${purpose})`);
  console.error(`Debian, Ubuntu: sudo apt-get install ${programs.map(({ debian }) => debian).join(' ')}`);
  console.error(`macOS:          brew install ${programs.map(({ brew }) => brew).join(' ')}`);
}

function ensurePackages() {
  const marker = join(root, 'node_modules', '.installed');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  console.error('Installing npm packages …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, wanted);
}

function ensurePrograms() {
  const missing = PROGRAMS.filter(({ name }) => !onPath(name));
  if (missing.length > 0 && !install(missing)) {
    explain(missing);
    process.exit(1);
  }
  if (!flags.has('--with-test-engines') || onPath(BROWSER.name) || onPath('google-chrome')) return;
  if (!install([BROWSER])) console.error('No Chromium here and none could be installed: the browser tests will say that they did not run.');
}

function build() {
  say('Building …');
  execFileSync(join(root, 'node_modules', '.bin', 'node'), [join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc'), '-b'], { cwd: root, stdio: 'inherit' });
}

ensurePackages();
ensurePrograms();
build();
