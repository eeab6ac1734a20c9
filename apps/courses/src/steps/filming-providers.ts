import type { ProviderReport } from '@tecnocursos/contracts';

/** Who can film, in the order in which they are asked: whoever was chosen first. Simulated ones take part when one of them was chosen, and never by themselves. */
export function filmingProviders(reports: readonly ProviderReport[], chosen: string | undefined): string[] {
  const filming = reports.filter(({ capabilities, mode }) => capabilities.includes('avatar') && (mode === 'live' || mode === 'sandbox'));
  const first = filming.find(({ id }) => id === chosen);
  const others = filming.filter(({ id, mode }) => id !== chosen && (mode === 'live' || first?.mode === 'sandbox'));
  return [...(first ? [first] : []), ...others].map(({ id }) => id);
}
