import { PRESENTER_ALIASES, PRESENTER_IDS, type Language, type PresenterId } from '@tecnocursos/contracts';

export interface HousePresenter {
  readonly id: PresenterId;
  readonly name: string;
  readonly gender: 'female' | 'male';
  readonly style: string;
  /** House voices that suit, by language. */
  readonly voices: Readonly<Record<Language, string>>;
  /** First names of vendors' presenters that look the part, the best first. */
  readonly lookAlikes: readonly string[];
}

const FEMALE = { 'pt-BR': 'francisca', en: 'jenny' } as const;
const MALE = { 'pt-BR': 'antonio', en: 'guy' } as const;

export const HOUSE_PRESENTERS: Readonly<Record<PresenterId, HousePresenter>> = {
  amy: { id: 'amy', name: 'Amy', gender: 'female', style: 'professional', voices: FEMALE, lookAlikes: ['amy', 'anita', 'amber'] },
  daniel: { id: 'daniel', name: 'Daniel', gender: 'male', style: 'friendly', voices: MALE, lookAlikes: ['daniel', 'darren', 'alex'] },
  lucia: { id: 'lucia', name: 'Lúcia', gender: 'female', style: 'technical', voices: FEMALE, lookAlikes: ['lucia', 'lily', 'fiona'] },
  marcus: { id: 'marcus', name: 'Marcus', gender: 'male', style: 'corporate', voices: MALE, lookAlikes: ['marcus', 'matt', 'william'] },
  sofia: { id: 'sofia', name: 'Sofia', gender: 'female', style: 'teaching', voices: FEMALE, lookAlikes: ['sofia', 'sophia', 'emma'] },
};

export const aliasesOf = (id: PresenterId): string[] => Object.entries(PRESENTER_ALIASES).flatMap(([alias, of]) => (of === id ? [alias] : []));

/** Number of a presenter among those of its gender: keeps two of them from looking the same. */
export const placeOf = ({ id, gender }: HousePresenter): number =>
  PRESENTER_IDS.filter((other) => HOUSE_PRESENTERS[other].gender === gender).indexOf(id);
