import { shortTitle } from '../text/headings.js';
import type { RankedTerm } from '../text/key-terms.js';
import { contentStems, tokenize } from '../text/words.js';
import type { ScriptContext } from './script-context.js';
import type { SlideDraft, TitledDraft } from './slide-draft.js';

const LONGEST_TITLE = 70;
const TERMS_TO_NAME_BY = 40;

/** The first slide of a section has its name; the others are named after the term that they speak of. */
export class SlideTitles {
  private readonly terms: readonly RankedTerm[];
  private readonly used = new Set<string>();

  constructor(private readonly context: ScriptContext) {
    this.terms = context.terms.rank(new Set(context.sections.keys()), TERMS_TO_NAME_BY);
    this.used.add(key(context.lesson.title));
    for (const { title } of context.sections) if (title !== undefined) this.used.add(key(title));
  }

  /** `section` is the heading; slides of sections without one have the lesson's name. */
  assign(drafts: readonly SlideDraft[], section: string | undefined): TitledDraft[] {
    const name = section ?? this.context.lesson.title;
    return drafts.map((draft, index) => {
      const title = draft.title ?? (index === 0 ? name : draft.nameless ?? this.subtitle(draft, name) ?? this.continued(name));
      this.used.add(key(title));
      return { ...draft, title: shortTitle(title, LONGEST_TITLE), kicker: shortTitle(title === name ? this.context.lesson.title : name, LONGEST_TITLE) };
    });
  }

  private continued(name: string): string {
    const { phrases } = this.context;
    return phrases.continued(shortTitle(name, LONGEST_TITLE - phrases.continued('').length));
  }

  /** A term that is the subject of the slide's first sentence, or that is defined on the slide. */
  private subtitle({ matter }: SlideDraft, name: string): string | undefined {
    const named = new Set(contentStems(name, this.context.text));
    const start = this.subjectStems(matter);
    const candidates = this.terms.filter(({ display, stems }) => !this.used.has(key(display)) && !stems.every((stem) => named.has(stem)));
    const subject = candidates.find(({ stems }) => stems.every((stem, index) => start[index] === stem));
    return (subject ?? candidates.find(({ definition }) => definition !== undefined && matter.includes(definition.sentence)))?.display;
  }

  /** Stems of the content words right after the article that the text begins with. */
  private subjectStems(matter: string): string[] {
    const { text } = this.context;
    const words = tokenize(matter.slice(0, 120)).map(({ lower }) => lower);
    const rest = words[0] !== undefined && text.articles.has(words[0]) ? words.slice(1) : words;
    if (rest[0] !== undefined && text.stopWords.has(rest[0])) return [];
    return rest.filter((word) => !text.connectors.has(word)).slice(0, 4).map((word) => text.stem(word));
  }
}

const key = (title: string): string => title.toLowerCase();
