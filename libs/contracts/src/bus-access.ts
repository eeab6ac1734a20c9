import { createOutline, analyzeContent, describeImage, generateQuiz, generateScript, improveText, moderateContent, translateText } from './ai.contract.js';
import * as apiKeys from './api-key.contract.js';
import { appendAuditEntry, listAuditEntries, verifyAuditLog } from './audit.contract.js';
import * as avatarVideo from './avatar-video.contract.js';
import { getSubscription, listPlans, releaseUpload, reserveUpload } from './billing.contract.js';
import { completeChat, listChatModels, streamChat } from './chat.contract.js';
import * as courses from './courses.contract.js';
import { deleteCredential, listCredentials, putCredential, revealCredentials } from './credential.contract.js';
import { readDocument } from './document.contract.js';
import { healthChecks, SERVICE_NAMES, type ServiceName } from './health.contract.js';
import * as identity from './identity.contract.js';
import * as insights from './insights.contract.js';
import { providerLists, providerTests } from './integrations.contract.js';
import { getMailboxMessage, listMailbox, sendMessage } from './notifications.contract.js';
import * as organizations from './organization.contract.js';
import * as privacy from './privacy.contract.js';
import type { EventContract, JobContract, RpcContract, StreamContract } from './rpc.js';
import { clearSandboxHistory, configureSandbox, getSandboxStatus, listSandboxHistory } from './sandbox.contract.js';
import * as sessions from './session.contract.js';
import * as social from './social-login.contract.js';
import { createDownloads, createUpload, deleteObjects, headObject, listObjects } from './storage.contract.js';
import * as tts from './tts.contract.js';
import * as webhooks from './webhook.contract.js';

/** Who connects to the bus, each as a user of its own: the services, the gateway, and whoever sets the streams up. */
export const BUS_USERS = [...SERVICE_NAMES, 'gateway', 'admin'] as const;
export type BusUser = (typeof BUS_USERS)[number];
/** The users that messages are exchanged between. */
export type BusClient = Exclude<BusUser, 'admin'>;

/** A durable consumer: the messages of `contract` are worked on under this name. */
export interface DurableFollower {
  readonly contract: EventContract | JobContract;
  readonly durable: string;
}

/**
 * What one user does on the bus, besides serving the operations of its own domain. The broker's permissions are made of it, so that what is not
 * written here is refused by the broker; a test compares it with what the code does.
 */
export interface BusAccess {
  readonly calls: readonly (RpcContract | StreamContract)[];
  readonly publishes: readonly (EventContract | JobContract)[];
  readonly follows: readonly DurableFollower[];
  /** Events heard as they happen, by every replica, and missed by those that are away. */
  readonly hears: readonly EventContract[];
  /** Kept messages that it may look at and delete, to erase a person's. */
  readonly erases: readonly (EventContract | JobContract)[];
}

const access = (given: Partial<BusAccess>): BusAccess => ({ calls: [], publishes: [], follows: [], hears: [], erases: [], ...given });

/** Of services whose providers stand behind a chain: budgets, and the ledger. */
const chainCalls = [insights.leaseBudget, insights.settleBudget];
const files = [createUpload, createDownloads];
const received = Object.values(webhooks.webhookEvents);

const gatewayCalls: BusAccess['calls'] = [
  ...Object.values(healthChecks), ...Object.values(providerLists), ...Object.values(providerTests),
  createOutline, generateScript, generateQuiz, improveText, analyzeContent, moderateContent, describeImage, translateText, completeChat, streamChat, listChatModels,
  avatarVideo.createVideo, avatarVideo.createEffect, avatarVideo.getVideo, avatarVideo.listVideos, avatarVideo.cancelVideo, avatarVideo.listPresenters,
  avatarVideo.getAvatarCredits, avatarVideo.paintBackground,
  webhooks.createWebhookEndpoint, webhooks.listWebhookEndpoints, webhooks.updateWebhookEndpoint, webhooks.rotateWebhookSecret, webhooks.deleteWebhookEndpoint,
  webhooks.listWebhookDeliveries,
  listPlans, getSubscription,
  courses.createCourse, courses.getCourse, courses.listCourses, courses.retryCourse, courses.cancelCourse, courses.deleteCourse, courses.listCourseEvents, readDocument,
  identity.getTenant, identity.signUp, identity.verifyEmail, identity.resendVerification, identity.requestPasswordReset, identity.resetPassword, identity.changePassword,
  identity.getAccount, identity.updateAccount, identity.startSecondFactor, identity.confirmSecondFactor, identity.removeSecondFactor, identity.renewRecoveryCodes,
  sessions.signIn, sessions.completeSignIn, sessions.refreshSession, sessions.switchOrganization, sessions.listSessions, sessions.revokeSession,
  sessions.revokeOtherSessions, sessions.checkSession, sessions.listSigningKeys,
  apiKeys.verifyApiKey, apiKeys.createApiKey, apiKeys.listApiKeys, apiKeys.rotateApiKey, apiKeys.revokeApiKey,
  organizations.getOrganization, organizations.updateOrganization, organizations.createOrganization, organizations.listOrganizations, organizations.listMembers,
  organizations.updateMember, organizations.removeMember, organizations.createInvitation, organizations.listInvitations, organizations.revokeInvitation,
  organizations.previewInvitation, organizations.acceptInvitation,
  social.listLoginProviders, social.startSocialLogin, social.completeSocialLogin, social.registerSocialLogin, social.linkSocialLogin, social.listLinkedIdentities,
  social.unlinkIdentity, social.forgetFacebookIdentity, social.checkFacebookDeletion,
  putCredential, listCredentials, deleteCredential, appendAuditEntry, listAuditEntries, verifyAuditLog,
  privacy.recordConsent, privacy.listConsents, privacy.createPrivacyJob, privacy.getPrivacyJob, privacy.listPrivacyJobs, privacy.retryPrivacyJob,
  privacy.getRetention, privacy.putRetention, privacy.getProcessingRecord,
  insights.getUsageStats, insights.listBudgets, insights.setBudget, insights.getProviderBudgets,
  sendMessage, listMailbox, getMailboxMessage,
  getSandboxStatus, configureSandbox, listSandboxHistory, clearSandboxHistory,
  ...files, deleteObjects,
  tts.synthesizeSpeech, tts.streamSpeech, tts.listVoices, tts.previewVoice, tts.cloneVoice, tts.listClonedVoices, tts.deleteClonedVoice,
  tts.createSpeechBatch, tts.getSpeechBatch, tts.listSpeechBatches, tts.cancelSpeechBatch,
];

export const BUS_ACCESS: Readonly<Record<BusClient, BusAccess>> = {
  gateway: access({ calls: gatewayCalls, publishes: received, hears: [courses.courseProgressed, avatarVideo.videoChanged] }),
  identity: access({ calls: [...files, deleteObjects, sendMessage, ...Object.values(privacy.subjectExports), ...Object.values(privacy.subjectErasures)] }),
  courses: access({
    calls: [
      createOutline, generateScript, generateQuiz, tts.synthesizeSpeech, tts.listVoices, tts.listClonedVoices, avatarVideo.paintBackground, avatarVideo.renderLesson,
      avatarVideo.createVideo, avatarVideo.getVideo, avatarVideo.cancelVideo, providerLists['avatar-video'], reserveUpload, releaseUpload, identity.getTenant, sendMessage,
      ...files, deleteObjects, listObjects, privacy.getRetention,
    ],
    publishes: [courses.courseProgressed, courses.runCourseStep],
    follows: [{ contract: courses.runCourseStep, durable: 'courses-steps' }],
    erases: [courses.courseProgressed, courses.runCourseStep],
  }),
  ai: access({ calls: [...chainCalls, ...files, revealCredentials], publishes: [insights.usageRecorded] }),
  tts: access({
    calls: [...chainCalls, ...files, headObject, deleteObjects],
    publishes: [insights.usageRecorded, tts.speechBatchProgressed, tts.runSpeechBatchItem],
    follows: [{ contract: tts.runSpeechBatchItem, durable: 'tts-batch-items' }],
    erases: [tts.speechBatchProgressed, tts.runSpeechBatchItem],
  }),
  'avatar-video': access({
    calls: [...chainCalls, ...files, headObject, deleteObjects, tts.synthesizeSpeech, translateText],
    publishes: [insights.usageRecorded, avatarVideo.videoChanged],
    follows: received.map((contract) => ({ contract, durable: `avatar-video-webhooks-${contract.subject.split('.')[2] ?? ''}` })),
    erases: [avatarVideo.videoChanged, ...received],
  }),
  insights: access({
    calls: [privacy.getRetention], follows: [{ contract: insights.usageRecorded, durable: 'insights-ledger' }], erases: [insights.usageRecorded],
  }),
  notifications: access({ calls: [privacy.getRetention] }),
  storage: access({}),
  billing: access({}),
  sandbox: access({}),
};

/** Domains that a service serves besides the one of its own name. */
const SERVED_TOO: Readonly<Record<string, ServiceName>> = { webhooks: 'avatar-video' };

/** Whose operation it is, by the first word of its subject. */
export function serverOf(contract: RpcContract | StreamContract): ServiceName {
  const domain = contract.subject.split('.')[0] ?? '';
  const server = SERVED_TOO[domain] ?? SERVICE_NAMES.find((name) => name === domain);
  if (server === undefined) throw new Error(`Nobody serves ${contract.subject}: its first word is no service of SERVICE_NAMES`);
  return server;
}
