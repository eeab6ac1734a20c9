import type { Block } from '@tecnocursos/contracts';
import { DOCUMENT_LIMITS } from '../document-limits.js';
import type { ImageCollector } from '../images/image-collector.js';
import type { Relationship } from '../ooxml/relationships.js';
import { childAt, descendantsOf, elementsOf, parseXml, type XmlElement } from '../ooxml/xml.js';
import type { ZipArchive } from '../zip/zip-archive.js';
import { paragraphsOf, placeholderOf, textBlocks, toParagraph } from './shape-text.js';

export interface SlideContext {
  archive: ZipArchive;
  relationships: ReadonlyMap<string, Relationship>;
  images: ImageCollector;
  number: number;
}

const FURNITURE: ReadonlySet<string> = new Set(['ftr', 'sldNum', 'dt', 'hdr']);
const DEEPEST_GROUP = 20;

/** Walks the shapes of one slide in their order, which is the order of reading for assistive technology, too. */
export class SlideShapes {
  readonly #context: SlideContext;
  #title = '';

  constructor(context: SlideContext) {
    this.#context = context;
  }

  /** Text of the title placeholder; empty when there is none, and before `read`. */
  get title(): string {
    return this.#title;
  }

  async read(tree: XmlElement | undefined, depth = 0): Promise<Block[]> {
    const blocks: Block[] = [];
    if (depth > DEEPEST_GROUP) return blocks;
    for (const shape of elementsOf(tree)) blocks.push(...(await this.#shape(shape, depth)));
    return blocks;
  }

  async #shape(shape: XmlElement, depth: number): Promise<Block[]> {
    switch (shape.name) {
      case 'p:sp':
        return this.#text(shape);
      case 'p:pic':
        return this.#picture(shape);
      case 'p:graphicFrame':
        return this.#frame(shape);
      case 'p:grpSp':
        return this.read(shape, depth + 1);
      case 'mc:AlternateContent':
        return this.read(childAt(shape, 'mc:Fallback') ?? childAt(shape, 'mc:Choice'), depth + 1);
      default:
        return [];
    }
  }

  #text(shape: XmlElement): Block[] {
    const placeholder = placeholderOf(shape);
    const paragraphs = paragraphsOf(shape);
    if (placeholder !== undefined && FURNITURE.has(placeholder.type)) return [];
    if (this.#title === '' && (placeholder?.type === 'title' || placeholder?.type === 'ctrTitle')) {
      this.#title = paragraphs.map(({ text }) => text).join(' ').trim();
      return [];
    }
    return textBlocks(paragraphs, placeholder);
  }

  async #picture(shape: XmlElement): Promise<Block[]> {
    const { archive, relationships, images } = this.#context;
    const target = relationships.get(childAt(shape, 'p:blipFill', 'a:blip')?.attributes['r:embed'] ?? '')?.target;
    if (target === undefined || !archive.has(target)) return [];
    if (archive.sizeOf(target) > DOCUMENT_LIMITS.imageBytes) {
      images.warn('A picture of too many bytes was left out.');
      return [];
    }
    const id = await images.add({ bytes: await archive.bytes(target, DOCUMENT_LIMITS.imageBytes) });
    const attributes = childAt(shape, 'p:nvPicPr', 'p:cNvPr')?.attributes;
    return id === undefined ? [] : [{ type: 'picture', image_id: id, alt: attributes?.['descr'] ?? attributes?.['title'] ?? '' }];
  }

  async #frame(frame: XmlElement): Promise<Block[]> {
    const data = childAt(frame, 'a:graphic', 'a:graphicData');
    const table = childAt(data, 'a:tbl');
    if (table !== undefined) return [tableBlock(table)];
    const diagram = childAt(data, 'dgm:relIds')?.attributes['r:dm'];
    if (diagram !== undefined) return this.#diagram(diagram);
    if (elementsOf(data).some(({ name }) => name.endsWith(':chart'))) {
      this.#context.images.warn(`A chart on slide ${this.#context.number} was left out: insert it as a picture to keep it.`);
    }
    return [];
  }

  /** The texts of a SmartArt diagram, as a list. */
  async #diagram(relationship: string): Promise<Block[]> {
    const { archive, relationships } = this.#context;
    const target = relationships.get(relationship)?.target;
    if (target === undefined || !archive.has(target)) return [];
    const model = parseXml(await archive.bytes(target, DOCUMENT_LIMITS.xmlPartBytes));
    const items = descendantsOf(model, 'a:p').map(toParagraph).filter(({ text }) => text.trim() !== '').map(({ text }) => ({ text, level: 0 }));
    return items.length === 0 ? [] : [{ type: 'list', ordered: false, items }];
  }
}

function tableBlock(table: XmlElement): Block {
  const rows = elementsOf(table)
    .filter(({ name }) => name === 'a:tr')
    .map((row) => elementsOf(row).filter(({ name }) => name === 'a:tc').map((cell) => paragraphsOf(cell).map(({ text }) => text).join(' ')));
  return { type: 'table', header: childAt(table, 'a:tblPr')?.attributes['firstRow'] === '1' && rows.length > 1, rows: rows.length === 0 ? [['']] : rows };
}
