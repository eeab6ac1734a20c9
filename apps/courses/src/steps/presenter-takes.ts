import { servedLocally, type ServedBy } from '@tecnocursos/contracts';
import type { StepResult } from '../pipeline/step-handler.port.js';
import type { Take } from './presenter-studio.service.js';
import type { PresenterOutput } from './step-outputs.js';

type Filmed = Extract<Take, { video: unknown }>;
/** Something to tell about the presenter of a slide. */
interface Note {
  readonly slide: number;
  readonly text: string;
}

/** A presenter that is drawn with the slides; `reason` when one was to be filmed. */
export const drawn = (lesson?: number, reason?: string): StepResult => ({
  output: { clips: [] } satisfies PresenterOutput, servedBy: servedLocally('local'),
  ...(lesson !== undefined && { warnings: [`The presenter of lesson ${lesson} was drawn locally: ${reason ?? 'no vendor made it'}`] }),
});

/** The clips of a lesson. A slide without one stays without a presenter; where there is none at all, the presenter is drawn. */
export function resultOf(takes: readonly Take[], lesson: number): StepResult {
  const filmed = takes.filter((take) => 'video' in take);
  const missing = takes.flatMap((take) => ('reason' in take ? [{ slide: take.slide, text: take.reason }] : []));
  if (filmed.length === 0) return drawn(lesson, missing[0]?.text);
  return {
    output: { clips: filmed.map(({ slide, video }) => ({ slide, key: video.result.video.key })) } satisfies PresenterOutput,
    ...servedBy(filmed.flatMap(({ video }) => video.served_by ?? [])),
    warnings: [
      ...perText(missing).map(({ slides, text }) => `${slidesOf(slides)} of lesson ${lesson} ${slides.length === 1 ? 'has' : 'have'} no presenter: ${text}`),
      ...perText(filmed.flatMap(notesOf)).map(({ slides, text }) => `The presenter of ${takes.length === 1 ? '' : `${slidesOf(slides).toLowerCase()} of `}lesson ${lesson}${text}`),
    ],
  };
}

function notesOf({ slide, video: { served_by: by, attempts, warnings } }: Filmed): Note[] {
  const fallen = attempts.slice(0, -1).map(({ provider, detail }) => ` is by ${by?.provider ?? 'another'}, because ${provider} failed: ${detail ?? 'no reason given'}`);
  return [...fallen, ...warnings.map((warning) => `: ${warning}`)].map((text) => ({ slide, text }));
}

/** What is said of several slides is said once. */
function perText(notes: readonly Note[]): { slides: number[]; text: string }[] {
  const slides = new Map<string, number[]>();
  for (const { slide, text } of notes) slides.set(text, [...(slides.get(text) ?? []), slide]);
  return [...slides].map(([text, of]) => ({ slides: of, text }));
}

const slidesOf = (slides: readonly number[]): string => (slides.length === 1 ? `Slide ${slides[0]}` : `Slides ${slides.slice(0, -1).join(', ')} and ${slides.at(-1)}`);

/** All videos together. It is simulated when one of them was; those cost no money. */
function servedBy(all: readonly ServedBy[]): Pick<StepResult, 'servedBy' | 'paidMicros'> {
  const [first] = all;
  if (!first) return {};
  if (all.length === 1) return { servedBy: first };
  const sum = (served: readonly ServedBy[]): number => served.reduce((total, { cost }) => total + cost.amount_micros, 0);
  return {
    servedBy: {
      provider: first.provider, simulated: all.some(({ simulated }) => simulated), attempts: all.reduce((total, { attempts }) => total + attempts, 0), cost: { amount_micros: sum(all), currency: first.cost.currency },
    },
    paidMicros: sum(all.filter(({ simulated }) => !simulated)),
  };
}
