export {
  ERROR_CODES, AppError, toWireError, fromWireError, type ErrorCode, type FieldIssue, type AppErrorOptions, type WireError,
} from './errors.js';
export {
  defineRpc, defineStream, defineEvent, defineJob, parseOrThrow, type RpcContract, type StreamContract, type PartOf, type PartInput, type RpcDefinition, type EventContract, type JobContract,
  type RequestInput, type RequestOf, type ReplyInput, type ReplyOf,
} from './rpc.js';
export {
  LanguageSchema, AspectSchema, TenantIdSchema, CostSchema, NO_COST, ServedBySchema, servedLocally, ObjectKeySchema, ObjectRefSchema,
  TimestampSchema, PageQuerySchema, type Language, type Aspect, type Cost, type ServedBy, type ObjectRef,
} from './common.js';
export {
  newId, derivedId,
} from './ids.js';
export {
  HeadingBlockSchema, ParagraphBlockSchema, ListBlockSchema, TableBlockSchema, CodeBlockSchema, PictureBlockSchema, NotesBlockSchema,
  BlockSchema, DocumentFormatSchema, DocumentImageSchema, DocumentSchema, DOCUMENT_ERRORS, readDocument, type Block, type DocumentFormat, type DocumentImage,
  type Document,
} from './document.contract.js';
export {
  KeyTermSchema, OutlineLessonSchema, OutlineSchema, SlideSchema, QuizQuestionSchema, createOutline, generateScript, generateQuiz,
  PROVIDER_ERRORS, ScriptStyleSchema, ImproveGoalSchema, TextEditSchema, ImprovedTextSchema, improveText, ModerationCategorySchema, ModerationResultSchema,
  ContentAnalysisSchema, analyzeContent, moderateContent, describeImage, translateText,
  type OutlineLesson, type Outline, type Slide, type QuizQuestion, type ScriptStyle, type ImproveGoal, type ImprovedText, type ModerationResult,
  type ContentAnalysis,
} from './ai.contract.js';
export { ModelTierSchema, RoutingPolicySchema, RoutingSchema, type ModelTier, type Routing, type RoutingPolicy } from './routing.contract.js';
export {
  ChatToolCallSchema, ChatMessageSchema, ChatRequestSchema, ChatUsageSchema, ChatCompletionSchema, ChatChunkSchema, completeChat, streamChat, ChatModelSchema,
  listChatModels, type ChatMessage, type ChatRequest, type ChatCompletion, type ChatChunk,
} from './chat.contract.js';
export {
  VoiceSchema, AudioFormatSchema, SampleRateSchema, WordTimingSchema, TimingSchema, synthesizeSpeech, SpeechStreamPartSchema, streamSpeech, type SpeechStreamPart, listVoices, previewVoice, VoiceConsentSchema,
  ClonedVoiceSchema, cloneVoice, listClonedVoices, deleteClonedVoice, SpeechBatchItemSchema, SpeechBatchSchema, createSpeechBatch, getSpeechBatch,
  listSpeechBatches, cancelSpeechBatch, speechBatchProgressed, runSpeechBatchItem, type Voice, type AudioFormat, type SampleRate, type WordTiming,
  type ClonedVoice, type SpeechBatch, type SpeechBatchItemInput,
} from './tts.contract.js';
export {
  ThemeSchema, type Theme, ChapterSchema, renderLesson, type Chapter, PRESENTER_IDS, PRESENTER_ALIASES, PresenterIdSchema, PresenterSchema, presenterOf, type PresenterId, BackgroundSchema,
  type Background, VideoStateSchema, type VideoState, VideoFailureSchema, VideoAttemptSchema, VideoSchema, type Video, createVideo, createEffect, getVideo, listVideos, cancelVideo, videoChanged,
  PresenterProfileSchema, listPresenters, getAvatarCredits, paintBackground,
} from './avatar-video.contract.js';
export {
  WEBHOOK_VENDORS, WebhookVendorSchema, type WebhookVendor, WEBHOOK_MAX_BYTES, ReceivedWebhookSchema, type ReceivedWebhook, webhookEvents, WEBHOOK_EVENT_TYPES, WebhookEventTypeSchema,
  type WebhookEventType, WebhookEndpointSchema, type WebhookEndpoint, createWebhookEndpoint, listWebhookEndpoints, updateWebhookEndpoint, rotateWebhookSecret, deleteWebhookEndpoint,
  WebhookDeliverySchema, listWebhookDeliveries,
} from './webhook.contract.js';
export {
  AudienceSchema, createUpload, createDownloads, headObject, listObjects, deleteObjects,
} from './storage.contract.js';
export {
  CourseReadyDataSchema, VerifyEmailDataSchema, PasswordResetDataSchema, AccountExistsDataSchema, InvitationDataSchema, sendMessage, MailboxMessageSchema, listMailbox, getMailboxMessage,
} from './notifications.contract.js';
export {
  PlanIdSchema, FeatureSchema, PlanSchema, SubscriptionSchema, listPlans, getSubscription, reserveUpload, releaseUpload, type PlanId,
  type Feature, type Plan,
} from './billing.contract.js';
export {
  ROLES, RoleSchema, PERMISSIONS, PermissionSchema, ROLE_PERMISSIONS, outranks, ActorSchema, ClientSchema, type Role, type Permission, type Actor, type Client,
} from './access.js';
export {
  AccountIdSchema, EmailSchema, PasswordSchema, OneTimeTokenSchema, OrganizationNameSchema, AccountSchema, SecondFactorCodeSchema, getTenant, signUp,
  verifyEmail, resendVerification, requestPasswordReset, resetPassword, changePassword, getAccount, updateAccount, startSecondFactor, confirmSecondFactor,
  removeSecondFactor, renewRecoveryCodes, type Account,
} from './identity.contract.js';
export {
  ACCESS_TOKEN_TYPE, ACCESS_TOKEN_ALGORITHM, AccessTokenClaimsSchema, RefreshTokenSchema, TokensSchema, SignInResultSchema, SessionSchema, PublicKeySchema,
  signIn, completeSignIn, refreshSession, switchOrganization, listSessions, revokeSession, revokeOtherSessions, checkSession, listSigningKeys,
  rotateSigningKeys, type AccessTokenClaims, type Tokens, type SignInResult, type Session,
} from './session.contract.js';
export {
  API_KEY_PATTERN, ApiKeyModeSchema, ApiKeySchema, verifyApiKey, createApiKey, listApiKeys, rotateApiKey, revokeApiKey, type ApiKey, type ApiKeyMode,
} from './api-key.contract.js';
export {
  OrganizationSchema, MemberSchema, InvitationSchema, getOrganization, updateOrganization, createOrganization, listOrganizations, listMembers, updateMember,
  removeMember, createInvitation, listInvitations, revokeInvitation, previewInvitation, acceptInvitation, type Organization, type Member, type Invitation,
} from './organization.contract.js';
export {
  LOGIN_PROVIDERS, LoginProviderSchema, ImportedProfileSchema, LinkedIdentitySchema, listLoginProviders, startSocialLogin, completeSocialLogin, registerSocialLogin,
  linkSocialLogin, listLinkedIdentities, unlinkIdentity, forgetFacebookIdentity, checkFacebookDeletion, type LoginProviderName, type ImportedProfile, type LinkedIdentity,
} from './social-login.contract.js';
export {
  CredentialProviderSchema, CredentialFieldSchema, CredentialSchema, putCredential, listCredentials, deleteCredential, revealCredentials, rewrapDataKeys,
  type Credential,
} from './credential.contract.js';
export {
  AuditActionSchema, AuditEntrySchema, appendAuditEntry, listAuditEntries, verifyAuditLog, type AuditEntry,
} from './audit.contract.js';
export {
  SubjectSchema, SubjectScopeSchema, SubjectRecordSchema, subjectExports, subjectErasures, memoryForgets, ConsentPurposeSchema, ConsentSchema, recordConsent, listConsents, PrivacyJobSchema,
  createPrivacyJob, getPrivacyJob, listPrivacyJobs, retryPrivacyJob, RETENTION_CATEGORIES, RetentionSchema, getRetention, putRetention, getProcessingRecord,
  type Subject, type SubjectScope, type Consent, type PrivacyJob, type SubjectExportContract, type SubjectEraseContract, type MemoryForgetContract, type ServiceWithMemory,
} from './privacy.contract.js';
export {
  MAX_UPLOAD_BYTES, CourseIdSchema, CourseTitleSchema, CourseStateSchema, CourseOptionsSchema, courseBackgroundOf, type CourseBackground, StepKindSchema, ProblemSummarySchema, StepProgressSchema,
  LessonSchema, CourseSummarySchema, CourseSchema, createCourse, getCourse, listCourses, retryCourse, cancelCourse, deleteCourse,
  CourseEventSchema, listCourseEvents, courseProgressed, runCourseStep, type CourseState, type CourseOptions, type StepKind,
  type StepProgress, type Lesson, type CourseSummary, type Course, type CourseEvent,
} from './courses.contract.js';
export {
  SERVICE_NAMES, DependencyHealthSchema, ServiceHealthSchema, healthChecks, type ServiceName, type DependencyHealth, type ServiceHealth,
} from './health.contract.js';
export {
  IntegrationDomainSchema, UsageUnitSchema, UsageSchema, AttemptOutcomeSchema, UsageRecordSchema, usageRecorded, UsageStatsQuerySchema, UsageStatsSchema,
  getUsageStats, BudgetKeySchema, BudgetSchema, BudgetPeriodSchema, leaseBudget, settleBudget, listBudgets, setBudget, getProviderBudgets,
  type IntegrationDomain, type UsageUnit, type Usage, type AttemptOutcome, type UsageRecord, type UsageStats, type UsageStatsQuery, type StatsGroup,
  type BudgetKey, type BudgetPeriod, type Budget,
} from './insights.contract.js';
export {
  SandboxModeSchema, SandboxFaultSchema, SandboxFaultRuleSchema, SandboxSettingsSchema, SandboxVendorStatusSchema, SandboxStatusSchema, SandboxCallSchema,
  SandboxHistoryQuerySchema, SandboxHistorySchema, getSandboxStatus, configureSandbox, listSandboxHistory, clearSandboxHistory, type SandboxMode, type SandboxFault, type SandboxFaultRule,
  type SandboxSettings, type SandboxSettingsInput, type SandboxStatus, type SandboxVendorStatus, type SandboxCall, type SandboxHistory,
  type SandboxHistoryQuery,
} from './sandbox.contract.js';
export {
  PROVIDER_SERVICES, ProviderModeSchema, ProviderReportSchema, ProviderTestSchema, providerLists, providerTests, type ProviderService, type ProviderReport,
  type ProviderTest,
} from './integrations.contract.js';
export {
  CATALOG,
} from './catalog.js';
export { BUS_USERS, BUS_ACCESS, serverOf, type BusUser, type BusClient, type BusAccess, type DurableFollower } from './bus-access.js';
