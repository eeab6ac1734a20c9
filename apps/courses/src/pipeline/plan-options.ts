import type { CourseOptions } from '@tecnocursos/contracts';
import type { PlanOptions } from './plan.js';

/** Which of the optional steps a course has. */
export const planOptionsOf = ({ background, presenter }: CourseOptions): PlanOptions => ({
  background: background === 'none' ? 'none' : 'wanted', presenter: presenter === 'none' ? 'none' : 'wanted',
});
