import { porBr } from 'stopword';
import type { TextLanguage } from './text-language.js';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** In the library's list, but matter in lessons. */
const NOT_STOP_WORDS = new Set(words('área sistema trabalho grupo número ponto posição relação nível ano anos hora horas mês meses local conselho apoio obra viagem geral custo tarde noite'));
const MORE_STOP_WORDS = words(`e ou se não como assim então pois porque quando onde qual quais cujo cuja cujos cujas chamado chamada chamados chamadas ocorre ocorrem
  permite permitem existe existem pode podem ser ter há sendo tendo usa usam usado usada usados usadas através outro outra durante além disso ainda também
  portanto porém entretanto contudo logo conforme segundo caso forma formas tipo tipos exemplo exemplos parte partes modo meio vez vezes muito muita grande maior menor principal principais
  diversos diversas vários várias alguns algumas cada mesmo mesma próprio própria etc isto deve devem precisa precisam torna tornam faz fazem fica ficam vamos aula`);

const ARTICLES = words(`o a os as um uma uns umas do da dos das no na nos nas ao aos à às pelo pela pelos pelas num numa dum duma este esta estes estas esse essa esses essas
  deste desta destes destas desse dessa desses dessas neste nesta nesse nessa aquele aquela seu sua seus suas nosso nossa nossos nossas cada`);

function stem(word: string): string {
  const singular = word
    .replace(/(?:ões|ães|ãos)$/, 'ão').replace(/([aou])is$/, '$1l').replace(/[éê]is$/, 'el').replace(/eis$/, 'il').replace(/ns$/, 'm').replace(/([rz])es$/, '$1').replace(/ses$/, 's')
    .replace(/([^sií])s$/, '$1').replace(/ns$/, 'm');
  const base = singular.length > 4 ? singular.replace(/(?:mente|amento|imento)$/, '').replace(/[aeo]$/, '') : singular;
  return base.length < 3 ? singular : base;
}

export const PORTUGUESE_TEXT: TextLanguage = {
  language: 'pt-BR',
  stopWords: new Set([...porBr.filter((word) => !NOT_STOP_WORDS.has(word)), ...MORE_STOP_WORDS]),
  abbreviations: new Set(words(`sr sra srs sras srta dr dra drs prof profa profs eng arq adv av r al pça tel ex p.ex p pp pág págs pg cap caps fig figs tab tabs vol vols ed eds art arts inc núm n nº nºs
    séc sécs obs aprox máx mín min cf vs ltda cia sto sta d v jr a.c d.c i.e i.é e.g et.al etc s.a op cit org orgs trad coord depto univ gov pres gen cel cap ten sgt eq ref refs`)),
  closingAbbreviations: new Set(words('etc ltda cia jr a.c d.c s.a al cit min máx')),
  articles: new Set(ARTICLES),
  prepositions: new Set(words('de em por para com sem sob sobre entre até desde')),
  connectors: new Set(words('de da do das dos')),
  genericWords: new Set(words(`aula lição capítulo seção figura tabela quadro imagem exemplo exemplos forma formas processo processos parte partes tipo tipos maneira modo caso casos etapa etapas
    conjunto importante principal possível necessário diferente diferentes resultado resultados objetivo objetivos questão questões coisa coisas pessoa pessoas ano anos dia dias hora horas vez vezes
    lado nome ponto pontos valor valores fato fatos ideia ideias presença ausência uso início final longo função funções quantidade quantidades papel base acordo meio texto página introdução conclusão resumo
    capaz capazes grande grandes novo nova novos novas alto alta baixo baixa próximo próxima seguinte seguintes responsável responsáveis série variedade maioria motivo momento fim lugar tempo interior exterior total número números fator fatores elemento elementos característica características importância conceito conceitos definição exercício`)),
  verbEnding: /(?:ando|endo|indo|aram|eram|iram|avam|ava|iam|ará|erá|irá|arão|erão|irão|ou|eu|iu|asse|esse|isse|ariam|eriam|aria|am|[^agiu]em|[^r]am-se|-se|-lo|-la|a-se|e-se)$/u,
  infinitiveEnding: /(?:ar|er|ir|or-se)$/u,
  adverbEnding: /mente$/u,
  stem,
  leadIn: /^(?:(?:Assim|Logo|Então|Ainda|Depois|Hoje|Isto é|Ou seja|Atualmente|Finalmente|Geralmente|Normalmente|Primeiramente|Em seguida|Em geral|De fato|Na verdade|Neste caso|Nesse caso|Nesse sentido|Nesse processo),|(?:Além disso|Além do mais|Ademais|Portanto|Assim sendo|Desse modo|Dessa forma|Dessa maneira|Deste modo|Desta forma|Com isso|Por isso|Por isto|No entanto|Entretanto|Contudo|Todavia|Porém|Mas|Por outro lado|Por sua vez|Por exemplo|Em outras palavras|De modo geral|De forma geral|Também|Por fim|Em resumo|Em suma|Vale lembrar que|Vale destacar que|É importante (?:lembrar|destacar|notar) que|Cabe ressaltar que|Consequentemente|Em primeiro lugar|Em segundo lugar),?)\s+/u,
  introduction: /^(?!.{0,60}\s(?:há|é|são|existem?|foi|foram|era|eram|está|estão)\s[^,]*,)(?:A partir d|Ao longo d|Ao |Antes d|Após |Apesar d|Através d|Com |Como |Conforme |De acordo com |Dentro d|Depois d|Desde |Devido |Durante |Em |Embora |Enquanto |Entre |Graças |Já |N[oa]s? |Nest|Ness|Num|Para |Pel[oa]s? |Por |Quando |Se |Segundo |Sem |Sob |Sobre |Uma vez |Além d)[^,;:]{2,60},\s+/u,
  clauseJoints: [
    /;\s+|\s[–—]\s|:\s+|,\s+(?:o que|os quais|as quais|o qual|a qual|cuj[oa]s?|pois|porque|mas|porém|embora|enquanto|já que|uma vez que|visto que|de modo que|de forma que|ou seja|isto é|por exemplo|p\. ex\.|como por exemplo|além de|sendo|tornando|permitindo|formando|gerando|liberando|produzindo|fazendo|resultando|levando|contribuindo|garantindo|e assim|e então)\s/gu,
    /,\s+(?:que|onde|quando|para que|como|na qual|no qual|nas quais|nos quais|pel[oa] qual|em que|tais como|assim como|bem como|inclusive|principalmente|especialmente)\s|\s(?:porque|pois|enquanto|para que|embora|de modo que|quando|onde)\s/gu,
    /\s(?:para|por meio d[eoa]s?|através d[eoa]s?|durante|a partir d[eoa]s?|sem|conforme|como|desde|entre|além d[eoa]s?|em função d[eoa]s?)\s|\s(?:com|em|n[oa]s?|pel[oa]s?|ao|à)\s(?=\p{L}{2})|,\s+(?:com|em|n[oa]s?|pel[oa]s?|a partir)\s/gu,
    /,\s+|\s(?:e|ou)\s(?=\p{L})/gu,
  ],
  noClauseStart: /^(?:\p{L}+(?:ad|íd|id)[oa]s?|\p{L}+[aei]ndo|que|onde|como|quando|por que|para|e|ou|mas|nem|pois|el[ea]s?|isso|isto)(?!\p{L})/u,
  danglingClause: /\s(?:que|qual|quais|onde|quando|cuj[oa]s?|como|se|porque|entre)(?:\s+\S+){0,2}$|\sentre\s(?!.*\se\s)[^,]*$|\stanto\s(?!.*\squanto\s).*$/u,
  weakEnd: /(?<!(?:^|\s)(?:é|são|foi|foram|ser|está|estão|sido|era|eram|fica|ficam)\s(?:\S+\s){0,2})(?<=\s)\p{L}{3,}(?:ad|íd|id)[oa]s?$/u,
  openJoint: /\s(?:e|ou|mas)(?:,\s[^,]*)?$/u,
  restrictedClause: (before, joint) => /(?:^|\s)(?:só|somente|apenas|não)\s/iu.test(before) && /\s(?:quando|se|porque|para que|até|onde|enquanto|com|sem|em|por|durante)\s/u.test(joint),
  danglingWords: new Set([...ARTICLES, ...words(`de e ou que se em por para com sem como mas pois não mais menos muito muita muitos muitas todo toda todos todas é são foi era ser está estão tem têm pode podem deve
    devem qual quais quando onde porque enquanto embora entre sobre até também já só apenas outro outra outros outras chamado chamada chamados chamadas cujo cuja tão quanto seja sejam quase cerca ao aos mesmo mesma além através presente presentes responsável responsáveis capaz capazes formado formada formados formadas composto
    composta compostos compostas constituído constituída constituídos constituídas localizado localizada localizados localizadas usado usada usados usadas relacionado relacionada relacionados relacionadas associado
    associada associados associadas ligado ligada ligados ligadas conhecido conhecida conhecidos conhecidas considerado considerada considerados consideradas depende dependem consiste consistem refere referem resulta
    resultam pertence pertencem vem vêm serve servem transforma transformam permite permitem possui possuem apresenta apresentam ocorre ocorrem acontece acontecem passa passam contém contêm leva levam começa começam
    chega chegam torna tornam faz fazem dá dão junto antes depois dentro fora acima abaixo diferente diferentes semelhante semelhantes igual iguais comum comuns rico rica próximo próxima parte partes origem deles delas ajuda ajudam reduz graças devido principal principais`)]),
  aside: /,\s+(?:que|onde|o qual|a qual|os quais|as quais|cuj[oa]s?|como|também|por exemplo|por sua vez|ou seja|isto é|em geral|portanto|assim|chamad[oa]s?|conhecid[oa]s?|localizad[oa]s?|presentes?|geralmente|principalmente|porém|no entanto|entretanto|especialmente|sobretudo|em média)(?:\s[^,;:]{2,70})?,\s+/u,
  pointsBack: /^(?:O restante|Os demais|As demais|O primeiro|A primeira|O segundo|A segunda|El[ea]s?|Iss?t?o|Ess[ea]s?|Est[ea]s?|Aquel[ea]s?|Aquilo|Nel[ea]s?|Dess[ea]s?|Dest[ea]s?|Ness[ea]s?|Nest[ea]s?|Disso|Disto|Nisso|Nisto|Del[ea]s?|Seus?|Suas?|Tal|Tais|O mesmo|A mesma|Ambos|Ambas|Outr[oa]s?|Já|Lá|Ali|Aí|E|Mas|Ou|Pois|Porque|Além d[ie]ss[oe]|Com isso|Por isso|Portanto|Assim|Contudo|Entretanto|No entanto|Porém|Todavia|Também|Logo|Então|Vamos|Hoje vamos|Olá|Oi|Bom dia|Boa tarde|Boa noite|Pessoal|Gente|Pensem?|Vejam|Observem|Notem|Lembrem|Imaginem|Anotem?|Veja|Vejamos|Observe|Note|Lembre|Confira|Imagine|Considere|Nesta aula|Neste capítulo|Nest[ea] (?:aula|capítulo|seção|texto|lição)|Como vimos)(?![\p{L}])/u,
  pronounSubject: /^.{2,80}?,\s(?:el[ea]s?|iss?to|isso|ess[ea]s?|est[ea]s?)\s/u,
  definitions: [
    /^(?:(?:O|A|Os|As|Um|Uma)\s)?(?<term>[^,;:()]{3,60}?)(?:\s\([^)]{1,40}\))?\s(?<verb>é|são)\s(?<definition>(?:o|a|os|as|um|uma|uns|umas|todo|toda|qualquer|aquel[ea])\s.{15,})$/u,
    /^(?:(?:O|A|Os|As|Um|Uma)\s)?(?<term>[^,;:()]{3,60}?)(?:\s\([^)]{1,40}\))?\s(?<verb>consistem? em|consistem? n[oa]s?|define-se como|(?:é|são) definid[oa]s? como|referem?-se (?:a|ao|à|aos|às)|corresponde(?:m)? (?:a|ao|à|aos|às)|significam?|designam?|denominam?-se)\s(?<definition>.{15,})$/u,
    /^Chama-se (?:de )?(?<term>[^,;:()]{3,60}?)\s(?<verb>(?=(?:o|a|os|as|um|uma)\s))(?<definition>.{15,})$/u,
  ],
  notDefinable: /^(?:(?:el[ea]s?|iss?t?o|ess[ea]s?|est[ea]s?|aquel[ea]s?|tal|tais|seus?|suas?|outr[oa]s?|nest[ea]|ness[ea]|quem|qual|como|quando|onde|se|não|ambos|ambas|cada|tod[oa]s?|algum|alguma|nenhum|muit[oa]s?|há|hoje|já|que)(?!\p{L})|.*(?:^|\s)(?:objetivo|resultado|exemplo|importância|ideia|problema|motivo|diferença|primeir[oa]s?|segund[oa]s?|terceir[oa]s?|últim[oa]|outr[oa]s?|principa(?:l|is)|melhor|pior|maior|menor|mais|menos|que|não|dess[ea]s?|dest[ea]s?|ness[ea]s?|nest[ea]s?|ess[ea]s?|est[ea]s?|razão|vantagem|consequência|etapa|passo|caso|conclusão|foco|primeiro|qual|também|ele|ela|isso)(?!\p{L}))/iu,
  objectivesLead: /^(?:objetivos?(?! da empresa)|ao (?:final|fim|término) d\p{L}+ (?:aula|capítulo|unidade|módulo|lição|curso|leitura|estudo|texto)|(?:nesta|neste) (?:aula|capítulo|unidade|módulo|lição),? você (?:vai|irá|aprenderá)|o que você vai aprender)/iu,
  refersToPage: /(?:^|\s)(?:figuras?|tabelas?|quadro|imagem|gráfico|abaixo|acima|a seguir|seguintes?|exemplo anterior|slide|página|capítulo|nesta aula)(?!\p{L})/iu,
  skippedHeading: /^(?:referências?(?: bibliográficas?)?|bibliografia(?: \p{L}+)?|índice|sumário|conteúdo programático|agradecimentos?|obras consultadas|fontes consultadas|leituras? (?:complementar|recomendada|sugerida)(?:es|s)?|para saber mais|saiba mais|lista de (?:figuras|tabelas|quadros|siglas)|ficha catalográfica|créditos|apêndices?|anexos?|dúvidas\??|perguntas\??|obrigad[oa]!?)$/iu,
  genericHeading: /^(?:introdução|apresentação|conclus(?:ão|ões)|considerações (?:finais|iniciais)|resumo|revisão|encerramento|abertura|exercícios?|atividades?|exemplos?|objetivos?|visão geral|recapitulando|para (?:refletir|pensar|lembrar|fixar|saber)|em resumo|resumindo|lembre-se|pontos principais|principais pontos|desafio|prática|agenda|recapitulação|síntese)$/iu,
  headingLabel: /^(?:(?:capítulo|unidade|módulo|aula|lição|parte|seção|tópico|slide|anexo)\s+(?:\d+(?:\.\d+)*|[IVXLC]+)\s*[:.–—-]*\s*|\d+(?:\.\d+)*\s*[.)–—-]?\s+|[IVX]+\s*[.)–—-]\s+|[a-z]\)\s+)/iu,
  and: 'e',
  negatable: /\s(?=(?:é|são|tem|têm|possui|possuem|pode|podem|usa|usam|depende|dependem|ocorre|ocorrem|está|estão|foi|foram|permite|permitem|deve|devem)\s)/u,
  negated: ' não ',
  negation: /(?:^|\s)(?:não|nunca|nem|jamais|nenhuma?|só|apenas)\s/iu,
};
