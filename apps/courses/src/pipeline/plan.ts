import type { StepKind } from '@tecnocursos/contracts';
import type { JobState } from '@tecnocursos/persistence';

/** The name of a step inside its course. */
export interface StepName {
  kind: StepKind;
  lesson: number;
  slide: number;
}

export interface PlannedStep extends StepName {
  state: JobState;
  parts: number;
}

/** What a course asked for beyond narration over slides. */
export interface PlanOptions {
  readonly background: 'wanted' | 'none';
  readonly presenter: 'wanted' | 'none';
}

/**
 * The whole pipeline in one place: which steps should exist, given those that are done. The caller adds the ones that
 * are missing; calling again with the same steps adds nothing. `background` and `presenter` exist where they were asked for.
 *
 *   extract → outline → per lesson: script → voice per slide → [presenter] → video
 *       │                           quiz ──────────────────────────────────────┴→ assemble ─(all lessons)→ publish → notify
 *       └→ [background] ──────────────────────────┘ (before presenters and videos)
 */
export function followingSteps(finished: StepName, steps: readonly PlannedStep[], options: PlanOptions): StepName[] {
  const wanted = new Plan(steps, options).after(finished);
  return wanted.filter((name) => !steps.some((step) => isSame(step, name)));
}

class Plan {
  constructor(
    private readonly steps: readonly PlannedStep[],
    private readonly options: PlanOptions,
  ) {}

  after({ kind, lesson }: StepName): StepName[] {
    switch (kind) {
      case 'extract':
        return [courseWide('outline'), ...(this.options.background === 'wanted' ? [courseWide('background')] : [])];
      case 'outline':
        return this.lessons().flatMap((number) => [ofLesson('script', number), ofLesson('quiz', number)]);
      case 'background':
        return this.lessons().flatMap((number) => this.pictures(number));
      case 'script':
        return range(this.parts('script', lesson)).map((slide) => ({ kind: 'voice', lesson, slide }));
      case 'voice':
      case 'presenter':
        return this.pictures(lesson);
      case 'quiz':
      case 'video':
        return this.isDone('video', lesson) && this.isDone('quiz', lesson) ? [ofLesson('assemble', lesson)] : [];
      case 'assemble':
        return this.lessons().every((number) => this.isDone('assemble', number)) ? [courseWide('publish')] : [];
      case 'publish':
        return [courseWide('notify')];
      case 'notify':
        return [];
    }
  }

  /** What shows a lesson, once everything that it is made of is there: first its presenter, then its video. */
  private pictures(lesson: number): StepName[] {
    if (!this.isSpoken(lesson)) return [];
    if (this.options.background === 'wanted' && !this.isDone('background', 0)) return [];
    return this.options.presenter === 'wanted' && !this.isDone('presenter', lesson) ? [ofLesson('presenter', lesson)] : [ofLesson('video', lesson)];
  }

  private isSpoken(lesson: number): boolean {
    const spoken = this.steps.filter((step) => step.kind === 'voice' && step.lesson === lesson && step.state === 'done').length;
    return spoken > 0 && spoken === this.parts('script', lesson);
  }

  private isDone(kind: StepKind, lesson: number): boolean {
    return this.steps.some((step) => step.kind === kind && step.lesson === lesson && step.state === 'done');
  }

  private lessons(): number[] {
    return range(this.parts('outline', 0));
  }

  private parts(kind: StepKind, lesson: number): number {
    return this.steps.find((step) => step.kind === kind && step.lesson === lesson)?.parts ?? 0;
  }
}

const courseWide = (kind: StepKind): StepName => ({ kind, lesson: 0, slide: 0 });
const ofLesson = (kind: StepKind, lesson: number): StepName => ({ kind, lesson, slide: 0 });
const isSame = (a: StepName, b: StepName): boolean => a.kind === b.kind && a.lesson === b.lesson && a.slide === b.slide;
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
