import { codeText } from './pdf-code.js';
import type { BlockOf, DraftBlock } from './pdf-draft.js';
import { buildBlocks, type BuildContext } from './pdf-block-builder.js';
import { toLines, type Line } from './pdf-lines.js';
import { union, type Fragment, type PageContent, type PlacedImage, type StructureLeaf, type StructureNode } from './pdf-page.js';
import { altOf, childrenOf, hasBlocks, isBlock, isLeaf, isSkipped, labelOf, leafIds, listsIn, textIds, withoutLists } from './pdf-structure.js';
import { TaggedTables } from './pdf-tagged-tables.js';

/** Blocks of one page as its structure tree tells them; where that says nothing, looks and distances decide. */
export class TaggedPage {
  readonly #page: PageContent;
  readonly #context: BuildContext;
  readonly #fragments = new Map<string, Fragment[]>();
  readonly #usedImages = new Set<PlacedImage>();

  constructor(page: PageContent, context: BuildContext) {
    this.#page = page;
    this.#context = context;
    for (const fragment of page.fragments) {
      if (fragment.contentId === undefined) continue;
      const known = this.#fragments.get(fragment.contentId);
      if (known === undefined) this.#fragments.set(fragment.contentId, [fragment]);
      else known.push(fragment);
    }
  }

  build(): DraftBlock[] {
    const { structure, images } = this.#page;
    const drafts = structure === undefined ? [] : this.#container(structure);
    for (const image of images) if (!this.#usedImages.has(image)) insertByPlace(drafts, this.#picture(image, ''));
    return drafts;
  }

  #visit(node: StructureNode): DraftBlock[] {
    const { role } = node;
    if (isSkipped(node)) return [];
    if (/^(H[1-6]?|Title)$/.test(role)) return this.#heading(node);
    if (role === 'L') return this.#list(node);
    if (role === 'Table') return new TaggedTables((cell) => this.#lines(cell), this.#context).table(node);
    if (role === 'Figure') return this.#figure(node);
    if (role === 'Formula') return node.alt === undefined ? this.#text(node) : this.#altText(node, node.alt);
    if (role === 'P' && !hasBlocks(node)) return this.#text(node);
    return this.#container(node);
  }

  /** Children of their own in order; what stands bare between them is taken together. */
  #container(node: StructureNode): DraftBlock[] {
    const drafts: DraftBlock[] = [];
    let bare: Array<StructureNode | StructureLeaf> = [];
    const flush = (): void => {
      drafts.push(...this.#bare({ role: 'Span', children: bare }));
      bare = [];
    };
    for (const child of node.children) {
      if (isLeaf(child) || !isBlock(child)) {
        bare.push(child);
      } else {
        flush();
        drafts.push(...this.#visit(child));
      }
    }
    flush();
    return drafts;
  }

  #bare(node: StructureNode): DraftBlock[] {
    const lines = this.#lines(node);
    return lines.length === 0 ? [] : buildBlocks(lines.map((line) => ({ kind: 'line', line })), this.#context);
  }

  #text(node: StructureNode): DraftBlock[] {
    const lines = this.#lines(node);
    if (lines.length === 0) return this.#figuresIn(node);
    const isCode = !this.#context.style.isMonospaced && lines.every(({ monospace }) => monospace);
    const block: BlockOf<'code'> | BlockOf<'paragraph'> = isCode ? { type: 'code', text: codeText(lines) } : { type: 'paragraph', text: this.#join(lines) };
    return [...this.#figuresIn(node), this.#draft(block, lines)];
  }

  #altText(node: StructureNode, alt: string): DraftBlock[] {
    const lines = this.#lines(node);
    return lines.length === 0 ? [] : [this.#draft({ type: 'paragraph', text: alt }, lines)];
  }

  #heading(node: StructureNode): DraftBlock[] {
    const lines = this.#lines(node);
    if (lines.length === 0) return [];
    const level = node.role === 'Title' ? 1 : Number(node.role.slice(1)) || 2;
    return [this.#draft({ type: 'heading', level, text: this.#join(lines) }, lines)];
  }

  #list(node: StructureNode): DraftBlock[] {
    const items: Array<{ text: string; level: number }> = [];
    const lines: Line[] = [];
    let ordered: boolean | undefined;
    const visit = (list: StructureNode, level: number): void => {
      for (const child of list.children) {
        if (isLeaf(child)) continue;
        if (child.role === 'L') visit(child, level + 1);
        else {
          const own = this.#lines(withoutLists(child));
          const label = this.#join(this.#lines(labelOf(child)));
          ordered ??= /\d|^[a-z]\W/i.test(label);
          lines.push(...own);
          const text = this.#join(own);
          items.push({ text: (text.startsWith(label) ? text.slice(label.length) : text).trim(), level });
          for (const nested of listsIn(child)) visit(nested, level + 1);
        }
      }
    };
    visit(node, 0);
    const written = items.filter(({ text }) => text !== '');
    return lines.length === 0 || written.length === 0 ? [] : [this.#draft({ type: 'list', ordered: ordered ?? false, items: written }, lines), ...this.#figuresIn(node)];
  }

  #figure(node: StructureNode): DraftBlock[] {
    const caption = this.#join(childrenOf(node, 'Caption').flatMap((child) => this.#lines(child)));
    const pictures = this.#imagesOf(node).map((image) => this.#picture(image, altOf(node)));
    const [first] = pictures;
    if (first?.block.type === 'picture' && caption !== '') first.block = { ...first.block, caption };
    if (first !== undefined) return pictures;
    return childrenOf(node, 'Caption').flatMap((child) => this.#text(child));
  }

  #figuresIn(node: StructureNode): DraftBlock[] {
    return node.children.flatMap((child) => {
      if (isLeaf(child)) return [];
      return child.role === 'Figure' ? this.#figure(child) : this.#figuresIn(child);
    });
  }

  #imagesOf(node: StructureNode): PlacedImage[] {
    const ids = leafIds(node);
    const images = this.#page.images.filter((image) => image.contentId !== undefined && ids.some((id) => id.endsWith(image.contentId ?? '\0')));
    for (const image of images) this.#usedImages.add(image);
    return images;
  }

  #picture({ imageId, box }: PlacedImage, alt: string): DraftBlock {
    return { block: { type: 'picture', image_id: imageId, alt }, page: this.#page.number, top: box.top, bottom: box.bottom };
  }

  #lines(node: StructureNode): Line[] {
    return toLines(textIds(node).flatMap((id) => this.#fragments.get(id) ?? []));
  }

  #join(lines: readonly Line[]): string {
    return this.#context.joiner.join(lines.map(({ text }) => text));
  }

  #draft(block: DraftBlock['block'], lines: readonly Line[]): DraftBlock {
    const { top, bottom } = union(lines);
    return { block, page: this.#page.number, top, bottom };
  }
}

function insertByPlace(drafts: DraftBlock[], picture: DraftBlock): void {
  const before = drafts.findLastIndex(({ top }) => top <= picture.top);
  drafts.splice(before + 1, 0, picture);
}
