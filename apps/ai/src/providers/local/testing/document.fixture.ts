import type { Block, Document } from '@tecnocursos/contracts';

export const heading = (level: number, text: string): Block => ({ type: 'heading', level, text });
export const paragraph = (text: string): Block => ({ type: 'paragraph', text });
export const list = (...items: string[]): Block => ({ type: 'list', ordered: false, items: items.map((text) => ({ text, level: 0 })) });
export const steps = (...items: string[]): Block => ({ type: 'list', ordered: true, items: items.map((text) => ({ text, level: 0 })) });
export const table = (...rows: string[][]): Block => ({ type: 'table', header: true, rows });
export const code = (language: string, text: string): Block => ({ type: 'code', language, text });
export const picture = (id: string, alt: string, caption?: string): Block => ({ type: 'picture', image_id: id, alt, ...(caption !== undefined && { caption }) });
export const notes = (text: string): Block => ({ type: 'notes', text });

export function documentOf(title: string, language: string, blocks: Block[], format: Document['format'] = 'markdown'): Document {
  const images = blocks.flatMap((block) => (block.type === 'picture' ? [{ id: block.image_id, key: `courses/x/${block.image_id}.png`, content_type: 'image/png' as const, width: 800, height: 600 }] : []));
  return { title, language, format, blocks, images, warnings: [] };
}
