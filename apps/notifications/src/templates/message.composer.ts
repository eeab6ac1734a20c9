import type { RequestOf, sendMessage } from '@tecnocursos/contracts';
import { composeCourseReady } from './course-ready.template.js';
import { composeLetter } from './letter.template.js';
import type { MessageContent } from './message-content.js';

/** @param timeZone IANA name of the zone that times are shown in. @throws AppError `invalid_request` for a link that is none of the web. */
export const composeMessage = (request: RequestOf<typeof sendMessage>, timeZone: string): MessageContent =>
  request.template === 'course-ready' ? composeCourseReady(request, timeZone) : composeLetter(request, timeZone);

/** What makes two requests the same message. Links are left out: whoever asks again after a crash has them signed anew. */
export function messageIdentity(request: RequestOf<typeof sendMessage>): unknown {
  const { template, language, to } = request;
  const common = [template, language, to.email, to.name ?? null];
  if (request.template === 'course-ready') {
    return [...common, request.data.course_title, request.data.lessons.map(({ title, duration_s }) => [title, duration_s])];
  }
  return request.template === 'invitation' ? [...common, request.data.organization_name, request.data.inviter_name ?? null] : common;
}
