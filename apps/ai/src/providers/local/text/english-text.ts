import { eng } from 'stopword';
import type { TextLanguage } from './text-language.js';

const words = (text: string): string[] => text.trim().split(/\s+/);

const MORE_STOP_WORDS = words(`the a an and or but if so as of in on at by for from with without into onto over under between among through during before after about above below
  is are was were be been being am do does did doing have has had having can could may might must shall should will would it its itself they them their theirs he she his her we our us you your i my
  this that these those there here which who whom whose what when where why how not no nor only own same than too very just also then thus hence therefore however moreover such each every any some many
  much more most other another both few several all one two three called known used using use uses make makes made take takes become becomes becoming occur occurs allow allows let lets get gets via within per while because since until although
  though whether either neither first second third last next new like well even still yet lesson`);

const ARTICLES = words('the a an this these those its their our his her your each every some any no another');

function stem(word: string): string {
  const singular = word.replace(/ies$/, 'y').replace(/(ss|x|ch|sh)es$/, '$1').replace(/([^suiy])s$/, '$1').replace(/'s?$/, '');
  if (singular.length < 6) return singular;
  return singular.replace(/(?:ing|ed)$/, '').replace(/([^l])ly$/, '$1').replace(/e$/, '');
}

export const ENGLISH_TEXT: TextLanguage = {
  language: 'en',
  stopWords: new Set([...eng, ...MORE_STOP_WORDS]),
  abbreviations: new Set(words(`mr mrs ms dr prof st mt jr sr inc ltd corp co no nos fig figs tab p pp ch chap vol vols sec eq art approx dept est ca c cf vs e.g i.e et.al al etc u.s u.k u.s.a a.m p.m
    b.c a.d ed eds ref refs gen gov sen rep rev hon capt col lt sgt jan feb mar apr jun jul aug sep sept oct nov dec max min ph.d`)),
  closingAbbreviations: new Set(words('etc inc ltd corp co jr sr u.s u.k u.s.a a.m p.m b.c a.d al min max ph.d')),
  articles: new Set(ARTICLES),
  prepositions: new Set(words('of in on at by for from with without into between through during')),
  connectors: new Set(words('of')),
  genericWords: new Set(words(`lesson chapter section figure table picture image example examples way ways process processes part parts type types kind kinds case cases step steps set important main possible
    necessary different result results goal goals question questions thing things person people year years day days hour hours time times side name point points value values fact facts idea ideas
    presence absence use start end long function functions amount amounts role basis accordance text page introduction conclusion summary able large small great new high low next following responsible series variety
    majority reason moment place number numbers form forms total`)),
  verbEnding: /(?:(?:at|iz|if|duc|scrib|quir|tain|volv|ceiv)es|(?:at|iz|if)ed|'re|'ve|'ll)$/u,
  infinitiveEnding: /(?!)/u,
  adverbEnding: /[^fi]ly$/u,
  stem,
  leadIn: /^(?:(?:So|Then|Also|First|Second|Third|Today|Next|That is|Still|Instead|Usually|Typically|Generally|Finally|Currently|In fact|In general|In this case|Afterwards?),|(?:In addition|Additionally|Moreover|Furthermore|Therefore|Thus|Hence|However|Nevertheless|But|And|Yet|On the other hand|In contrast|For example|For instance|In other words|In short|In summary|Indeed|Note that|It is important to note that|Remember that|As a result|Consequently|Similarly),?)\s+/u,
  introduction: /^(?!.{0,60}\s(?:there|is|are|was|were)\s[^,]*,)(?:After |Although |As |At |Because |Before |By |Depending |Despite |Due |During |For |From |If |In |Inside |On |Once |Since |Through |To |Under |Unlike |Until |When |Whenever |While |With |Within |Without |According )[^,;:]{2,60},\s+/u,
  clauseJoints: [
    /;\s+|\s[–—]\s|:\s+|,\s+(?:which|whose|because|but|although|while|whereas|so|so that|since|that is|for example|e\.g\.|i\.e\.|such as|including|making|allowing|forming|producing|releasing|resulting|leading|meaning|and then|and thus|yet)\s/gu,
    /,\s+(?:where|when|who|as|as well as|especially|particularly)\s|\s(?:because|while|whereas|although|so that|which|where|when|until|unless)\s/gu,
    /\s(?:by|through|during|without|within|using|via|between|from|into|for|with|in|at|on)\s(?=\p{L}{2})|\sto\s(?=\p{L}{2})/gu,
    /,\s+|\s(?:and|or)\s(?=\p{L})/gu,
  ],
  noClauseStart: /^(?:\p{L}+(?:ed|ing)|which|who|where|when|that|and|or|but|it|they|this|these|he|she)(?!\p{L})/u,
  danglingClause: /\s(?:which|who|whose|where|when|that|how|why|what|if|because)(?:\s+\S+){0,2}$|\sbetween\s(?!.*\sand\s)[^,]*$|\s(?:both|either|neither)\s(?!.*\s(?:and|or|nor)\s).*$/u,
  weakEnd: /(?<!(?:^|\s)(?:is|are|was|were|be|been|being)\s(?:\S+\s){0,2})(?<=\s)\p{L}{3,}(?:ed|ing)$/u,
  openJoint: /\s(?:and|or|but)(?:,\s[^,]*)?$/u,
  restrictedClause: (before, joint) => /(?:^|\s)(?:only|not|never)\s/iu.test(before) && /\s(?:when|if|because|until|unless|so that|where|while|with|without|in|by|during|for|to)\s/u.test(joint),
  danglingWords: new Set([...ARTICLES, ...words(`of and or that if in on at by for from with without into to as but not more less very all is are was were be been has have had can could may might must will would should which who whose
    when where because while although between through also just only such other than so then both either called known about own even most many much few comes come depends depend leads lead results result refers refer consists consist belongs belong turns turn serves serve allows allow provides provide helps help contains
    contain occurs occur happens happen able responsible present located made based due part rich similar different equal close near before after instead`)]),
  aside: /,\s+(?:which|who|whose|where|also|for example|for instance|in turn|that is|in general|therefore|however|known|called|located|such as|including|usually|generally|especially|on average|too|together with)(?:\s[^,;:]{2,70})?,\s+/u,
  pointsBack: /^(?:The (?:remaining|latter|former|other|rest|first|second)|He|She|It|Its|They|Their|Them|This|That|These|Those|Such|Here|There|Both|Others?|Another|And|But|Or|So|Because|Also|Therefore|Thus|However|Moreover|Then|Instead|In addition|As a result|Hello|Hi|Welcome|Think|Today we|Let|Let's|Look|Notice|Note|Remember|Imagine|Consider|See|In this (?:lesson|chapter|section)|We|You|I)(?![\p{L}])/u,
  pronounSubject: /^.{2,80}?,\s(?:he|she|it|they|this|these|those)\s/u,
  definitions: [
    /^(?:(?:The|A|An)\s)?(?<term>[^,;:()]{3,60}?)(?:\s\([^)]{1,40}\))?\s(?<verb>is|are)\s(?<definition>(?:a|an|the|any|all)\s.{15,})$/u,
    /^(?:(?:The|A|An)\s)?(?<term>[^,;:()]{3,60}?)(?:\s\([^)]{1,40}\))?\s(?<verb>refers? to|means?|(?:is|are) defined as|consists? of|denotes?)\s(?<definition>.{15,})$/u,
  ],
  notDefinable: /^(?:(?:he|she|it|its|they|their|this|that|these|those|such|here|there|both|one|another|what|which|who|when|where|if|not|each|all|some|no|many|most|today|you|we|i)(?!\p{L})|.*(?:^|\s)(?:goal|aim|result|example|importance|idea|problem|reason|difference|first|second|third|last|other|main|best|worst|largest|smallest|most|more|less|that|which|not|advantage|consequence|step|case|conclusion|focus|also|it|this)(?!\p{L}))/iu,
  objectivesLead: /^(?:(?:learning |lesson )?objectives|by the end of (?:this|the) (?:lesson|chapter|unit|module|course)|in this (?:lesson|chapter|unit|module),? you will|what you will learn)/iu,
  refersToPage: /(?:^|\s)(?:figures?|tables?|chart|picture|below|above|following|slide|page|chapter|this lesson)(?!\p{L})/iu,
  skippedHeading: /^(?:references|bibliography|works cited|sources|index|table of contents|contents|acknowledge?ments|further reading|recommended reading|list of (?:figures|tables|abbreviations)|credits|appendix(?: \p{L})?|appendices|questions\??|thank you!?|thanks!?|q&a)$/iu,
  genericHeading: /^(?:introduction|presentation|conclusions?|final (?:remarks|considerations)|summary|review|closing|opening|exercises?|activit(?:y|ies)|examples?|objectives?|overview|recap|to remember|key points|main points|in summary|remember|practice|agenda|challenge|wrap-up)$/iu,
  headingLabel: /^(?:(?:chapter|unit|module|lesson|part|section|topic|slide|appendix)\s+(?:\d+(?:\.\d+)*|[IVXLC]+)\s*[:.–—-]*\s*|\d+(?:\.\d+)*\s*[.)–—-]?\s+|[IVX]+\s*[.)–—-]\s+|[a-z]\)\s+)/iu,
  and: 'and',
  negatable: /(?<=\s(?:is|are|was|were|must|will))\s/u,
  negated: ' not ',
  negation: /(?:^|\s)(?:not|never|nor|no|only|cannot)\s/iu,
};
