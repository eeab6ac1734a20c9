import { MODERATION_CATEGORIES, type ContentModerator, type ModeratedInput, type Moderation, type ModerationCategory } from '../../../ports/content-moderator.port.js';

/** Phrases that no course needs outside of quotations. A short list finds the plain cases alone, and says nothing of the rest. */
const PHRASES: Readonly<Record<ModerationCategory, RegExp>> = {
  harassment: /\b(?:seu|sua|você é um|you(?:'re| are) an?|you)\s(?:idiota|imbecil|burr[oa]|lixo|idiot|moron|scum)(?![\p{L}])|\b(?:vou te (?:matar|pegar|bater)|i(?:'ll| will) (?:kill|hurt) you)(?![\p{L}])/iu,
  hate: /\b(?:raça inferior|morte aos|inferior race|death to (?:all )?(?:the )?\p{L}+s|volta(?:r|em)? para a senzala|gas the \p{L}+)(?![\p{L}])/iu,
  self_harm: /\b(?:como se matar|jeito de (?:me|se) matar|quero morrer|se corte até|how to kill (?:yourself|myself)|kill yourself|i want to die|best way to (?:commit suicide|cut yourself))(?![\p{L}])/iu,
  sexual: /(?<!\p{L})(?:pornô|pornografia|sexo explícito|porno|porn|hardcore sex|explicit sex)(?![\p{L}])/iu,
  sexual_minors: /(?<!\p{L})(?:(?:pornografia|sexo|pornô) (?:infantil|com (?:crianças?|menores?))|child porn(?:ography)?|sex with (?:minors?|children|a child))(?![\p{L}])/iu,
  violence: /(?<!\p{L})(?:arrancar a cabeça|esquarteja[rm]?|(?:matar|massacrar) todos eles|torturar até a morte|behead (?:him|her|them)|massacre them all|torture (?:him|her|them) to death)(?![\p{L}])/iu,
  illicit: /(?<!\p{L})(?:(?:como|aprenda a) (?:fazer|fabricar|montar) (?:uma )?(?:bomba|explosivos?|arma caseira)|(?:produzir|cozinhar|fabricar) (?:metanfetamina|cocaína|crack)|how to (?:make|build) (?:a )?(?:bomb|explosives?|pipe bomb|meth)|clonar cartões?|hotwire a car)(?![\p{L}])/iu,
};
const FOUND = 0.9;

export const unfitCategories = (text: string): ModerationCategory[] => MODERATION_CATEGORIES.filter((category) => PHRASES[category].test(text));

/** Moderation by a list of phrases, for where no vendor is at hand. */
export class PhraseModerator implements ContentModerator {
  moderate(inputs: readonly string[]): Promise<Moderation> {
    return Promise.resolve({ results: inputs.map(judged), model: 'phrases', usage: {} });
  }
}

function judged(text: string): ModeratedInput {
  const found = unfitCategories(text);
  const scores = Object.fromEntries(MODERATION_CATEGORIES.map((category) => [category, found.includes(category) ? FOUND : 0])) as Record<ModerationCategory, number>;
  return { flagged: found.length > 0, scores };
}
