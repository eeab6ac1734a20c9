import { NO_COST, type Course, type CourseEvent } from '@tecnocursos/contracts';

export const COURSE_ID = '0190a000-0000-7000-8000-00000000000c';
const AT = '2026-01-01T00:00:00Z';

export const COURSE: Course = {
  id: COURSE_ID, title: 'A água', language: 'pt-BR', state: 'processing', progress: 0, created_at: AT, updated_at: AT,
  options: { presenter: 'none', background: 'none', presenter_scenes: 'titles', effects: 'none', theme: 'aurora', aspect: '16:9', lesson_minutes: 8 },
  source: { format: 'text', filename: null, pages: null },
  steps: [], lessons: [], player_url: null, links_expire_at: null, error: null, warnings: [], cost: NO_COST,
};

export function courseEvent(sequence: number, type: CourseEvent['type'] = 'step.finished'): CourseEvent {
  return { course_id: COURSE_ID, sequence, type, occurred_at: AT, data: { state: type === 'course.published' ? 'published' : 'processing', progress: 0.5 } };
}
