export { service } from './service.js';
export { newApiKey } from './api-keys/api-key.js';
