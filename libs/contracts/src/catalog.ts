import * as apiKeys from './api-key.contract.js';
import * as audit from './audit.contract.js';
import * as ai from './ai.contract.js';
import * as avatarVideo from './avatar-video.contract.js';
import * as billing from './billing.contract.js';
import * as chat from './chat.contract.js';
import * as courses from './courses.contract.js';
import * as credentials from './credential.contract.js';
import * as documents from './document.contract.js';
import { healthChecks } from './health.contract.js';
import { providerLists, providerTests } from './integrations.contract.js';
import * as identity from './identity.contract.js';
import * as insights from './insights.contract.js';
import * as notifications from './notifications.contract.js';
import * as organizations from './organization.contract.js';
import * as privacy from './privacy.contract.js';
import type { EventContract, JobContract, RpcContract, StreamContract } from './rpc.js';
import * as sandbox from './sandbox.contract.js';
import * as sessions from './session.contract.js';
import * as socialLogins from './social-login.contract.js';
import * as storage from './storage.contract.js';
import * as tts from './tts.contract.js';
import * as webhooks from './webhook.contract.js';

type Contract = RpcContract | StreamContract | EventContract | JobContract;

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'kind' in value && 'subject' in value;

/** Every subject of the bus: what the AsyncAPI document lists and what permissions are made of. */
export const CATALOG: readonly Contract[] = [
  ...[identity, sessions, apiKeys, organizations, socialLogins, credentials, audit, privacy, courses, documents, ai, chat, tts, avatarVideo, storage, notifications, billing, insights, sandbox, webhooks].flatMap((domain) => Object.values(domain).filter(isContract)),
  ...Object.values(privacy.subjectExports),
  ...Object.values(privacy.subjectErasures),
  ...Object.values(privacy.memoryForgets),
  ...Object.values(webhooks.webhookEvents),
  ...[healthChecks, providerLists, providerTests].flatMap((byService) => Object.values<RpcContract>(byService)),
];
