import type { StepKind } from '@tecnocursos/contracts';
import type { StepState } from '../courses.tables.js';

/** The name of a step inside its course. */
export interface StepName {
  kind: StepKind;
  lesson: number;
  slide: number;
}

export interface PlannedStep extends StepName {
  state: StepState;
  parts: number;
}

/**
 * The whole pipeline in one place: which steps should exist, given those that are done. The caller adds the ones that
 * are missing; calling again with the same steps adds nothing.
 *
 *   extract → outline → per lesson: script → voice per slide → video
 *                                   quiz ─────────────────────────┴→ assemble ─(all lessons)→ publish → notify
 */
export function followingSteps(finished: StepName, steps: readonly PlannedStep[]): StepName[] {
  const wanted = wantedAfter(finished, steps);
  return wanted.filter((name) => !steps.some((step) => isSame(step, name)));
}

function wantedAfter({ kind, lesson }: StepName, steps: readonly PlannedStep[]): StepName[] {
  const ofLesson = (wanted: StepKind): PlannedStep[] => steps.filter((step) => step.kind === wanted && step.lesson === lesson);
  const allDone = (wanted: StepKind, count: number): boolean => ofLesson(wanted).filter(isDone).length === count;
  switch (kind) {
    case 'extract':
      return [{ kind: 'outline', lesson: 0, slide: 0 }];
    case 'outline':
      return range(partsOf(steps, 'outline', 0)).flatMap((number) => [
        { kind: 'script', lesson: number, slide: 0 },
        { kind: 'quiz', lesson: number, slide: 0 },
      ]);
    case 'script':
      return range(partsOf(steps, 'script', lesson)).map((slide) => ({ kind: 'voice', lesson, slide }));
    case 'voice':
      return allDone('voice', partsOf(steps, 'script', lesson)) ? [{ kind: 'video', lesson, slide: 0 }] : [];
    case 'quiz':
    case 'video':
      return allDone('video', 1) && allDone('quiz', 1) ? [{ kind: 'assemble', lesson, slide: 0 }] : [];
    case 'assemble': {
      const assembled = steps.filter((step) => step.kind === 'assemble' && isDone(step)).length;
      return assembled === partsOf(steps, 'outline', 0) ? [{ kind: 'publish', lesson: 0, slide: 0 }] : [];
    }
    case 'publish':
      return [{ kind: 'notify', lesson: 0, slide: 0 }];
    case 'notify':
      return [];
  }
}

const isDone = (step: PlannedStep): boolean => step.state === 'done';
const isSame = (a: StepName, b: StepName): boolean => a.kind === b.kind && a.lesson === b.lesson && a.slide === b.slide;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function partsOf(steps: readonly PlannedStep[], kind: StepKind, lesson: number): number {
  return steps.find((step) => step.kind === kind && step.lesson === lesson)?.parts ?? 0;
}
