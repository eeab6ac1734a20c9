export { service } from './service.js';
export { newApiKey } from './api-key.js';
