import type { PageContent, StructureLeaf, StructureNode } from './pdf-page.js';

const BLOCK_ROLES = /^(H[1-6]?|Title|P|L|LI|Table|TR|Figure|Caption|BlockQuote|TOC|Document|Part|Sect|Div|Art|Note|FENote|Aside|Index|Formula)$/;
const SKIPPED_ROLES: ReadonlySet<string> = new Set(['Artifact', 'TOC', 'TOCI', 'Annot', 'Form', 'Ruby', 'Warichu']);

/** Contents that the reading leaves out: decoration, tables of contents, forms. */
export function isSkipped({ role }: StructureNode): boolean {
  return SKIPPED_ROLES.has(role);
}

/** Whether a node stands as a block of its own, or holds one that does. */
export function isBlock(node: StructureNode): boolean {
  return BLOCK_ROLES.test(node.role) || isSkipped(node) || hasBlocks(node);
}

export function isLeaf(child: StructureNode | StructureLeaf): child is StructureLeaf {
  return !('role' in child);
}

/** Share of the characters of some pages that their structure trees account for. */
export function taggedShare(pages: readonly PageContent[]): number {
  let all = 0;
  let tagged = 0;
  for (const { fragments, structure } of pages) {
    const ids = new Set(structure === undefined ? [] : leafIds(structure));
    for (const { text, contentId } of fragments) {
      all += text.length;
      if (contentId !== undefined && ids.has(contentId)) tagged += text.length;
    }
  }
  return tagged / Math.max(1, all);
}

export function hasTaggedHeadings(node: StructureNode): boolean {
  return /^(H[1-6]?|Title)$/.test(node.role) || node.children.some((child) => !isLeaf(child) && hasTaggedHeadings(child));
}

export function leafIds(node: StructureNode): string[] {
  return node.children.flatMap((child) => (isLeaf(child) ? [child.id] : leafIds(child)));
}

/** Leaves of a node but those of figures in it, whose text is lettering. */
export function textIds(node: StructureNode): string[] {
  return node.children.flatMap((child) => {
    if (isLeaf(child)) return [child.id];
    return child.role === 'Figure' || isSkipped(child) ? [] : textIds(child);
  });
}

export function hasBlocks(node: StructureNode): boolean {
  return node.children.some((child) => !isLeaf(child) && ((BLOCK_ROLES.test(child.role) && child.role !== 'Figure') || hasBlocks(child)));
}

export function childrenOf(node: StructureNode, role: string): StructureNode[] {
  return node.children.filter((child): child is StructureNode => !isLeaf(child) && child.role === role);
}

export function altOf(node: StructureNode): string {
  for (const child of node.children) {
    const alt = isLeaf(child) ? '' : altOf(child);
    if (alt !== '') return alt;
  }
  return node.alt ?? '';
}

export function labelOf(item: StructureNode): StructureNode {
  return { role: 'Span', children: childrenOf(item, 'Lbl') };
}

export function listsIn(node: StructureNode): StructureNode[] {
  return node.children.flatMap((child) => {
    if (isLeaf(child)) return [];
    return child.role === 'L' ? [child] : listsIn(child);
  });
}

export function withoutLists(node: StructureNode): StructureNode {
  return { ...node, children: node.children.filter((child) => isLeaf(child) || child.role !== 'L').map((child) => (isLeaf(child) ? child : withoutLists(child))) };
}
