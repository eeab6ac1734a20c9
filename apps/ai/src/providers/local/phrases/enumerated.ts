/** "a, b e c". */
export function enumerated(items: readonly string[], and: string): string {
  if (items.length < 2) return items[0] ?? '';
  const separator = items.some((item) => item.includes(',')) ? '; ' : ', ';
  return `${items.slice(0, -1).join(separator)}${separator === '; ' ? ';' : ''} ${and} ${items.at(-1) ?? ''}`;
}
