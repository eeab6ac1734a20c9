export { browse } from './browser.harness.js';
export { startOpenIdProvider, type OpenIdStandIn } from './openid.harness.js';
