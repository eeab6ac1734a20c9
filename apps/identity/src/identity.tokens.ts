/** Injection tokens of identity's configuration. */
export const ACCOUNTS_CONFIG = Symbol('ACCOUNTS_CONFIG');
export const TOKENS_CONFIG = Symbol('TOKENS_CONFIG');
export const SOCIAL_CONFIG = Symbol('SOCIAL_CONFIG');
export const PRIVACY_CONFIG = Symbol('PRIVACY_CONFIG');
