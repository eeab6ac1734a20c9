import { getSubscriptionOperation, listPlansOperation } from '../billing/billing.operations.js';
import {
  cancelCourseOperation, createCourseOperation, deleteCourseOperation, getCourseOperation, listCoursesOperation, retryCourseOperation,
  streamCourseEventsOperation,
} from '../courses/course.operations.js';
import { downloadFileOperation, uploadFileOperation } from '../files/files.operations.js';
import {
  integrationsHealthOperation, livenessOperation, oneIntegrationHealthOperation, platformHealthOperation, readinessOperation,
} from '../health/health.operations.js';
import type { OperationDefinition } from '../http/operation.js';
import { listVoicesOperation } from '../integrations/integrations.operations.js';
import { getMailboxMessageOperation, listMailboxOperation, viewMailboxMessageOperation } from '../mailbox/mailbox.operations.js';
import { asyncApiDocumentOperation, docsAssetOperation, docsPageOperation, homeOperation, openApiDocumentOperation } from './documents.operations.js';

/** Every operation of the public HTTP, in the order of the document. A test compares this list with the router's. */
export const OPERATIONS: readonly OperationDefinition[] = [
  createCourseOperation, listCoursesOperation, getCourseOperation, streamCourseEventsOperation, retryCourseOperation, cancelCourseOperation,
  deleteCourseOperation,
  listPlansOperation, getSubscriptionOperation,
  listVoicesOperation,
  listMailboxOperation, getMailboxMessageOperation, viewMailboxMessageOperation,
  platformHealthOperation, livenessOperation, readinessOperation, integrationsHealthOperation, oneIntegrationHealthOperation,
  downloadFileOperation, uploadFileOperation,
  homeOperation, docsPageOperation, docsAssetOperation, openApiDocumentOperation, asyncApiDocumentOperation,
];
