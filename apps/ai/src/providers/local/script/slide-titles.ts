import { shortTitle } from '../text/headings.js';
import type { RankedTerm } from '../text/key-terms.js';
import { contentStems } from '../text/words.js';
import type { ScriptContext } from './script-context.js';
import type { SlideDraft, TitledDraft } from './slide-draft.js';

const LONGEST_TITLE = 70;
const TERMS_TO_NAME_BY = 40;

/** The first slide of a section has its name; the others are named after the term that they are most about. */
export class SlideTitles {
  private readonly terms: readonly RankedTerm[];
  private readonly used = new Set<string>();

  constructor(private readonly context: ScriptContext) {
    this.terms = context.terms.rank(new Set(context.sections.keys()), TERMS_TO_NAME_BY);
    this.used.add(key(context.lesson.title));
  }

  /** `section` is the heading; sections without one take their names from their terms, or the lesson's. */
  assign(drafts: readonly SlideDraft[], section: string | undefined): TitledDraft[] {
    const name = section ?? this.context.lesson.title;
    return drafts.map((draft, index) => {
      const isFirst = index === 0 && section !== undefined;
      const title = draft.title ?? (isFirst ? section : this.subtitle(draft, name) ?? (index === 0 ? name : this.context.phrases.continued(shortTitle(name, LONGEST_TITLE - 14))));
      this.used.add(key(title));
      return { ...draft, title: shortTitle(title, LONGEST_TITLE), kicker: shortTitle(title === name || isFirst ? this.context.lesson.title : name, LONGEST_TITLE) };
    });
  }

  private subtitle({ matter, body }: SlideDraft, name: string): string | undefined {
    if (body.kind === 'code' || matter === '') return undefined;
    const stems = contentStems(matter, this.context.text);
    const named = new Set(contentStems(name, this.context.text));
    const scored = this.terms
      .filter((term) => !this.used.has(key(term.display)) && !term.stems.every((stem) => named.has(stem)))
      .map((term) => ({ term, score: Math.min(...term.stems.map((stem) => stems.filter((other) => other === stem).length)) * term.score * (isEarly(term, stems) ? 1.5 : 1) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score);
    return scored[0]?.term.display;
  }
}

const isEarly = ({ stems }: RankedTerm, all: readonly string[]): boolean => stems.every((stem) => all.slice(0, 8).includes(stem));
const key = (title: string): string => title.toLowerCase();
