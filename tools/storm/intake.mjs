// What follows the vendors' calls in avatar-video, on a database with orders at both vendors. Arguments: url of the broker, folder of the database.
import { createLogger, newWebhookToken, webhookTokenHash } from '@tecnocursos/nest-kit';
import { newId } from '@tecnocursos/contracts';
import { connectBus, ensureStream, STREAMS } from '@tecnocursos/messaging';
import { Database, migrate } from '@tecnocursos/persistence';
import { AVATAR_VIDEO_SCHEMA, avatarVideoMigrations } from '../../apps/avatar-video/dist/avatar-video.tables.js';
import { systemClock } from '../../apps/avatar-video/dist/clock.js';
import { WebhookInbox } from '../../apps/avatar-video/dist/videos/webhook-inbox.repository.js';
import { WebhookIntake } from '../../apps/avatar-video/dist/videos/webhook-intake.service.js';

const ORDERS = 20;
const SECRET = newWebhookToken();
const [url, directory] = process.argv.slice(2);
const database = await Database.open({ kind: 'pglite', directory });
const db = database.schema(AVATAR_VIDEO_SCHEMA);
await migrate(db, AVATAR_VIDEO_SCHEMA, avatarVideoMigrations);
const bus = await connectBus({ url, name: 'storm' });
await ensureStream(bus, STREAMS.events);

/** An order that its vendor works on; nobody would look at it before an hour has passed. */
async function insertOrder(provider, token) {
  const [reference, id, tenantId, now] = [newId(), newId(), newId(), new Date()];
  await db.insertInto('video').values({
    id, tenant_id: tenantId, request_id: 'storm', kind: 'avatar', state: 'rendering', percent: 0, title: null, presenter: 'sofia', aspect: '16:9', request: '{}', request_sha256: '', caller_mode: 'live', warnings: '[]',
    failure: null, result: null, served_by: null, webhook_url: null, next_at: new Date(Date.now() + 3_600_000), lease_until: null, claims: 0, failures: 0, version: 1, created_at: now, updated_at: now,
  }).execute();
  await db.insertInto('video_attempt').values({
    id: reference, video_id: id, tenant_id: tenantId, number: 1, provider, simulated: false, state: 'accepted', vendor_job_id: `job-${reference}`, model: 'video',
    webhook_token_sha256: token === undefined ? null : webhookTokenHash(token), cost_micros: 0, failure_kind: null, detail: null, cancel_pending: false, unknown_reads: 0, started_at: now, updated_at: now,
  }).execute();
  return reference;
}

const tokens = Array.from({ length: ORDERS }, newWebhookToken);
const references = [];
for (const token of tokens) {
  references.push(await insertOrder('synthesia'));
  await insertOrder('d-id', token);
}

const tallies = { handled: 0, effects: 0, duplicates: 0, refused: 0 };
/** An effect is that the order is looked at: this stands where the work would begin. */
const worker = { kick: () => { tallies.effects += 1; } };
const inbox = new WebhookInbox(db, systemClock);
const take = inbox.take.bind(inbox);
inbox.take = async (event, mark) => {
  const outcome = await take(event, mark);
  if (outcome === 'duplicate') tallies.duplicates += 1;
  return outcome;
};
const logger = createLogger({ LOG_LEVEL: 'silent', LOG_FORMAT: 'json', NODE_ENV: 'production' });
const intake = new WebhookIntake(bus, logger, { AVATAR_VIDEO_SYNTHESIA_WEBHOOK_SECRETS: SECRET }, inbox, worker);
const handle = intake.handle.bind(intake);
intake.handle = async (vendor, call) => {
  const outcome = await handle(vendor, call);
  tallies.handled += 1;
  if (outcome.type === 'drop') tallies.refused += 1;
  return outcome;
};
intake.onApplicationBootstrap();

const count = async (query) => Number((await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()).count);
process.on('message', async () => {
  process.send({ ...tallies, inbox: await count(db.selectFrom('webhook_inbox')), orders: await count(db.selectFrom('video').where('next_at', '<=', new Date())) });
});
process.on('disconnect', () => process.exit(0));
process.send({ secret: SECRET, references, tokens });
