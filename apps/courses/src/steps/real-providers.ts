import type { CourseOptions, Routing } from '@tecnocursos/contracts';

/** A course is made for people: what the sandbox simulates is no part of it unless its options ask for it. */
export const realProviders = ({ simulated }: Pick<CourseOptions, 'simulated'>): Routing => ({ allow_simulated: simulated === 'allowed' });
