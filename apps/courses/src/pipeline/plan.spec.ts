import { describe, expect, it } from 'vitest';
import { followingSteps, type PlannedStep, type PlanOptions, type StepName } from './plan.js';

const name = (kind: StepName['kind'], lesson = 0, slide = 0): StepName => ({ kind, lesson, slide });

const PLAIN: PlanOptions = { background: 'none', presenter: 'none' };
const SHOWN: PlanOptions = { background: 'wanted', presenter: 'wanted' };

/** Runs a whole course in the given order of completion, and returns the steps in the order in which they appeared. */
function runCourse(lessons: number, slides: number, pick: (open: PlannedStep[]) => PlannedStep, options = PLAIN): { steps: PlannedStep[]; order: string[] } {
  const steps: PlannedStep[] = [{ ...name('extract'), state: 'ready', parts: 0 }];
  const order: string[] = [];
  for (let open = steps.filter(({ state }) => state === 'ready'); open.length > 0; open = steps.filter(({ state }) => state === 'ready')) {
    const step = pick(open);
    step.state = 'done';
    if (step.kind === 'outline') step.parts = lessons;
    if (step.kind === 'script') step.parts = slides;
    order.push(`${step.kind}/${step.lesson}/${step.slide}`);
    for (const following of followingSteps(step, steps, options)) steps.push({ ...following, state: 'ready', parts: 0 });
  }
  return { steps, order };
}

const ORDERS: [string, (open: PlannedStep[]) => PlannedStep][] = [
  ['first come, first served', (open) => open[0] as PlannedStep],
  ['last come, first served', (open) => open.at(-1) as PlannedStep],
  ['from the middle', (open) => open[Math.floor(open.length / 2)] as PlannedStep],
  ['the background last of all', (open) => open.find(({ kind }) => kind !== 'background') ?? (open[0] as PlannedStep)],
];

describe('the plan of the pipeline', () => {
  it.each(ORDERS)('reaches the end whatever finishes first: %s', (_label, pick) => {
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

  it.each(ORDERS)('with a background and presenters makes a video when both are there, whatever finishes first: %s', (_label, pick) => {
    const { steps, order } = runCourse(3, 4, pick, SHOWN);
    expect(steps).toHaveLength(1 + 1 + 1 + 3 * (1 + 1 + 4 + 1 + 1 + 1) + 1 + 1);
    expect(new Set(order).size).toBe(order.length);
    expect(order.at(-1)).toBe('notify/0/0');
    for (const lesson of [1, 2, 3]) {
      const [presenter, video] = [order.indexOf(`presenter/${lesson}/0`), order.indexOf(`video/${lesson}/0`)];
      expect(presenter).toBeGreaterThan(order.indexOf('background/0/0'));
      for (const slide of [1, 2, 3, 4]) expect(order.indexOf(`voice/${lesson}/${slide}`)).toBeLessThan(presenter);
      expect(video).toBeGreaterThan(presenter);
    }
  });

  it.each<[string, PlanOptions, string[]]>([
    ['nothing', PLAIN, []], ['a background', { ...PLAIN, background: 'wanted' }, ['background/0/0']], ['a presenter', { ...PLAIN, presenter: 'wanted' }, ['presenter/1/0']],
  ])('has steps for %s only where it was asked for', (_label, options, optional) => {
    const { order } = runCourse(1, 2, (open) => open[0] as PlannedStep, options);
    const isOptional = (step: string): boolean => /^(background|presenter)/.test(step);
    expect(order.filter(isOptional)).toEqual(optional);
    expect(order.filter((step) => !isOptional(step)).sort()).toEqual([...runCourse(1, 2, (open) => open[0] as PlannedStep).order].sort());
  });

  it('adds nothing when it is asked again', () => {
    const steps: PlannedStep[] = [
      { ...name('outline'), state: 'done', parts: 1 },
      { ...name('script', 1), state: 'ready', parts: 0 },
      { ...name('quiz', 1), state: 'running', parts: 0 },
    ];
    expect(followingSteps(name('outline'), steps, PLAIN)).toEqual([]);
  });

  it('waits with the video for the last voice', () => {
    const steps: PlannedStep[] = [
      { ...name('script', 1), state: 'done', parts: 2 },
      { ...name('voice', 1, 1), state: 'done', parts: 0 },
      { ...name('voice', 1, 2), state: 'running', parts: 0 },
    ];
    expect(followingSteps(name('voice', 1, 1), steps, PLAIN)).toEqual([]);
  });
});
