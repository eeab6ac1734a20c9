export { service } from './service.js';
export { DataPlane } from './data-plane/data-plane.server.js';
