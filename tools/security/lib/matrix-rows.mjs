// Who may call what: written down a second time, on purpose. An operation whose declaration and row differ, or that has no row, is a deviation.
export const ROWS = {
  public: [
    'receiveWebhook', 'receiveTokenWebhook', 'viewMailboxMessage', 'signUp', 'verifyEmail', 'resendVerification', 'login', 'completeLogin',
    'refreshTokens', 'forgotPassword', 'resetPassword', 'getJwks', 'listLoginProviders', 'startSocialLogin', 'socialCallback', 'completeSocialLogin',
    'registerSocialLogin', 'requestFacebookDeletion', 'getFacebookDeletion', 'previewInvitation', 'registerByInvitation', 'getHealth', 'getLiveness', 'getReadiness', 'getIntegrationsHealth',
    'getIntegrationHealth', 'downloadFile', 'uploadFile', 'getHome', 'getDocs', 'getDocsAsset', 'getOpenApiDocument', 'getAsyncApiDocument',
  ],
  account: [
    'getMe', 'updateMe', 'changePassword', 'logout', 'listSessions', 'revokeOtherSessions', 'revokeSession', 'switchOrganization',
    'startSecondFactor', 'confirmSecondFactor', 'removeSecondFactor', 'renewRecoveryCodes', 'listLinkedIdentities', 'startLinking', 'completeLinking',
    'linkIdentity', 'unlinkIdentity', 'listOrganizations', 'createOrganization', 'acceptInvitation', 'listConsents', 'recordConsent',
    'listOwnPrivacyJobs', 'createOwnPrivacyJob', 'getOwnPrivacyJob',
  ],
  'api-keys:manage': [
    'createApiKey', 'rotateApiKey', 'revokeApiKey',
  ],
  'api-keys:read': [
    'listApiKeys',
  ],
  'audit:read': [
    'listAuditEntries', 'verifyAuditLog',
  ],
  'billing:read': [
    'getSubscription',
  ],
  'budgets:manage': [
    'setBudget',
  ],
  'courses:delete': [
    'deleteCourse',
  ],
  'courses:read': [
    'listCourses', 'getCourse', 'streamCourseEvents', 'listPlans', 'listVoices', 'getVideo', 'streamVideoEvents', 'listVideos', 'listPresenters',
  ],
  'courses:write': [
    'createCourse', 'retryCourse', 'cancelCourse',
  ],
  'credentials:manage': [
    'putCredential', 'deleteCredential',
  ],
  'credentials:read': [
    'listCredentials',
  ],
  'integrations:manage': [
    'testAllServices', 'testService',
  ],
  'integrations:read': [
    'listIntegrations', 'getDiagnostics', 'getAvatarCredits',
  ],
  'media:generate': [
    'structureContent', 'generateScript', 'generateQuiz', 'improveText', 'analyzeContent', 'moderateContent', 'translateText', 'describeImage',
    'createChatCompletion', 'listModels', 'previewVoice', 'synthesizeSpeech', 'streamSpeech', 'createSpeechBatch', 'listSpeechBatches', 'getSpeechBatch',
    'cancelSpeechBatch', 'cloneVoice', 'listClonedVoices', 'deleteClonedVoice', 'createAvatarVideo', 'createEffect', 'cancelVideo', 'paintBackground',
  ],
  'members:manage': [
    'updateMember', 'removeMember', 'listInvitations', 'createInvitation', 'revokeInvitation',
  ],
  'members:read': [
    'listMembers',
  ],
  'messages:read': [
    'listMailboxMessages', 'getMailboxMessage',
  ],
  'organization:manage': [
    'updateOrganization',
  ],
  'organization:read': [
    'getOrganization',
  ],
  'privacy:manage': [
    'createPrivacyJob', 'getPrivacyJob', 'retryPrivacyJob', 'putRetention',
  ],
  'privacy:read': [
    'listPrivacyJobs', 'getRetention', 'getProcessingRecord',
  ],
  'sandbox:manage': [
    'getSandboxStatus', 'configureSandbox', 'listSandboxHistory', 'clearSandboxHistory',
  ],
  'usage:read': [
    'getUsageStats', 'getAiUsageStats', 'listBudgets',
  ],
  'webhooks:manage': [
    'createWebhookEndpoint', 'updateWebhookEndpoint', 'deleteWebhookEndpoint', 'rotateWebhookSecret',
  ],
  'webhooks:read': [
    'listWebhookEndpoints', 'listWebhookDeliveries',
  ],
};
