import {
  signUpOperation, verifyEmailOperation, resendVerificationOperation, loginOperation, completeLoginOperation, refreshOperation,
  forgotPasswordOperation, resetPasswordOperation, jwksOperation,
} from '../auth/auth.operations.js';
import {
  getMeOperation, updateMeOperation, changePasswordOperation, logoutOperation, listSessionsOperation, revokeSessionOperation,
  revokeOtherSessionsOperation, switchOrganizationOperation, startSecondFactorOperation, confirmSecondFactorOperation, removeSecondFactorOperation,
  renewRecoveryCodesOperation, listIdentitiesOperation, startLinkingOperation, completeLinkingOperation, linkIdentityOperation,
  unlinkIdentityOperation,
} from '../auth/account.operations.js';
import {
  listLoginProvidersOperation, startSocialLoginOperation, socialCallbackOperation, completeSocialLoginOperation, registerSocialLoginOperation,
  facebookDeletionOperation, facebookDeletionStatusOperation,
} from '../auth/social.operations.js';
import {
  listOrganizationsOperation, createOrganizationOperation, getOrganizationOperation, updateOrganizationOperation, listMembersOperation,
  updateMemberOperation, removeMemberOperation, listInvitationsOperation, createInvitationOperation, revokeInvitationOperation,
  previewInvitationOperation, registerByInvitationOperation, acceptInvitationOperation,
} from '../organizations/organizations.operations.js';
import {
  listApiKeysOperation, createApiKeyOperation, rotateApiKeyOperation, revokeApiKeyOperation,
} from '../api-keys/api-keys.operations.js';
import {
  listCredentialsOperation, putCredentialOperation, deleteCredentialOperation,
} from '../credentials/credentials.operations.js';
import {
  listAuditOperation, verifyAuditOperation,
} from '../audit/audit.operations.js';
import {
  recordConsentOperation, listConsentsOperation, createOwnJobOperation, listOwnJobsOperation, getOwnJobOperation, createJobOperation,
  listJobsOperation, getJobOperation, retryJobOperation, getRetentionOperation, putRetentionOperation, processingRecordOperation,
} from '../privacy/privacy.operations.js';
import {
  analyzeContentOperation, describeImageOperation, generateQuizOperation, generateScriptOperation, improveTextOperation, moderateContentOperation, structureContentOperation,
  translateTextOperation,
} from '../ai/ai.operations.js';
import { getSubscriptionOperation, listPlansOperation } from '../billing/billing.operations.js';
import { completeChatOperation, listChatModelsOperation } from '../chat/chat.operations.js';
import {
  cancelCourseOperation, createCourseOperation, deleteCourseOperation, getCourseOperation, listCoursesOperation, retryCourseOperation,
  streamCourseEventsOperation,
} from '../courses/course.operations.js';
import { downloadFileOperation, uploadFileOperation } from '../files/files.operations.js';
import {
  integrationsHealthOperation, livenessOperation, oneIntegrationHealthOperation, platformHealthOperation, readinessOperation,
} from '../health/health.operations.js';
import type { OperationDefinition } from '../http/operation.js';
import { aiUsageStatsOperation, listBudgetsOperation, setBudgetOperation, usageStatsOperation } from '../insights/insights.operations.js';
import { diagnosticsOperation, listIntegrationsOperation, testAllOperation, testOneOperation } from '../integrations/integrations.operations.js';
import { getMailboxMessageOperation, listMailboxOperation, viewMailboxMessageOperation } from '../mailbox/mailbox.operations.js';
import { clearSandboxHistoryOperation, configureSandboxOperation, sandboxHistoryOperation, sandboxStatusOperation } from '../sandbox/sandbox.operations.js';
import {
  cancelSpeechBatchOperation, createSpeechBatchOperation, getSpeechBatchOperation, listSpeechBatchesOperation, streamSpeechOperation, synthesizeSpeechOperation,
} from '../tts/speech.operations.js';
import { cloneVoiceOperation, deleteClonedVoiceOperation, listClonedVoicesOperation, listVoicesOperation, previewVoiceOperation } from '../tts/voices.operations.js';
import { getAvatarCreditsOperation, listPresentersOperation, paintBackgroundOperation } from '../avatar/studio.operations.js';
import {
  cancelVideoOperation, createEffectOperation, createVideoOperation, getVideoOperation, listVideosOperation, streamVideoEventsOperation,
} from '../avatar/video.operations.js';
import {
  createWebhookEndpointOperation, deleteWebhookEndpointOperation, listWebhookDeliveriesOperation, listWebhookEndpointsOperation, rotateWebhookSecretOperation,
  updateWebhookEndpointOperation,
} from '../webhooks/webhook-endpoints.operations.js';
import { receiveTokenWebhookOperation, receiveWebhookOperation } from '../webhooks/webhook-intake.operations.js';
import { asyncApiDocumentOperation, docsAssetOperation, docsPageOperation, homeOperation, openApiDocumentOperation } from './documents.operations.js';

/** Every operation of the public HTTP, in the order of the document. A test compares this list with the router's. */
export const OPERATIONS: readonly OperationDefinition[] = [
  createCourseOperation, listCoursesOperation, getCourseOperation, streamCourseEventsOperation, retryCourseOperation, cancelCourseOperation,
  deleteCourseOperation,
  structureContentOperation, generateScriptOperation, generateQuizOperation, improveTextOperation, analyzeContentOperation, moderateContentOperation, translateTextOperation,
  describeImageOperation,
  completeChatOperation, listChatModelsOperation,
  listIntegrationsOperation, usageStatsOperation, aiUsageStatsOperation, listBudgetsOperation, setBudgetOperation, testAllOperation, testOneOperation, diagnosticsOperation,
  sandboxStatusOperation, configureSandboxOperation, sandboxHistoryOperation, clearSandboxHistoryOperation,
  listPlansOperation, getSubscriptionOperation,
  listVoicesOperation, previewVoiceOperation, synthesizeSpeechOperation, streamSpeechOperation, createSpeechBatchOperation, listSpeechBatchesOperation, getSpeechBatchOperation, cancelSpeechBatchOperation,
  cloneVoiceOperation, listClonedVoicesOperation, deleteClonedVoiceOperation,
  createVideoOperation, createEffectOperation, getVideoOperation, streamVideoEventsOperation, listVideosOperation, cancelVideoOperation,
  listPresentersOperation, getAvatarCreditsOperation, paintBackgroundOperation,
  createWebhookEndpointOperation, listWebhookEndpointsOperation, updateWebhookEndpointOperation, deleteWebhookEndpointOperation, rotateWebhookSecretOperation,
  listWebhookDeliveriesOperation, receiveWebhookOperation, receiveTokenWebhookOperation,
  listMailboxOperation, getMailboxMessageOperation, viewMailboxMessageOperation,
  signUpOperation, verifyEmailOperation, resendVerificationOperation, loginOperation, completeLoginOperation, refreshOperation,
  forgotPasswordOperation, resetPasswordOperation, jwksOperation,
  getMeOperation, updateMeOperation, changePasswordOperation, logoutOperation, listSessionsOperation, revokeSessionOperation,
  revokeOtherSessionsOperation, switchOrganizationOperation, startSecondFactorOperation, confirmSecondFactorOperation, removeSecondFactorOperation,
  renewRecoveryCodesOperation, listIdentitiesOperation, startLinkingOperation, completeLinkingOperation, linkIdentityOperation,
  unlinkIdentityOperation,
  listLoginProvidersOperation, startSocialLoginOperation, socialCallbackOperation, completeSocialLoginOperation, registerSocialLoginOperation,
  facebookDeletionOperation, facebookDeletionStatusOperation,
  listOrganizationsOperation, createOrganizationOperation, getOrganizationOperation, updateOrganizationOperation, listMembersOperation,
  updateMemberOperation, removeMemberOperation, listInvitationsOperation, createInvitationOperation, revokeInvitationOperation,
  previewInvitationOperation, registerByInvitationOperation, acceptInvitationOperation,
  listApiKeysOperation, createApiKeyOperation, rotateApiKeyOperation, revokeApiKeyOperation,
  listCredentialsOperation, putCredentialOperation, deleteCredentialOperation,
  listAuditOperation, verifyAuditOperation,
  recordConsentOperation, listConsentsOperation, createOwnJobOperation, listOwnJobsOperation, getOwnJobOperation, createJobOperation,
  listJobsOperation, getJobOperation, retryJobOperation, getRetentionOperation, putRetentionOperation, processingRecordOperation,
  platformHealthOperation, livenessOperation, readinessOperation, integrationsHealthOperation, oneIntegrationHealthOperation,
  downloadFileOperation, uploadFileOperation,
  homeOperation, docsPageOperation, docsAssetOperation, openApiDocumentOperation, asyncApiDocumentOperation,
];
