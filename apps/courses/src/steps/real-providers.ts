import type { Routing } from '@tecnocursos/contracts';

/** A course is made for people: what the sandbox simulates is no part of it unless its options ask for it by name. */
export const REAL_PROVIDERS: Routing = { allow_simulated: false };
