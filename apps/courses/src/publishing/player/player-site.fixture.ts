import { accessSync, constants, promises as files } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '@tecnocursos/engines';

const CHROMIUMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--autoplay-policy=no-user-gesture-required',
];

export function findChromium(): string | null {
  return CHROMIUMS.find((path) => isExecutable(path)) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface PlayerMedia {
  video: Buffer;
  poster: Buffer;
}

/** A real H.264 and AAC video of test pictures with a tone, and a JPEG. */
export async function makeMedia(seconds: number): Promise<PlayerMedia> {
  const folder = await files.mkdtemp(join(tmpdir(), 'player-media-'));
  try {
    const video = join(folder, 'video.mp4');
    const poster = join(folder, 'poster.jpg');
    const inputs = ['-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=5:duration=${seconds}`, '-f', 'lavfi', '-i', `sine=frequency=330:duration=${seconds}`];
    const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '5', '-c:a', 'aac', '-movflags', '+faststart'];
    await runProgram('ffmpeg', ['-v', 'error', ...inputs, ...codecs, '-y', video]);
    await runProgram('ffmpeg', ['-v', 'error', '-i', video, '-frames:v', '1', '-y', poster]);
    return { video: await files.readFile(video), poster: await files.readFile(poster) };
  } finally {
    await files.rm(folder, { recursive: true, force: true });
  }
}

export interface PlayerSite {
  /** Folder of the page, as a signed prefix of a storage address would be. */
  folder: string;
  close(): Promise<void>;
}

const FOLDER = '/files/signed-prefix/';

/** What the storage service sends with HTML: all that the page may be allowed, and not one thing more. */
const SERVER_POLICY =
  "default-src 'none'; media-src 'self' blob:; img-src 'self' data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

export async function servePlayer(html: string, media: PlayerMedia): Promise<PlayerSite> {
  const server = createServer((request, response) => answer(request, response, html, media));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { folder: `http://127.0.0.1:${port}${FOLDER}`, close: () => closeServer(server) };
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function answer(request: IncomingMessage, response: ServerResponse, html: string, media: PlayerMedia): void {
  const path = request.url ?? '';
  if (path === `${FOLDER}player.html`) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': SERVER_POLICY }).end(html);
  } else if (/^\/files\/signed-prefix\/lesson-\d\d\/video\.mp4$/u.test(path)) {
    sendRange(request, response, media.video);
  } else if (/^\/files\/signed-prefix\/lesson-\d\d\/poster\.jpg$/u.test(path)) {
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(media.poster);
  } else {
    response.writeHead(404).end();
  }
}

function sendRange(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const range = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Number(range[2]) : bytes.length - 1;
  response.writeHead(range ? 206 : 200, {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    'content-length': end - start + 1,
    ...(range && { 'content-range': `bytes ${start}-${end}/${bytes.length}` }),
  });
  response.end(bytes.subarray(start, end + 1));
}
