import type { Language } from '@tecnocursos/contracts';
import { ENGLISH_TEXT } from './english-text.js';
import { PORTUGUESE_TEXT } from './portuguese-text.js';

/** What the analysis of texts needs to know of a language. Patterns match at the start of the text they are given unless they say otherwise. */
export interface TextLanguage {
  readonly language: Language;
  readonly stopWords: ReadonlySet<string>;
  /** Abbreviations whose full stop ends no sentence, in lower case without it. */
  readonly abbreviations: ReadonlySet<string>;
  /** Abbreviations that often close a sentence ("etc."). */
  readonly closingAbbreviations: ReadonlySet<string>;
  /** Words that only stand before nouns, and words that mostly do. */
  readonly articles: ReadonlySet<string>;
  readonly prepositions: ReadonlySet<string>;
  /** Join two nouns to one term: "ciclo *de* Calvin". */
  readonly connectors: ReadonlySet<string>;
  /** Content words that say nothing as a term. */
  readonly genericWords: ReadonlySet<string>;
  /** Endings that nouns and adjectives do not have. */
  readonly verbEnding: RegExp;
  readonly infinitiveEnding: RegExp;
  readonly adverbEnding: RegExp;
  stem(word: string): string;
  /** Starts of a sentence that lean on the one before: "Além disso, ". */
  readonly leadIn: RegExp;
  /** Prepositional phrase or clause at the start that ends in a comma: "Durante o dia, ". */
  readonly introduction: RegExp;
  /** Where a clause ends, from the strongest joint to the weakest; matched anywhere in the sentence. */
  readonly clauseJoints: readonly RegExp[];
  /** Words that a shortened sentence cannot end with. */
  readonly danglingWords: ReadonlySet<string>;
  /** What a clause without a subject of its own begins with: participles, relatives. */
  readonly noClauseStart: RegExp;
  /** A relative clause that has begun but has no verb yet, at the end. */
  readonly danglingClause: RegExp;
  /** An end that asks for more, such as a participle without its auxiliary. */
  readonly weakEnd: RegExp;
  /** A conjunction with what was put between commas after it, at the end: " e, ao longo do caminho". */
  readonly openJoint: RegExp;
  /** Whether the joint's clause is what the statement is about, as in "only when". */
  restrictedClause(before: string, joint: string): boolean;
  /** Between commas and removable: ", que é verde,". */
  readonly aside: RegExp;
  /** Sentences that cannot stand alone since they point back. */
  readonly pointsBack: RegExp;
  /** A pronoun as subject right after an introduction: "No Brasil, ela é …". */
  readonly pronounSubject: RegExp;
  /** Named groups `term`, `verb` and `definition`. */
  readonly definitions: readonly RegExp[];
  readonly notDefinable: RegExp;
  /** Headings of parts that are not lesson matter. */
  readonly skippedHeading: RegExp;
  /** Announces the teacher's own list of objectives. */
  readonly objectivesLead: RegExp;
  /** Speaks of what is shown elsewhere on the page. */
  readonly refersToPage: RegExp;
  /** Headings that name no subject. */
  readonly genericHeading: RegExp;
  /** "Capítulo 3 – " and the like at the start of a heading. */
  readonly headingLabel: RegExp;
  readonly and: string;
  /** The verb of a statement and its negation, for statements that are to be wrong. */
  readonly negatable: RegExp;
  readonly negated: string;
  readonly negation: RegExp;
}

const LANGUAGES: Readonly<Record<Language, TextLanguage>> = { 'pt-BR': PORTUGUESE_TEXT, en: ENGLISH_TEXT };

export const textLanguage = (language: Language): TextLanguage => LANGUAGES[language];
