export const STORAGE_CONFIG = Symbol('STORAGE_CONFIG');
export const SIGNING_KEY = Symbol('SIGNING_KEY');
export const OBJECT_STORE = Symbol('OBJECT_STORE');
