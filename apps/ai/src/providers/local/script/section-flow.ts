import type { Block } from '@tecnocursos/contracts';
import { splitSentences } from '../text/sentences.js';
import { countWords } from '../text/words.js';
import { codeDrafts } from './code-slides.js';
import { listDrafts } from './list-slides.js';
import { pictureDraft, pictureWithList } from './picture-slides.js';
import { proseDrafts, spokenProse, wordsIn, type ProseSentence } from './prose-slides.js';
import type { ScriptContext } from './script-context.js';
import type { SlideDraft } from './slide-draft.js';
import { tableDrafts } from './table-slides.js';

/** Prose up to this many words goes along with the picture, list, table or code that follows it. */
const COMPANION_WORDS = 60;
const LEAD_IN_WORDS = 35;
/** What is left at the end of a section joins the slide before when both are short. */
const LEFTOVER_WORDS = 25;
const ROOM_WORDS = 75;
const LONGEST_ITEM_WORDS = 90;

/** Blocks of a section as slides, in their order: running text is gathered until something to show comes. */
export class SectionFlow {
  private readonly drafts: SlideDraft[] = [];
  private pending: ProseSentence[] = [];
  private paragraph = 0;

  constructor(private readonly context: ScriptContext) {}

  addAll(blocks: readonly Block[]): SlideDraft[] {
    const whole = pictureWithList(blocks, this.context);
    if (whole !== undefined) return [whole];
    for (let index = 0; index < blocks.length; index += 1) {
      const block = blocks[index];
      if (block && this.add(block, blocks[index + 1])) index += 1;
    }
    return this.finish();
  }

  /** @returns whether the next block was used, too. */
  private add(block: Block, next: Block | undefined): boolean {
    switch (block.type) {
      case 'paragraph':
        this.addParagraph(block.text);
        return false;
      case 'list':
        if (block.items.some(({ text }) => countWords(text) > LONGEST_ITEM_WORDS)) return this.addItemsAsProse(block.items);
        return this.show((lead) => listDrafts(block, lead, this.context), LEAD_IN_WORDS);
      case 'table':
        return this.show((lead) => tableDrafts(block, lead, this.context), LEAD_IN_WORDS);
      case 'code':
        return this.show((lead) => codeDrafts(block, lead, this.context), LEAD_IN_WORDS);
      case 'picture':
        return this.context.images.has(block.image_id) && this.addPicture(block, next);
      case 'heading':
      case 'notes':
        return false;
    }
  }

  private addParagraph(text: string): void {
    this.paragraph += 1;
    const sentences = splitSentences(text, this.context.language).filter((sentence) => countWords(sentence) > 0);
    this.pending.push(...sentences.map((sentence) => ({ text: sentence, paragraph: this.paragraph })));
  }

  /** Items as long as paragraphs are paragraphs. */
  private addItemsAsProse(items: readonly { text: string }[]): false {
    for (const { text } of items) this.addParagraph(text);
    return false;
  }

  private show(draft: (lead: ProseSentence[]) => SlideDraft[], words: number): false {
    const lead = this.takeLead(words);
    const drafts = draft(lead);
    if (drafts.length === 0) this.pending = [...lead, ...this.pending];
    else {
      this.flush();
      this.drafts.push(...drafts);
    }
    return false;
  }

  private addPicture(picture: Extract<Block, { type: 'picture' }>, next: Block | undefined): boolean {
    const before = this.takeLead(COMPANION_WORDS);
    this.flush();
    const usesNext = before.length === 0 && next?.type === 'paragraph' && this.fits(next.text);
    if (usesNext) this.addParagraph(next.text);
    this.drafts.push(pictureDraft(picture, usesNext ? this.pending.splice(0) : before, this.context));
    return usesNext;
  }

  private fits(text: string): boolean {
    return wordsIn([{ text, paragraph: 0 }]) <= COMPANION_WORDS && !/:\s*$/.test(text);
  }

  /** All pending prose when it is short, else its last paragraph, else a last sentence that ends in a colon; the rest stays. */
  private takeLead(words: number): ProseSentence[] {
    if (wordsIn(this.pending) <= words) return this.pending.splice(0);
    const last = this.pending.filter(({ paragraph }) => paragraph === this.paragraph);
    if (last.length > 0 && wordsIn(last) <= words) return this.pending.splice(-last.length);
    return /:$/.test(this.pending.at(-1)?.text ?? '') ? this.pending.splice(-1) : [];
  }

  private flush(): void {
    this.drafts.push(...proseDrafts(this.pending.splice(0), this.context));
  }

  private finish(): SlideDraft[] {
    const last = this.drafts.at(-1);
    if (last && last.body.kind !== 'code' && this.pending.length > 0 && wordsIn(this.pending) <= LEFTOVER_WORDS && spokenWords(last) <= ROOM_WORDS) {
      this.drafts[this.drafts.length - 1] = { ...last, spoken: [...last.spoken, ...spokenProse(this.pending.splice(0))] };
    } else this.flush();
    return this.drafts;
  }
}

const spokenWords = ({ spoken }: SlideDraft): number => wordsIn(spoken.map(({ text }) => ({ text, paragraph: 0 })));
