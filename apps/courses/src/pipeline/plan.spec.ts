import { describe, expect, it } from '@jest/globals';
import { followingSteps, type PlannedStep, type StepName } from './plan.js';

const name = (kind: StepName['kind'], lesson = 0, slide = 0): StepName => ({ kind, lesson, slide });

/** Runs a whole course in the given order of completion, and returns the steps in the order in which they appeared. */
function runCourse(lessons: number, slides: number, pick: (open: PlannedStep[]) => PlannedStep): { steps: PlannedStep[]; order: string[] } {
  const steps: PlannedStep[] = [{ ...name('extract'), state: 'ready', parts: 0 }];
  const order: string[] = [];
  for (let open = steps.filter(({ state }) => state === 'ready'); open.length > 0; open = steps.filter(({ state }) => state === 'ready')) {
    const step = pick(open);
    step.state = 'done';
    if (step.kind === 'outline') step.parts = lessons;
    if (step.kind === 'script') step.parts = slides;
    order.push(`${step.kind}/${step.lesson}/${step.slide}`);
    for (const following of followingSteps(step, steps)) steps.push({ ...following, state: 'ready', parts: 0 });
  }
  return { steps, order };
}

describe('the plan of the pipeline', () => {
  it.each([
    ['first come, first served', (open: PlannedStep[]) => open[0] as PlannedStep],
    ['last come, first served', (open: PlannedStep[]) => open.at(-1) as PlannedStep],
    ['from the middle', (open: PlannedStep[]) => open[Math.floor(open.length / 2)] as PlannedStep],
  ])('reaches the end whatever finishes first: %s', (_label, pick) => {
    const { steps, order } = runCourse(3, 4, pick);
    expect(steps).toHaveLength(1 + 1 + 3 * (1 + 1 + 4 + 1 + 1) + 1 + 1);
    expect(new Set(order).size).toBe(order.length);
    expect(order.at(-2)).toBe('publish/0/0');
    expect(order.at(-1)).toBe('notify/0/0');
    for (const lesson of [1, 2, 3]) {
      const video = order.indexOf(`video/${lesson}/0`);
      for (const slide of [1, 2, 3, 4]) expect(order.indexOf(`voice/${lesson}/${slide}`)).toBeLessThan(video);
      expect(order.indexOf(`assemble/${lesson}/0`)).toBeGreaterThan(Math.max(video, order.indexOf(`quiz/${lesson}/0`)));
    }
  });

  it('adds nothing when it is asked again', () => {
    const steps: PlannedStep[] = [
      { ...name('outline'), state: 'done', parts: 1 },
      { ...name('script', 1), state: 'ready', parts: 0 },
      { ...name('quiz', 1), state: 'running', parts: 0 },
    ];
    expect(followingSteps(name('outline'), steps)).toEqual([]);
  });

  it('waits with the video for the last voice', () => {
    const steps: PlannedStep[] = [
      { ...name('script', 1), state: 'done', parts: 2 },
      { ...name('voice', 1, 1), state: 'done', parts: 0 },
      { ...name('voice', 1, 2), state: 'running', parts: 0 },
    ];
    expect(followingSteps(name('voice', 1, 1), steps)).toEqual([]);
  });
});
