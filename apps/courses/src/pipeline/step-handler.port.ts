import type { CourseOptions, Language, ServedBy, StepKind } from '@tecnocursos/contracts';
import type { StepName } from './plan.js';

/** The course that a step belongs to, as far as steps need it. */
export interface StepCourse {
  id: string;
  tenantId: string;
  title: string;
  language: Language;
  options: CourseOptions;
}

export interface StepResult {
  /** Kept as JSON, for the steps that follow. */
  output: unknown;
  /** How many parts follow from it: lessons of an outline, slides of a script. */
  parts?: number;
  servedBy?: ServedBy;
  /** Millionths of a US dollar, of steps of which a part was simulated; what `servedBy` says when absent. */
  paidMicros?: number;
  warnings?: string[];
}

/**
 * Does the work of one kind of step. It may run more than once for the same step (a worker may die before its result is
 * kept), so what it writes goes to keys that the step's name determines, and what it asks of others carries such a key.
 */
export interface StepHandler {
  readonly kind: StepKind;
  run(course: StepCourse, step: StepName, signal: AbortSignal): Promise<StepResult>;
}

export const STEP_HANDLERS = Symbol('STEP_HANDLERS');
