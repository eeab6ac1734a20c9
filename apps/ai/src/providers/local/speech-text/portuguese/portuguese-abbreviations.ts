import type { SpokenForm } from '../spoken-language.js';

const word = (written: string, spoken: string, after = ''): SpokenForm => ({
  pattern: new RegExp(`(?<![\\p{L}\\p{N}_])(?:${written})(?![\\p{L}\\p{N}_])${after}`, 'gu'),
  spoken,
});
const beforeName = (written: string, spoken: string): SpokenForm => word(written, spoken, '(?=\\s+\\p{Lu})');
const beforeNumber = (written: string, spoken: string): SpokenForm => word(written, spoken, '(?=\\s*(?:\\d|[IVXLC]+(?!\\p{L})))');

/** Longer forms come before the forms that they contain. */
export const PORTUGUESE_ABBREVIATIONS: readonly SpokenForm[] = [
  word('[Pp]\\.\\s?[Ee]x\\.', 'por exemplo'),
  word('[Ee]x\\.:?', 'exemplo'),
  word('[Ii]\\.\\s?[ée]\\.|[Ii]\\.\\s?e\\.', 'isto é'),
  word('[Ee]\\.g\\.', 'por exemplo'),
  word('[Ee]tc\\.?', 'etcétera'),
  word('et al\\.', 'e outros'),
  word('a\\.\\s?C\\.', 'antes de Cristo'),
  word('d\\.\\s?C\\.', 'depois de Cristo'),
  word('S\\.\\s?A\\.', 'esse á'),
  word('[Ll]tda\\.', 'limitada'),
  word('[Cc]ia\\.', 'companhia'),
  beforeName('Dr\\.', 'doutor'), beforeName('Dra\\.', 'doutora'), beforeName('Drs\\.', 'doutores'),
  word('Srta\\.', 'senhorita'), word('Sras?\\.', 'senhora'), word('Srs\\.', 'senhores'), word('Sr\\.', 'senhor'),
  word('Profs\\.', 'professores'), word('Prof(?:a\\.|\\.?ª|ª\\.?)', 'professora'), word('Prof(?:\\.º|º\\.?|\\.)', 'professor'),
  beforeName('Eng\\.', 'engenheiro'), beforeName('D\\.', 'dom'), beforeName('Sto\\.', 'santo'), beforeName('Sta\\.', 'santa'),
  beforeName('Av\\.', 'avenida'), word('Jr\\.', 'júnior'),
  word('[Nn](?:\\.?\\s?º|\\.?\\s?°|\\.o)\\.?', 'número', '(?=\\s*\\d)'),
  word('[Nn]ºs', 'números'),
  beforeNumber('[Aa]rts\\.', 'artigos'), beforeNumber('[Aa]rt\\.', 'artigo'),
  beforeNumber('[Pp]ágs\\.|pp\\.', 'páginas'), beforeNumber('[Pp]ág\\.|[Pp]g\\.|p\\.', 'página'),
  beforeNumber('[Cc]aps\\.', 'capítulos'), beforeNumber('[Cc]ap\\.', 'capítulo'),
  beforeNumber('[Ff]igs\\.', 'figuras'), beforeNumber('[Ff]ig\\.', 'figura'), beforeNumber('[Tt]ab\\.', 'tabela'), beforeNumber('[Ee]q\\.', 'equação'),
  beforeNumber('[Vv]ol\\.', 'volume'), beforeNumber('[Ss]éc\\.', 'século'), beforeNumber('[Ss]écs\\.', 'séculos'), beforeNumber('[Ii]nc\\.', 'inciso'),
  beforeNumber('[Tt]el\\.:?', 'telefone'),
  word('[Cc]f\\.', 'conforme'), word('[Oo]bs\\.:?', 'observação'), word('[Aa]prox\\.', 'aproximadamente'), word('[Mm]áx\\.', 'máximo'), word('[Mm]ín\\.', 'mínimo'),
  word('[Vv]s\\.?', 'versus'), word('[Dd]epto\\.', 'departamento'), word('[Ee]d\\.', 'edição'), word('[Oo]rg\\.', 'organização'),
  word('[Cc]/', 'com '), word('[Pp]/', 'para '), word('[Ss]/', 'sem '),
];
